package io.github.falcogateway.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A name server on loopback with the records it is given; a name it does not know it never answers. Thread-safe. */
public final class FakeDns implements AutoCloseable {

    private static final int A = 1;
    private static final int PTR = 12;
    private static final int AAAA = 28;
    private static final int HEADER = 12;

    private final Vertx vertx = Vertx.vertx();
    private final DatagramSocket socket = vertx.createDatagramSocket();
    private final Map<String, String> records = new ConcurrentHashMap<>();
    private final List<String> questions = new CopyOnWriteArrayList<>();
    public final int port;

    public FakeDns() throws Exception {
        socket.handler(this::answer);
        port = Patience.get(socket.listen(0, "127.0.0.1")).localAddress().port();
    }

    /** {@code 1.0.0.10.in-addr.arpa} leads to a name, a name to an address. */
    public FakeDns with(String name, String leadsTo) {
        records.put(name, leadsTo);
        return this;
    }

    public List<String> questions() {
        return List.copyOf(questions);
    }

    private void answer(DatagramPacket packet) {
        Buffer question = packet.data();
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        for (int length = question.getByte(at); length > 0; length = question.getByte(at)) {
            name.append(name.isEmpty() ? "" : ".").append(question.getString(at + 1, at + 1 + length));
            at += 1 + length;
        }
        int type = question.getUnsignedShort(at + 1);
        questions.add(name.toString());
        String leadsTo = records.get(name.toString());
        if (leadsTo == null) {
            return;
        }
        byte[] data = data(type, leadsTo);
        Buffer answer = Buffer.buffer()
                .appendBuffer(question.getBuffer(0, 2))
                .appendUnsignedShort(0x8180)
                .appendUnsignedShort(1)
                .appendUnsignedShort(data.length == 0 ? 0 : 1)
                .appendInt(0)
                .appendBuffer(question.getBuffer(HEADER, at + 5));
        if (data.length > 0) {
            answer.appendUnsignedShort(0xC000 | HEADER)
                    .appendUnsignedShort(type)
                    .appendUnsignedShort(1)
                    .appendInt(60)
                    .appendUnsignedShort(data.length)
                    .appendBytes(data);
        }
        socket.send(answer, packet.sender().port(), packet.sender().host());
    }

    private static byte[] data(int type, String value) {
        try {
            boolean address = type == A && value.indexOf(':') < 0 || type == AAAA && value.indexOf(':') >= 0;
            return type == PTR
                    ? labels(value)
                    : address ? InetAddress.getByName(value).getAddress() : new byte[0];
        } catch (java.net.UnknownHostException noAddress) {
            return new byte[0];
        }
    }

    private static byte[] labels(String name) {
        Buffer labels = Buffer.buffer();
        for (String label : name.split("\\.")) {
            labels.appendByte((byte) label.length()).appendBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        return labels.appendByte((byte) 0).getBytes();
    }

    @Override
    public void close() throws Exception {
        Patience.get(vertx.close());
    }
}
