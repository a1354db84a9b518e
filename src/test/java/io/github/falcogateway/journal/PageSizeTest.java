package io.github.falcogateway.journal;

import static io.github.falcogateway.testing.JournalContract.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.falcogateway.codec.KeptReader;
import io.github.falcogateway.event.JournaledEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that earlier versions made have pages of other sizes: they are told whole from damaged, and repaired, as well. */
class PageSizeTest {

    private static final int EVENTS = 300;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {4096, 8192, 16_384})
    void takesAWholeWriteAheadLogForWhole(int pageSize) throws Exception {
        Path file = SegmentFile.path(folder, 1);
        try (Connection open = written(file, pageSize)) {
            assertThat(open.isClosed()).isFalse();
            assertThat(PageSize.of(file)).isEqualTo(pageSize);
            assertThat(Files.size(WalFile.of(file))).isGreaterThan(4L * pageSize);
            assertThat(Repair.isLogDamaged(file)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4096, 8192, 16_384})
    void repairsAFileThatHasLostItsFirstPage(int pageSize) throws Exception {
        Path file = SegmentFile.path(folder, 1);
        written(file, pageSize).close();
        byte[] bytes = Files.readAllBytes(file);
        java.util.Arrays.fill(bytes, 0, pageSize, (byte) 0);
        Files.write(file, bytes);
        assertThat(PageSize.said(file)).isNull();
        Repair.Repaired repaired = Repair.repair(file, 1, new KeptReader());
        assertThat(repaired.lastId()).isEqualTo(EVENTS);
        assertThat(repaired.lost()).isZero();
    }

    /** Commits of one to fifty events, so that some need more than a page. */
    private static Connection written(Path file, int pageSize) throws Exception {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Sqlite.run(connection, "PRAGMA page_size=" + pageSize);
        Sqlite.run(connection, "PRAGMA journal_mode=WAL");
        Sqlite.run(
                connection,
                "CREATE TABLE frames (first_id INTEGER PRIMARY KEY, count INTEGER NOT NULL, body BLOB NOT NULL)");
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO frames VALUES (?, ?, ?)")) {
            int id = 1;
            for (int size = 1; id <= EVENTS; size = size % 50 + 7) {
                List<JournaledEvent> events = new ArrayList<>();
                for (int i = 0; i < size && id <= EVENTS; i++, id++) {
                    events.add(draft("r" + id + " "
                                    + Integer.toString(id * 7919, 36).repeat(100))
                            .keep(id));
                }
                for (Frame frame : new FramePacker().pack(events)) {
                    insert.setLong(1, frame.firstId());
                    insert.setInt(2, frame.count());
                    insert.setBytes(3, frame.body());
                    insert.executeUpdate();
                }
            }
        }
        return connection;
    }
}
