package io.github.falcogateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the environment and files into texts: {@code ${NAME}}, {@code ${NAME:-default}}, {@code ${file:/path}}. */
final class Interpolation {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\{([^}]*)\\}?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** A reference leads nowhere. */
    static final class Unresolved extends Exception {
        private static final long serialVersionUID = 1;

        Unresolved(String message) {
            super(message);
        }
    }

    private final Map<String, String> environment;
    private final Consumer<String> files;

    /**
     * With these variables.
     *
     * @param files is told of each file that is read
     */
    Interpolation(Map<String, String> environment, Consumer<String> files) {
        this.environment = Map.copyOf(environment);
        this.files = files;
    }

    /** A file that is named as it stands is read. */
    void reads(String file) {
        files.accept(file);
    }

    String resolve(String text) throws Unresolved {
        if (text.indexOf('$') < 0) {
            return text;
        }
        Matcher reference = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        int at = 0;
        while (reference.find()) {
            resolved.append(text, at, reference.start());
            resolved.append(reference.group(1) == null ? "$" : value(reference.group()));
            at = reference.end();
        }
        return resolved.append(text.substring(at)).toString();
    }

    private String value(String reference) throws Unresolved {
        if (!reference.endsWith("}")) {
            throw new Unresolved("'${' without '}': write $$ for a dollar sign");
        }
        String inner = reference.substring(2, reference.length() - 1);
        if (inner.contains("${")) {
            throw new Unresolved("${" + inner + "} is one reference in another: a default is plain text");
        }
        if (inner.startsWith("file:")) {
            return file(inner.substring("file:".length()));
        }
        int split = inner.indexOf(":-");
        String name = split < 0 ? inner : inner.substring(0, split);
        if (!NAME.matcher(name).matches()) {
            throw new Unresolved("${" + inner + "} is neither ${NAME}, ${NAME:-default} nor ${file:/path}");
        }
        String value = environment.get(name);
        if (value != null && !(value.isEmpty() && split >= 0)) {
            return value;
        }
        if (split < 0) {
            throw new Unresolved(
                    "the environment variable " + name + " is not set; ${" + name + ":-default} gives it a default");
        }
        return inner.substring(split + 2);
    }

    private String file(String path) throws Unresolved {
        try {
            files.accept(path);
            // A secret's file ends with a line break that is no part of the secret.
            return Files.readString(Path.of(path)).stripTrailing();
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new Unresolved("the file " + path + " cannot be read");
        }
    }
}
