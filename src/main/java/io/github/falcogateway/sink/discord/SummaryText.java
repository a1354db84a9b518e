package io.github.falcogateway.sink.discord;

import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.sink.Counts;
import io.github.falcogateway.sink.Form;
import io.github.falcogateway.sink.Summary;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Says what is told together: which rules on which hosts, how many, from when to when, why it was held, and in what the
 * events differ. Confined to one call.
 */
final class SummaryText {

    private static final int LINE = 300;
    private static final int NEWEST = 800;
    private static final int FEW = 5;
    private static final int VALUE = 60;
    private static final int TABLE_ROWS = 60;

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    private static final Map<String, String> DIFFERENT = different();

    private final Fitting fit;
    private final FalcoEvent event;
    private final Summary summary;

    SummaryText(Fitting fit, FalcoEvent event, Summary summary) {
        this.fit = fit;
        this.event = event;
        this.summary = summary;
    }

    /** Fills the fields; what is left for the description. */
    String fill(Supplier<String> newest) {
        return switch (summary.form()) {
            case NOTICE -> {
                fit.field("Host", event.host(), LINE, true);
                yield fit.lines(summary.note(), NEWEST);
            }
            case STORM, SILENCE -> {
                span();
                // Every rule and host by its name: they come before all that could take their room.
                String names = names();
                ids();
                yield names;
            }
            case DIGEST -> {
                span();
                yield fit.text(table());
            }
            default -> {
                fit.field(counts("host").of().size() > 1 ? "Hosts" : "Host", top("host"), Limits.VALUE, true);
                span();
                String text = fit.lines("Newest: " + newest.get(), Math.min(NEWEST, fit.left() / 3));
                if (counts("rule").of().size() > 1) {
                    fit.field("Rules", top("rule"), Limits.VALUE, false);
                }
                DIFFERENT.forEach(this::differing);
                yield text;
            }
        };
    }

    /** How much it is, in words. */
    static String size(Summary summary) {
        return amount(summary.count(), "event") + ", " + amount(distinct(summary, "rule"), "rule") + ", "
                + amount(distinct(summary, "host"), "host");
    }

    /** The rule, or how many there are. */
    static String rules(FalcoEvent event, Summary summary) {
        int rules = distinct(summary, "rule");
        return rules > 1 ? event.rule() + " and " + amount(rules - 1L, "other rule") : event.rule();
    }

    private void span() {
        fit.field("Events", Long.toString(summary.count()), LINE, true);
        fit.field("First", time(summary.first()), LINE, true);
        fit.field("Last", time(summary.last()), LINE, true);
        StringBuilder held = new StringBuilder();
        summary.held()
                .forEach((why, count) -> held.append(held.isEmpty() ? "" : ", ")
                        .append(count)
                        .append(" by ")
                        .append(why));
        fit.field("Held back", held.toString(), LINE, true);
        fit.field(summary.form() == Form.SILENCE ? "Silence" : "Group", summary.note(), LINE, false);
    }

    private String names() {
        return fit.lines("Rules: " + all("rule") + "\nHosts: " + all("host"), Math.min(Limits.DESCRIPTION, fit.left()));
    }

    private void ids() {
        fit.field(
                "Events by id",
                "#" + String.join(", #", summary.ids()),
                summary.ids().isEmpty() ? 0 : Limits.VALUE,
                false);
    }

    private String table() {
        StringBuilder table = new StringBuilder();
        Counts rows = counts("");
        List<Map.Entry<String, Long>> top = rows.top();
        for (Map.Entry<String, Long> row : top.subList(0, Math.min(TABLE_ROWS, top.size()))) {
            table.append(String.format("%7d  %s%n", row.getValue(), row.getKey().replace("\t", " · ")));
        }
        long rest = rows.more()
                + top.stream().skip(TABLE_ROWS).mapToLong(Map.Entry::getValue).sum();
        if (rest > 0) {
            table.append(String.format("%7d  of %s%n", rest, "further kinds"));
        }
        return InertText.fenced(table.toString(), Math.min(Limits.DESCRIPTION, fit.left()));
    }

    private void differing(String field, String title) {
        if (counts(field).of().size() > 1) {
            fit.field(title, top(field), LINE, false);
        }
    }

    private Counts counts(String field) {
        return counts(summary, field);
    }

    private String all(String field) {
        Counts counts = counts(field);
        StringBuilder text = new StringBuilder();
        counts.top().forEach(one -> text.append(text.isEmpty() ? "" : ", ").append(one(one, LINE)));
        return counts.more() > 0 ? text + " and others × " + counts.more() : text.toString();
    }

    private String top(String field) {
        Counts counts = counts(field);
        List<Map.Entry<String, Long>> top = counts.top();
        if (top.size() == 1 && counts.more() == 0) {
            return top.get(0).getKey();
        }
        int shown = field.equals("host") || field.equals("rule") ? Integer.MAX_VALUE : FEW;
        StringBuilder text = new StringBuilder();
        top.stream()
                .limit(shown)
                .forEach(one -> text.append(text.isEmpty() ? "" : ", ").append(one(one, VALUE)));
        int hidden = top.size() - Math.min(shown, top.size());
        return hidden > 0 || counts.more() > 0 ? text + " and others" : text.toString();
    }

    private static String one(Map.Entry<String, Long> value, int longest) {
        String key = value.getKey();
        int end = key.offsetByCodePoints(0, Math.min(longest, key.codePointCount(0, key.length())));
        return (end < key.length() ? key.substring(0, end) + "…" : key) + " × " + value.getValue();
    }

    private static Counts counts(Summary summary, String field) {
        return summary.values().getOrDefault(field, new Counts(Map.of(), 0));
    }

    private static int distinct(Summary summary, String field) {
        return counts(summary, field).of().size();
    }

    private static String amount(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static String time(Instant time) {
        return CLOCK.format(time);
    }

    private static Map<String, String> different() {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put("user.name", "Users");
        titles.put("proc.name", "Processes");
        titles.put("proc.cmdline", "Commands");
        titles.put("fd.name", "Files");
        titles.put("container.name", "Containers");
        titles.put("k8s.ns.name", "Namespaces");
        titles.put("k8s.pod.name", "Pods");
        return titles;
    }
}
