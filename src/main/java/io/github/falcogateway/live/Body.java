package io.github.falcogateway.live;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * The body of one stream's answer, as plain text or as gzip, of which every write can be read at once. Confined to one event
 * loop.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952: GZIP</a>
 */
final class Body {

    private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    /** An empty block of deflate that is the last one. */
    private static final byte[] LAST = {3, 0};

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final boolean gzip;
    private int crc;
    private int length;

    /** Begins with a text, since the head of the answer leaves with the first byte of its body. */
    Body(HttpServerRequest request, boolean gzip, String text) {
        this.request = request;
        this.response = request.response();
        this.gzip = gzip;
        if (gzip) {
            response.putHeader("Content-Encoding", "gzip").write(Buffer.buffer(HEAD));
        }
        write(text);
    }

    HttpServerResponse response() {
        return response;
    }

    /** Whether a share is little enough to have a copy on its way. */
    boolean fits(Audience.Share share) {
        return share.all() != null || gzip && share.packed() != null;
    }

    /** Writes a share that fits. */
    Future<Void> write(Audience.Share share) {
        Packed packed = share.packed();
        if (gzip && packed != null) {
            return write(packed);
        }
        Buffer all = share.all();
        return all == null ? Future.failedFuture("too much") : write(all);
    }

    Future<Void> write(Buffer text) {
        return gzip ? write(Packed.stored(text)) : response.write(text);
    }

    void write(String text) {
        write(Buffer.buffer(text));
    }

    /** Writes a text as the last one. */
    void end(String text) {
        write(text);
        if (gzip) {
            response.end(Buffer.buffer(LAST).appendIntLE(crc).appendIntLE(length));
        } else {
            response.end();
        }
    }

    /** Breaks it off: any other end waits until the client has read what is on its way. */
    void cut() {
        if (request.version() != HttpVersion.HTTP_2 && request.connection() instanceof ConnectionBase connection) {
            var unused = connection.channelHandlerContext().close();
        } else {
            response.reset();
        }
    }

    private Future<Void> write(Packed packed) {
        crc = Crc.join(crc, packed.crc(), packed.shift());
        length += packed.length();
        return response.write(packed.blocks());
    }
}
