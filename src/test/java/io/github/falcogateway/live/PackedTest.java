package io.github.falcogateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class PackedTest {

    private static final int MOST = 1 << 20;
    private static final long SEED = 11;

    @Test
    void partsReadInAnyOrderAsTheirTextsAndTheirSum() throws Exception {
        Random random = new Random(SEED);
        Packer packer = new Packer();
        List<String> texts = new ArrayList<>();
        for (int length : new int[] {1, 2, 7, 300, 65_535, 65_536, 200_000}) {
            StringBuilder text = new StringBuilder();
            while (text.length() < length) {
                text.append(random.nextBoolean() ? "the same again and again " : Integer.toString(random.nextInt()));
            }
            texts.add(text.substring(0, length));
        }
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(texts, random);
            Inflater inflater = new Inflater(true);
            CRC32 sum = new CRC32();
            int crc = 0;
            for (String text : texts) {
                Packed packed = random.nextBoolean() ? Packed.stored(Buffer.buffer(text)) : pack(packer, text);
                // The text is there with its last byte, whatever comes then.
                assertThat(inflate(inflater, packed.blocks(), text.length())).isEqualTo(text);
                sum.update(text.getBytes(StandardCharsets.US_ASCII));
                crc = Crc.join(crc, packed.crc(), packed.shift());
                assertThat(crc).isEqualTo((int) sum.getValue());
            }
            inflater.end();
        }
    }

    @Test
    void givesUpWhatIsTooMuchAndGoesOn() throws Exception {
        Packer packer = new Packer();
        packer.begin(1000);
        byte[] noise = new byte[100_000];
        new Random(SEED).nextBytes(noise);
        Frame large = new Frame(1, Buffer.buffer(noise));
        assertThat(packer.pack(List.of(large, large), 2 * noise.length, 50_000)).isNull();
        assertThat(inflate(new Inflater(true), pack(packer, "small").blocks(), 5))
                .isEqualTo("small");
    }

    private static Packed pack(Packer packer, String text) {
        packer.begin(1000);
        int half = text.length() / 2;
        List<Frame> frames = List.of(
                new Frame(1, Buffer.buffer(text.substring(0, half))),
                new Frame(2, Buffer.buffer(text.substring(half))));
        return Objects.requireNonNull(packer.pack(frames, text.length(), MOST));
    }

    private static String inflate(Inflater inflater, Buffer blocks, int length) throws DataFormatException {
        inflater.setInput(blocks.getBytes());
        byte[] text = new byte[length + 1];
        int read = 0;
        for (int more = 1; more > 0; read += more) {
            more = inflater.inflate(text, read, text.length - read);
        }
        return new String(text, 0, read, StandardCharsets.US_ASCII);
    }
}
