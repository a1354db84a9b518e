package io.github.falcogateway.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompressorTest {

    @TempDir
    Path folder;

    @Test
    void keepsEveryByte() throws Exception {
        byte[] plain = new byte[3 << 20];
        new Random(1).nextBytes(plain);
        Path from = Files.write(folder.resolve("plain"), plain);

        new Compressor(() -> false).compress(from, folder.resolve("plain.gz"));

        try (InputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve("plain.gz")))) {
            assertThat(in.readAllBytes()).isEqualTo(plain);
        }
    }

    @Test
    void endsWhenItsThreadIsToEnd() throws Exception {
        Path from = Files.write(folder.resolve("plain"), new byte[1 << 20]);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new Compressor(() -> true).compress(from, folder.resolve("plain.gz")))
                .isInstanceOfAny(InterruptedIOException.class, java.nio.channels.ClosedByInterruptException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(from).exists();
    }
}
