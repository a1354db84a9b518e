package io.github.falcogateway.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a file was imported to a gateway, in lines, and which lines were on their way; kept in a small file of the
 * user's state. Confined to one thread at a time.
 */
final class ImportPlace {

    private final Path file;
    private final Path state;
    private boolean told;

    private ImportPlace(Path file, Path state) {
        this.file = file;
        this.state = state;
    }

    /**
     * What is known of an import that was begun before. Immutable.
     *
     * @param lines the lines that the gateway is known to have taken
     * @param onTheWay the lines up to which it may have taken some
     * @param since when these were sent
     */
    record Known(long lines, long onTheWay, Instant since) {}

    /**
     * The place of a file.
     *
     * @param folder where places are kept
     */
    static ImportPlace of(Path file, String gateway, Path folder) {
        String name = file.toAbsolutePath().normalize() + " " + gateway;
        UUID unique = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return new ImportPlace(file, folder.resolve("import-" + unique + ".json"));
    }

    /** {@code $XDG_STATE_HOME/falco-gateway}, or where that is by default. */
    static Path folder() {
        String state = System.getenv("XDG_STATE_HOME");
        Path base = state == null || state.isBlank()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(state);
        return base.resolve("falco-gateway");
    }

    /** Null for a file that is new, or another one under the same name. */
    @Nullable
    Known known() throws IOException {
        if (!Files.exists(state)) {
            return null;
        }
        try {
            JsonObject place = new JsonObject(Files.readString(state));
            boolean same = identity().equals(place.getString("identity")) && Files.size(file) >= place.getLong("size");
            return same ? new Known(place.getLong("lines"), place.getLong("on_the_way"), place.getInstant("at")) : null;
        } catch (DecodeException | ClassCastException | NullPointerException damaged) {
            throw new IOException(state + " is damaged: remove it to import from the start", damaged);
        }
    }

    /** The gateway has the lines up to the first number, and was or is being sent those up to the second since then. */
    void at(long lines, long onTheWay, Instant since) {
        try {
            JsonObject place = new JsonObject()
                    .put("file", file.toAbsolutePath().normalize().toString())
                    .put("identity", identity())
                    .put("size", Files.size(file))
                    .put("lines", lines)
                    .put("on_the_way", onTheWay)
                    .put("at", since);
            Files.createDirectories(state.toAbsolutePath().getParent());
            Path fresh = state.resolveSibling(state.getFileName() + ".new");
            Files.writeString(fresh, place.encode());
            Files.move(fresh, state, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            if (!told) {
                told = true;
                System.err.println("the place of this import cannot be kept, --resume will begin anew: " + failed);
            }
        }
    }

    /** A log grows and stays the same file; a rotated one has another inode. */
    private String identity() throws IOException {
        try {
            return String.valueOf(Files.getAttribute(file, "unix:ino"));
        } catch (UnsupportedOperationException noUnix) {
            return "";
        }
    }
}
