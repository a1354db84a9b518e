package io.github.falcogateway.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Passes a value as it is to local consumers; there is no wire form. Immutable. */
final class ByReference implements MessageCodec<Object, Object> {

    static final String NAME = "by-reference";

    @Override
    public void encodeToWire(Buffer buffer, Object value) {
        throw new IllegalStateException("values on this bus never leave the process");
    }

    @Override
    public Object decodeFromWire(int position, Buffer buffer) {
        throw new IllegalStateException("values on this bus never leave the process");
    }

    @Override
    public Object transform(Object value) {
        return value;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
