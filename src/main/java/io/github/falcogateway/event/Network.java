package io.github.falcogateway.event;

import io.netty.util.NetUtil;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An address or a network in CIDR form. Immutable. Never asks a name service. */
public final class Network {

    private static final int MAPPED_PREFIX = 12;

    private static final byte[] LOOPBACK_IPV6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final byte[] bytes;
    private final int prefix;

    private Network(byte[] bytes, int prefix) {
        this.bytes = masked(bytes, prefix);
        this.prefix = prefix;
    }

    /** Reads an address or a network; null where the text is neither. */
    public static @Nullable Network parse(String text) {
        int slash = text.indexOf('/');
        byte[] bytes = bytes(slash < 0 ? text : text.substring(0, slash));
        if (bytes == null) {
            return null;
        }
        int prefix = slash < 0 ? bytes.length * 8 : number(text.substring(slash + 1));
        return prefix < 0 || prefix > bytes.length * 8 ? null : new Network(bytes, prefix);
    }

    /** An address in its usual spelling, an IPv4 one mapped into IPv6 as what it is; null where the text is none. */
    public static @Nullable String address(String text) {
        byte[] bytes = bytes(text);
        return bytes == null ? null : NetUtil.bytesToIpAddress(bytes);
    }

    /** Whether a host is this machine as only itself reaches it: {@code localhost}, 127.0.0.0/8 or {@code ::1}. */
    public static boolean isLoopback(String host) {
        byte[] bytes = bytes(host);
        return bytes == null
                ? host.equals("localhost")
                : bytes.length == 4 ? bytes[0] == 127 : Arrays.equals(bytes, LOOPBACK_IPV6);
    }

    /** Whether the text is an address in this network. */
    public boolean contains(String text) {
        byte[] other = bytes(text);
        if (other == null || other.length != bytes.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit += 8) {
            int differing = (bytes[bit / 8] ^ other[bit / 8]) & 0xFF;
            if (differing >> Math.max(0, 8 - (prefix - bit)) != 0) {
                return false;
            }
        }
        return true;
    }

    /** How many bits are fixed: of two networks the one with more is the nearer. */
    public int prefix() {
        return prefix;
    }

    /** How many bits an address has here: 32 or 128. */
    public int bits() {
        return bytes.length * Byte.SIZE;
    }

    /** The network around this one of which so many bits are fixed, of this one's or fewer. */
    public Network around(int wider) {
        return new Network(bytes, Math.min(wider, prefix));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Network network && prefix == network.prefix && Arrays.equals(bytes, network.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + prefix;
    }

    private static byte[] masked(byte[] bytes, int prefix) {
        byte[] masked = Arrays.copyOf(bytes, bytes.length);
        for (int i = prefix / Byte.SIZE; i < masked.length; i++) {
            int fixed = Math.max(0, prefix - i * Byte.SIZE);
            masked[i] &= (byte) (0xFF00 >> fixed);
        }
        return masked;
    }

    private static byte @Nullable [] bytes(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        return bytes != null && mapped(bytes) ? Arrays.copyOfRange(bytes, MAPPED_PREFIX, bytes.length) : bytes;
    }

    /** An IPv4 address as an IPv6 socket shows it. */
    private static boolean mapped(byte[] bytes) {
        if (bytes.length != 16 || bytes[10] != -1 || bytes[11] != -1) {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text) {
        if (text.isEmpty() || text.length() > 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return Integer.parseInt(text);
    }
}
