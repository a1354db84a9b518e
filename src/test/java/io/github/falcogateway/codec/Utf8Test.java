package io.github.falcogateway.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class Utf8Test {

    @Test
    void findsALineBreakAtEveryPlace() throws DecodeException {
        for (int length = 1; length <= 33; length++) {
            for (int at = 0; at < length; at++) {
                String text = "x".repeat(at) + "\n" + "y".repeat(length - at - 1);
                String line = text.replace('\n', ' ');
                assertThat(check(text.getBytes(UTF_8))).isTrue();
                assertThat(check(text.replace('\n', '\r').getBytes(UTF_8))).isTrue();
                assertThat(onOneLine(text.getBytes(UTF_8))).isEqualTo(line.getBytes(UTF_8));
                assertThat(onOneLine(text.replace('\n', '\r').getBytes(UTF_8))).isEqualTo(line.getBytes(UTF_8));
            }
        }
    }

    @Test
    void findsNoLineBreakWhereNoneIs() throws DecodeException {
        for (String text :
                new String[] {"{\"rule\":\"ä\u0001\u000b\u000c\"}", "", "x", "\u000b\u000c\u000e\t\u010a 8 bytes"}) {
            assertThat(check(text.getBytes(UTF_8))).isFalse();
        }
    }

    @Test
    void findsTheEndOfALineAtEveryPlace() {
        for (int length = 0; length <= 33; length++) {
            for (int from = 0; from <= length; from++) {
                for (int end = from; end <= length; end++) {
                    byte[] text = ("x".repeat(end) + "\n\u000b\n".repeat(20))
                            .substring(0, length)
                            .getBytes(UTF_8);
                    assertThat(Utf8.lineEnd(text, from)).isEqualTo(end);
                }
            }
        }
    }

    @Test
    void refusesABadByteAtEveryPlace() {
        for (int length = 1; length <= 17; length++) {
            for (int at = 0; at < length; at++) {
                byte[] text = "x".repeat(length).getBytes(UTF_8);
                assertThatCode(() -> check(text)).doesNotThrowAnyException();
                text[at] = (byte) 0xff;
                assertThatThrownBy(() -> check(text)).isInstanceOf(DecodeException.class);
            }
        }
    }

    /** Alone and in the middle of other bytes, which must not count. */
    private static boolean check(byte[] text) throws DecodeException {
        boolean broken = Utf8.check(text, new Span(0, text.length));
        byte[] more = ("\n\r\n" + "x".repeat(text.length) + "\n\r\n").getBytes(UTF_8);
        System.arraycopy(text, 0, more, 3, text.length);
        more[0] = (byte) 0xff;
        more[more.length - 1] = (byte) 0xff;
        assertThat(Utf8.check(more, new Span(3, 3 + text.length))).isEqualTo(broken);
        return broken;
    }

    private static byte[] onOneLine(byte[] text) {
        return Utf8.onOneLine(text, new Span(0, text.length));
    }
}
