package io.github.falcogateway.cli;

import io.github.falcogateway.event.Priority;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/** Which colour a priority has on a terminal. */
final class Colours {

    private Colours() {}

    static AttributedStyle of(@Nullable Priority priority) {
        if (priority == null) {
            return AttributedStyle.DEFAULT;
        }
        return switch (priority) {
            case EMERGENCY, ALERT, CRITICAL -> AttributedStyle.BOLD.foreground(AttributedStyle.RED);
            case ERROR -> AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
            case WARNING -> AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
            case NOTICE -> AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
            case INFORMATIONAL, DEBUG -> AttributedStyle.DEFAULT;
        };
    }

    /** A row with its escape sequences. */
    static String row(String line, @Nullable Priority priority, boolean heading) {
        return new AttributedString(line, heading ? AttributedStyle.BOLD : of(priority)).toAnsi();
    }
}
