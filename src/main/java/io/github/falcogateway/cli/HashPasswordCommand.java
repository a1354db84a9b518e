package io.github.falcogateway.cli;

import io.github.falcogateway.auth.Passwords;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Hashes a password for the htpasswd file and for {@code password_hash}. Confined to the main thread. */
@CommandLine.Command(
        name = "hash-password",
        mixinStandardHelpOptions = true,
        description =
                "Prints the bcrypt hash of a password, asked for on a terminal, else read from the first line of stdin.")
final class HashPasswordCommand implements Callable<Integer> {

    @CommandLine.Option(names = "--user", description = "Prints USER:HASH, a line of the htpasswd file.")
    private @Nullable String user;

    @Override
    public Integer call() throws IOException {
        String password = read();
        if (password == null || !Passwords.isUsable(password)) {
            System.err.println("a password has 1 to 71 bytes, and is typed the same twice");
            return 2;
        }
        if (user != null && (user.isEmpty() || user.indexOf(':') >= 0)) {
            System.err.println("a user has no colon in the name");
            return 2;
        }
        String hash = Passwords.hash(password.toCharArray());
        System.out.println(user == null ? hash : user + ":" + hash);
        return 0;
    }

    private static boolean isTerminal() {
        try {
            String input = Path.of("/proc/self/fd/0").toRealPath().toString();
            return input.startsWith("/dev/pts/") || input.startsWith("/dev/tty");
        } catch (IOException noLinkOfAFile) {
            return false;
        }
    }

    /** Java's own console is none, or would write into the file, where the hash is sent to one. */
    private static @Nullable String read() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (!isTerminal()) {
            return in.readLine();
        }
        try (HiddenInput hidden = HiddenInput.begin()) {
            String first = hidden.ask("Password: ", in);
            String again = hidden.ask("Again: ", in);
            return first != null && first.equals(again) ? first : null;
        }
    }
}
