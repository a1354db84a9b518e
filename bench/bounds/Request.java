import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of HTTP requests. */
final class Request {

    /** The body of one that is as it should be. */
    static final String EVENT = "{\"rule\":\"R\",\"priority\":\"Error\",\"output\":\"o\"}";

    private Request() {}

    static byte[] post(String body) {
        return post(bytes(body), "");
    }

    /** Each of the headers ends with its line. */
    static byte[] post(byte[] body, String headers) {
        byte[] head = bytes("POST / HTTP/1.1\r\nHost: x\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n");
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
