package io.github.falcogateway.sink;

import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a TLS connection failed by, and what would be right; in words without an address. */
public final class TlsFault {

    private static final String NONE = "no TLS connection: ";
    /** Before what the other side says of us in the JDK's words; since JDK 22 the name in brackets stands before it too. */
    private static final String ALERT = "Received fatal alert: ";

    private static final int DEPTH = 10;

    private TlsFault() {}

    /** What is wrong; null where it is nothing of TLS. */
    public static @Nullable String of(Throwable failure) {
        SSLException tls = find(SSLException.class, failure);
        if (find(NotSslRecordException.class, failure) != null) {
            return NONE + "the receiver speaks no TLS";
        }
        if (tls == null) {
            return null;
        }
        String message = String.valueOf(tls.getMessage());
        int alert = message.indexOf(ALERT);
        return NONE + (alert >= 0 ? alert(message.substring(alert + ALERT.length())) : certificate(tls));
    }

    private static String certificate(SSLException failure) {
        CertificateExpiredException expired = find(CertificateExpiredException.class, failure);
        if (expired != null) {
            return "the receiver's certificate has expired, " + expired.getMessage();
        }
        CertificateNotYetValidException early = find(CertificateNotYetValidException.class, failure);
        if (early != null) {
            return "the receiver's certificate is not valid yet by this machine's clock, " + early.getMessage();
        }
        if (find(CertPathBuilderException.class, failure) != null
                || find(CertPathValidatorException.class, failure) != null) {
            return "the receiver's certificate is not trusted: tls.ca, or without it the JDK, names nobody who signed it";
        }
        return find(CertificateException.class, failure) != null
                ? "the receiver's certificate is for other names than the one it is called by"
                : "the handshake failed";
    }

    /** The alert is one of a few words of the protocol. */
    private static String alert(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "certificate_required",
                    "unknown_ca",
                    "bad_certificate",
                    "unsupported_certificate",
                    "certificate_revoked",
                    "certificate_expired",
                    "certificate_unknown",
                    "access_denied",
                    "decrypt_error" -> "the receiver wants a certificate that it knows, tls.cert and tls.key: " + name;
            default -> "the receiver ended the handshake: " + name;
        };
    }

    private static <T extends Throwable> @Nullable T find(Class<T> type, Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEPTH; depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
            cause = cause.getCause();
        }
        return null;
    }
}
