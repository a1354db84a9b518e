package io.github.falcogateway.config;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;

/**
 * Puts OpenSSL's older forms of a private key into the one that the JDK reads. They hold the bare key: its algorithm and
 * curve are taken from the public key that it is held against.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5958">RFC 5958</a>
 */
final class Pkcs8 {

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] VERSION = {0x02, 0x01, 0x00};
    /** 1.2.840.113549.1.1.1, which takes no parameters. */
    private static final byte[] RSA = {
        0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
    };
    /** 1.2.840.10045.2.1; the curve follows. */
    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

    private Pkcs8() {}

    /**
     * Wraps a key.
     *
     * @param bare a PKCS#1 {@code RSAPrivateKey} or a SEC1 {@code ECPrivateKey}, DER
     * @throws GeneralSecurityException where the public key's curve is not known
     */
    static byte[] wrap(byte[] bare, PublicKey like) throws GeneralSecurityException {
        byte[] algorithm = like instanceof ECPublicKey ec ? join(EC, curve(ec)) : RSA;
        return element(SEQUENCE, join(VERSION, element(SEQUENCE, algorithm), element(OCTET_STRING, bare)));
    }

    private static byte[] curve(ECPublicKey key) throws GeneralSecurityException {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(key.getParams());
        try {
            return curve.getEncoded();
        } catch (IOException unnamed) {
            throw new GeneralSecurityException(unnamed);
        }
    }

    /** A DER element; no key's length takes more than two bytes. */
    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(tag);
        if (content.length > 0xff) {
            der.write(0x82);
            der.write(content.length >> 8);
        } else if (content.length > 0x7f) {
            der.write(0x81);
        }
        der.write(content.length);
        der.writeBytes(content);
        return der.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
