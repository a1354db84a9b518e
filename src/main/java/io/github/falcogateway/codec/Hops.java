package io.github.falcogateway.codec;

/** The gateways an event has passed: the first one's {@code gateway} member, the next ones in its {@code path}. */
final class Hops {

    private Hops() {}

    /** Adds this gateway's entry to a {@code gateway} member that is there already. */
    static void join(Splice splice, byte[] json, Span member, String entry) {
        if (json[member.from()] != '{') {
            // Not a gateway's: somebody's own field of that name. It is kept inside ours.
            String sent = Utf8.text(json, member.from(), member.to());
            splice.replaceAroundId(member, "{\"id\":\"", entry + ",\"sent\":" + sent + "}");
            return;
        }
        int pathEnd = pathEnd(json, member);
        if (pathEnd < 0) {
            int end = member.to() - 1;
            String separator = empty(json, member.from(), end) ? "" : ",";
            splice.replaceAroundId(new Span(end, end), separator + "\"path\":[{\"id\":\"", entry + "}]");
            return;
        }
        String separator = json[lastBefore(json, pathEnd)] == '[' ? "" : ",";
        splice.replaceAroundId(new Span(pathEnd, pathEnd), separator + "{\"id\":\"", entry + "}");
    }

    /** Where the closing bracket of the {@code path} array stands; -1 where there is none. */
    private static int pathEnd(byte[] json, Span member) {
        int end = -1;
        JsonCursor cursor = new JsonCursor(json, member);
        try {
            cursor.object();
            while (cursor.member()) {
                boolean path = cursor.name().equals("path");
                boolean array = cursor.kind() == '[';
                int to = cursor.span().to();
                if (path && array) {
                    end = to - 1;
                }
            }
        } catch (DecodeException impossible) {
            throw new IllegalStateException("read before", impossible);
        }
        return end;
    }

    private static boolean empty(byte[] json, int open, int close) {
        return lastBefore(json, close) == open;
    }

    private static int lastBefore(byte[] json, int at) {
        int last = at - 1;
        while (json[last] == ' ' || json[last] == '\t') {
            last--;
        }
        return last;
    }
}
