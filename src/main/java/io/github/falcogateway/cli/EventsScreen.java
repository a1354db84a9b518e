package io.github.falcogateway.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jspecify.annotations.Nullable;

/** The interactive event browser on a terminal. Confined to one thread, but for drawing anew at another size. */
final class EventsScreen {

    private static final String HELP =
            "↑↓ move  Enter look into  Esc back  s sort  r reverse  b by  / filter  g refresh  q quit";
    private static final int FRAME = 3;
    private static final long ESCAPE_MS = 150;

    private enum Act {
        UP,
        DOWN,
        PAGE_UP,
        PAGE_DOWN,
        HOME,
        END,
        OPEN,
        BACK,
        SORT,
        REVERSE,
        BY,
        FILTER,
        REFRESH,
        QUIT,
        ERASE,
        CLEAR,
        TEXT,
        NONE
    }

    private final Terminal terminal;
    private final Browser browser;
    private final Display display;
    private final BindingReader keys;
    /** The condition that is being typed; null while none is. */
    private @Nullable StringBuilder typed;

    EventsScreen(Terminal terminal, Browser browser) {
        this.terminal = terminal;
        this.browser = browser;
        this.display = new Display(terminal, true);
        this.keys = new BindingReader(terminal.reader());
    }

    /** Shows it until it is left; the exit code. */
    static int run(EventsSource source, String by, String filter) throws IOException {
        if (!Screen.shows()) {
            System.err.println("--tui needs a terminal: --json and --csv do not");
            return 2;
        }
        Browser browser = new Browser(source, by, filter);
        try (Terminal terminal =
                TerminalBuilder.builder().system(true).provider("exec").build()) {
            new EventsScreen(terminal, browser).loop();
        }
        return 0;
    }

    void loop() {
        Attributes before = terminal.enterRawMode();
        // Ctrl-C is a key like q: the terminal must be left as it was found.
        Attributes raw = terminal.getAttributes();
        raw.setLocalFlag(Attributes.LocalFlag.ISIG, false);
        terminal.setAttributes(raw);
        terminal.handle(Terminal.Signal.WINCH, resized -> draw());
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        try {
            KeyMap<Act> moving = moving();
            KeyMap<Act> typing = typing();
            draw();
            for (Act act = next(moving, typing); act != Act.QUIT; act = next(moving, typing)) {
                if (!act(act)) {
                    break;
                }
                draw();
            }
        } finally {
            terminal.puts(Capability.cursor_visible);
            terminal.puts(Capability.exit_ca_mode);
            terminal.setAttributes(before);
            terminal.flush();
        }
    }

    private Act next(KeyMap<Act> moving, KeyMap<Act> typing) {
        Act act = keys.readBinding(typed == null ? moving : typing);
        return act == null ? Act.QUIT : act;
    }

    /** False where it is left. */
    private synchronized boolean act(Act act) {
        StringBuilder text = typed;
        if (text != null) {
            type(text, act);
            return true;
        }
        BrowserView view = browser.view();
        int page = Math.max(1, size().getRows() - FRAME);
        switch (act) {
            case UP -> view.move(-1);
            case DOWN -> view.move(1);
            case PAGE_UP -> view.move(-page);
            case PAGE_DOWN -> view.move(page);
            case HOME -> view.move(-view.size());
            case END -> view.move(view.size());
            case OPEN -> browser.open();
            case SORT -> browser.sort();
            case REVERSE -> browser.reverse();
            case BY -> browser.by();
            case FILTER -> typed = new StringBuilder(browser.filter());
            case REFRESH -> browser.refresh();
            case BACK -> {
                return browser.back();
            }
            default -> {
                // Other keys mean nothing here.
            }
        }
        return true;
    }

    private void type(StringBuilder text, Act act) {
        switch (act) {
            case OPEN -> {
                typed = null;
                browser.filter(text.toString());
            }
            case BACK -> typed = null;
            case CLEAR -> text.setLength(0);
            case ERASE -> text.setLength(text.isEmpty() ? 0 : text.offsetByCodePoints(text.length(), -1));
            case TEXT -> text.append(keys.getLastBinding());
            default -> {
                // A key that is no text.
            }
        }
    }

    private synchronized void draw() {
        Size size = size();
        display.resize(size.getRows(), size.getColumns());
        display.update(lines(size.getRows(), size.getColumns()), 0);
    }

    private Size size() {
        Size size = terminal.getSize();
        return size.getRows() > FRAME && size.getColumns() > 0 ? size : new Size(80, 24);
    }

    private List<AttributedString> lines(int height, int width) {
        BrowserView view = browser.view();
        int rows = height - FRAME;
        int top = view.top(rows);
        int[] widths = view.table(top, rows).widths(width);
        List<AttributedString> lines = new ArrayList<>();
        lines.add(styled(Table.printable(browser.title()), width, AttributedStyle.BOLD));
        lines.add(styled(Table.line(view.headings(), widths), width, AttributedStyle.DEFAULT.underline()));
        for (int row = top; row < top + rows; row++) {
            String text = row < view.size() ? Table.line(view.cells(row), widths) : "";
            AttributedStyle style = row < view.size() ? Colours.of(view.priority(row)) : AttributedStyle.DEFAULT;
            lines.add(styled(text, width, row == view.selected() && row < view.size() ? style.inverse() : style));
        }
        lines.add(foot(width));
        return lines;
    }

    private AttributedString foot(int width) {
        if (typed != null) {
            return styled("filter: " + typed + "▏", width, AttributedStyle.BOLD);
        }
        String message = browser.message();
        return message.isEmpty()
                ? styled(HELP, width, AttributedStyle.DEFAULT.faint())
                : styled(Table.printable(message), width, AttributedStyle.BOLD.foreground(AttributedStyle.RED));
    }

    private static AttributedString styled(String text, int width, AttributedStyle style) {
        String cut = Table.cut(text, width);
        return new AttributedString(cut + " ".repeat(Math.max(0, width - Table.width(cut))), style);
    }

    private static KeyMap<Act> moving() {
        KeyMap<Act> map = new KeyMap<>();
        map.setAmbiguousTimeout(ESCAPE_MS);
        map.bind(Act.UP, "k", "\u001b[A", "\u001bOA");
        map.bind(Act.DOWN, "j", "\u001b[B", "\u001bOB");
        map.bind(Act.PAGE_UP, "\u001b[5~", KeyMap.ctrl('B'));
        map.bind(Act.PAGE_DOWN, "\u001b[6~", " ", KeyMap.ctrl('F'));
        map.bind(Act.HOME, "\u001b[H", "\u001bOH", "\u001b[1~");
        map.bind(Act.END, "G", "\u001b[F", "\u001bOF", "\u001b[4~");
        map.bind(Act.OPEN, "\r", "\n", "l", "\u001b[C", "\u001bOC");
        map.bind(Act.BACK, KeyMap.esc(), KeyMap.del(), "\b", "h", "\u001b[D", "\u001bOD");
        map.bind(Act.SORT, "s");
        map.bind(Act.REVERSE, "r");
        map.bind(Act.BY, "b");
        map.bind(Act.FILTER, "/");
        map.bind(Act.REFRESH, "g");
        map.bind(Act.QUIT, "q", KeyMap.ctrl('C'), KeyMap.ctrl('D'));
        map.setNomatch(Act.NONE);
        map.setUnicode(Act.NONE);
        return map;
    }

    private static KeyMap<Act> typing() {
        KeyMap<Act> map = new KeyMap<>();
        map.setAmbiguousTimeout(ESCAPE_MS);
        map.bind(Act.OPEN, "\r", "\n");
        map.bind(Act.BACK, KeyMap.esc(), KeyMap.ctrl('C'));
        map.bind(Act.ERASE, KeyMap.del(), "\b");
        map.bind(Act.CLEAR, KeyMap.ctrl('U'));
        for (char c = ' '; c < 127; c++) {
            map.bind(Act.TEXT, String.valueOf(c));
        }
        map.setUnicode(Act.TEXT);
        map.setNomatch(Act.NONE);
        return map;
    }
}
