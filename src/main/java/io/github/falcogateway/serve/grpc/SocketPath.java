package io.github.falcogateway.serve.grpc;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.EnumSet;
import java.util.Set;

/** The file of a unix socket: made free before, set after, taken away in the end. Blocking. Immutable. */
record SocketPath(Path path, ServeOptions.SocketFile file) {

    private static final PosixFilePermission[] BITS = {
        PosixFilePermission.OTHERS_EXECUTE,
        PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.OWNER_WRITE,
        PosixFilePermission.OWNER_READ
    };

    /** Takes away the file that a killed process left; one that somebody listens on, or that is no socket, stays. */
    void prepare() throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            try {
                Files.createDirectories(parent);
            } catch (FileAlreadyExistsException file) {
                throw new IOException("listen.grpc: " + parent + " is there and is no folder", file);
            }
        }
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isRegularFile(path) || Files.isDirectory(path)) {
            throw new IOException("listen.grpc: " + path + " is there and is no socket");
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException nobody) {
            Files.delete(path);
            return;
        }
        throw new IOException("listen.grpc: another process listens on " + path);
    }

    /** Gives it its mode and its owners. */
    void set() throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        UserPrincipalLookupService users = path.getFileSystem().getUserPrincipalLookupService();
        String owner = file.owner();
        String group = file.group();
        try {
            if (group != null) {
                view.setGroup(users.lookupPrincipalByGroupName(group));
            }
            if (owner != null) {
                view.setOwner(users.lookupPrincipalByName(owner));
            }
            Files.setPosixFilePermissions(path, permissions(file.mode()));
        } catch (IOException refused) {
            throw new IOException(
                    "listen.grpc: mode, owner or group of " + path + " cannot be set: " + refused.getMessage(),
                    refused);
        }
    }

    void remove() throws IOException {
        Files.deleteIfExists(path);
    }

    private static Set<PosixFilePermission> permissions(String octal) {
        int mode = Integer.parseInt(octal, 8);
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < BITS.length; bit++) {
            if ((mode & 1 << bit) != 0) {
                set.add(BITS[bit]);
            }
        }
        return set;
    }
}
