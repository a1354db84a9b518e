package io.github.falcogateway.filter;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An IP address or a network in CIDR form. Immutable. Never asks a name service. */
final class Net {

    private static final int V4 = 4;
    private static final int V6 = 16;

    private final byte[] address;
    private final int prefix;

    private Net(byte[] address, int prefix) {
        this.address = address;
        this.prefix = prefix;
    }

    /** Reads an address or a network; null where the text is neither. */
    static @Nullable Net parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        if (slash < 0) {
            return new Net(address, address.length * 8);
        }
        String digits = text.substring(slash + 1);
        if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        int prefix = Integer.parseInt(digits);
        return prefix > address.length * 8 ? null : new Net(address, prefix);
    }

    /** Whether the text is an address in this network. */
    boolean contains(String text) {
        byte[] other = bytes(text);
        if (other == null || other.length != address.length) {
            return false;
        }
        int whole = prefix / 8;
        if (!Arrays.equals(address, 0, whole, other, 0, whole)) {
            return false;
        }
        int bits = prefix % 8;
        return bits == 0 || ((address[whole] ^ other[whole]) & 0xFF) >> (8 - bits) == 0;
    }

    private static byte @Nullable [] bytes(String text) {
        return text.indexOf(':') >= 0 ? v6(text) : v4(text);
    }

    private static byte @Nullable [] v4(String text) {
        if (text.length() < 7 || text.length() > 15) {
            return null;
        }
        String[] parts = text.split("\\.", -1);
        if (parts.length != V4) {
            return null;
        }
        byte[] address = new byte[V4];
        for (int i = 0; i < V4; i++) {
            int part = number(parts[i], 10, 3);
            if (part < 0 || part > 255) {
                return null;
            }
            address[i] = (byte) part;
        }
        return address;
    }

    private static byte @Nullable [] v6(String text) {
        int gap = text.indexOf("::");
        byte[] head = groups(gap < 0 ? text : text.substring(0, gap));
        byte[] tail = gap < 0 ? new byte[0] : groups(text.substring(gap + 2));
        if (head == null || tail == null) {
            return null;
        }
        int length = head.length + tail.length;
        if (gap < 0 ? length != V6 : length > V6 - 2) {
            return null;
        }
        byte[] address = new byte[V6];
        System.arraycopy(head, 0, address, 0, head.length);
        System.arraycopy(tail, 0, address, V6 - tail.length, tail.length);
        return address;
    }

    private static byte @Nullable [] groups(String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        byte[] last = v4(parts[parts.length - 1]);
        int plain = last == null ? parts.length : parts.length - 1;
        byte[] address = new byte[plain * 2 + (last == null ? 0 : V4)];
        for (int i = 0; i < plain; i++) {
            int group = number(parts[i], 16, 4);
            if (group < 0 || plain > V6 / 2) {
                return null;
            }
            address[2 * i] = (byte) (group >> 8);
            address[2 * i + 1] = (byte) group;
        }
        if (last != null) {
            System.arraycopy(last, 0, address, plain * 2, V4);
        }
        return address;
    }

    private static int number(String text, int radix, int maxDigits) {
        if (text.isEmpty() || text.length() > maxDigits) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), radix);
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
