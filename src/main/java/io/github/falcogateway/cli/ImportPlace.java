package io.github.falcogateway.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** How far each file was imported, in lines, kept in a small file of the working directory. Confined to one command. */
final class ImportPlace {

    private static final Path FILE = Path.of(".falco-gateway-import");

    private final JsonObject places;

    private ImportPlace(JsonObject places) {
        this.places = places;
    }

    static ImportPlace load() throws IOException {
        if (!Files.exists(FILE)) {
            return new ImportPlace(new JsonObject());
        }
        try {
            return new ImportPlace(new JsonObject(Files.readString(FILE)));
        } catch (DecodeException damaged) {
            throw new IOException(FILE + " is damaged: remove it to import from the start", damaged);
        }
    }

    /** The lines that were taken; 0 for a file that is new, or another one under the same name. */
    long linesOf(Path file) throws IOException {
        JsonObject place = places.getJsonObject(key(file));
        return place == null || !identity(file).equals(place.getString("file")) ? 0 : place.getLong("lines", 0L);
    }

    void taken(Path file, long lines) throws IOException {
        places.put(key(file), new JsonObject().put("file", identity(file)).put("lines", lines));
        Path fresh = Path.of(FILE + ".new");
        Files.writeString(fresh, places.encodePrettily());
        Files.move(fresh, FILE, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String key(Path file) {
        return file.toAbsolutePath().normalize().toString();
    }

    /** A log grows and stays the same file; a rotated one has another inode. */
    private static String identity(Path file) throws IOException {
        return String.valueOf(Files.getAttribute(file, "unix:ino"));
    }
}
