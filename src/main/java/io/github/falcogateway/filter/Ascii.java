package io.github.falcogateway.filter;

/** Letter case as Falco has it: of ASCII letters alone, whatever the language. */
final class Ascii {

    private Ascii() {}

    static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }

    static String lower(String text) {
        return mapped(text, 'A', 'Z', 'a' - 'A');
    }

    static String upper(String text) {
        return mapped(text, 'a', 'z', 'A' - 'a');
    }

    /** Whether the text holds the part, which is in lower case. */
    static boolean contains(String text, String part) {
        for (int from = 0; from + part.length() <= text.length(); from++) {
            int at = 0;
            while (at < part.length() && lower(text.charAt(from + at)) == part.charAt(at)) {
                at++;
            }
            if (at == part.length()) {
                return true;
            }
        }
        return false;
    }

    private static String mapped(String text, char first, char last, int by) {
        StringBuilder mapped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            mapped.append((char) (c >= first && c <= last ? c + by : c));
        }
        return mapped.toString();
    }
}
