import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Requests that are too large, too many in one, ambiguous, or made to cost much. */
final class HostileRequests {

    private HostileRequests() {}

    static List<byte[]> smuggling() {
        String event = Request.EVENT;
        String chunk = Integer.toHexString(event.length()) + "\r\n" + event + "\r\n0\r\n\r\n";
        String hidden = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + event.length() + "\r\n\r\n" + event;
        List<byte[]> shapes = new ArrayList<>();
        for (String head : List.of(
                "Content-Length: 4\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 4",
                "Content-Length: 4\r\nContent-Length: 5",
                "Content-Length: 4, 5",
                "Content-Length: +4",
                "Content-Length: -1",
                "Content-Length: 0x4",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding:\u000bchunked",
                "X: y\r\n folded\r\nContent-Length: 4",
                "Content-Length: 4\u0000")) {
            shapes.add(Request.bytes("POST / HTTP/1.1\r\nHost: x\r\n" + head + "\r\n\r\n" + chunk + hidden));
        }
        String chunked = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
        shapes.add(Request.bytes(chunked + "zz\r\n" + event + "\r\n0\r\n\r\n" + hidden));
        shapes.add(Request.bytes(chunked + "ffffffffff\r\n" + event));
        return shapes;
    }

    static List<byte[]> largeHeaders() {
        return List.of(header(64 << 10), header(15 << 10));
    }

    private static byte[] header(int size) {
        return Request.post(Request.bytes(Request.EVENT), "X-Large: " + "x".repeat(size) + "\r\n");
    }

    static byte[] bomb() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
                out.write(zeros);
            }
        }
        return Request.post(packed.toByteArray(), "Content-Encoding: gzip\r\n");
    }

    static List<byte[]> manyEvents() {
        return List.of(events(9_999), events(60_000));
    }

    private static byte[] events(int count) {
        return Request.post((Request.EVENT + "\n").repeat(count));
    }

    static List<byte[]> json() {
        List<byte[]> requests = new ArrayList<>();
        String open = "{\"rule\":\"R\",\"priority\":\"Error\",\"output_fields\":{\"x\":";
        for (String value : List.of(
                "[".repeat(10_000), "{\"a\":".repeat(10_000), "[".repeat(99) + "]".repeat(99), "9".repeat(400), "9".repeat(1 << 20),
                "1e999999999", "\"" + "\\u0000".repeat(100_000) + "\"", "\"" + "\u202e".repeat(100_000) + "\"")) {
            requests.add(Request.post(open + value + "}}"));
        }
        requests.add(Request.post(Request.EVENT.replace("\"R\"", "\"" + "r".repeat(1 << 20) + "\"")));
        requests.add(Request.post(open + "1," + "\"" + "n".repeat(1 << 20) + "\":1}}"));
        StringBuilder members = new StringBuilder(open + "1");
        for (int i = 0; i < 50_000; i++) {
            members.append(",\"f").append(i).append("\":").append(i);
        }
        requests.add(Request.post(members + "}}"));
        return requests;
    }
}
