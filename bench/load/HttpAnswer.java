import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads one answer that has a Content-Length, head and body, and nothing of what comes after it on a quiet connection. */
final class HttpAnswer {

    private static final String LENGTH = "content-length: ";

    private HttpAnswer() {}

    /** Waits for the whole answer; fails where the connection ends before. */
    static String read(InputStream in) throws IOException {
        byte[] buffer = new byte[8192];
        StringBuilder answer = new StringBuilder();
        while (true) {
            int read = in.read(buffer);
            if (read < 0) {
                throw new IOException("closed after " + answer.length() + " characters");
            }
            answer.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            int end = answer.indexOf("\r\n\r\n");
            int at = answer.toString().toLowerCase(Locale.ROOT).indexOf(LENGTH);
            if (end >= 0 && at >= 0) {
                int length = Integer.parseInt(answer.substring(at + LENGTH.length(), answer.indexOf("\r", at)).trim());
                if (answer.length() >= end + 4 + length) {
                    return answer.toString();
                }
            }
        }
    }
}
