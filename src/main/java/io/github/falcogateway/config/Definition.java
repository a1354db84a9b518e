package io.github.falcogateway.config;

import io.github.falcogateway.rule.Active;
import io.github.falcogateway.rule.Grouping;
import io.github.falcogateway.rule.Quiet;
import io.github.falcogateway.rule.Throttle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** One list, macro or route while route files are put together, with the place of each part. Confined to one loading. */
final class Definition {

    /** A part of a text and where it stands. */
    private record Piece(Source source, Node node, int start) {}

    final String kind;
    final String name;
    final Source source;
    final Node node;
    final StringBuilder condition = new StringBuilder();
    final List<String> items = new ArrayList<>();
    final List<Section.Text> to = new ArrayList<>();
    String description = "";
    boolean stop;
    boolean enabled = true;

    @Nullable
    Active active;

    @Nullable
    Grouping group;

    @Nullable
    Throttle throttle;

    Quiet quiet = Quiet.NONE;

    @Nullable
    Node inhibit;

    private final List<Piece> pieces = new ArrayList<>();
    private Source toSource;

    Definition(String kind, String name, Source source, Node node) {
        this.kind = kind;
        this.name = name;
        this.source = source;
        this.node = node;
        this.toSource = source;
    }

    void condition(Source from, Node at, String text, boolean append) {
        if (!append) {
            condition.setLength(0);
            pieces.clear();
        } else if (condition.length() > 0) {
            condition.append(' ');
        }
        pieces.add(new Piece(from, at, condition.length()));
        condition.append(text);
    }

    void to(Source from, List<Section.Text> sinks, boolean append) {
        if (!append) {
            to.clear();
        }
        toSource = from;
        to.addAll(sinks);
    }

    /** Tells a problem at an offset of the condition. */
    void problem(int offset, String message, boolean warning) {
        Piece at = null;
        for (Piece piece : pieces) {
            if (piece.start() <= offset) {
                at = piece;
            }
        }
        if (at == null || !(at.node() instanceof ScalarNode scalar)) {
            source.problem(node, message);
            return;
        }
        Place place = Place.of(at.source().lines(), scalar, offset - at.start());
        Problems problems = at.source().problems();
        if (warning) {
            problems.warn(at.source().name(), place.line(), place.column(), message);
        } else {
            problems.at(at.source().name(), place.line(), place.column(), message);
        }
    }

    /** Tells a problem with one of the sinks. */
    void sinkProblem(String message) {
        Node at = to.stream()
                .filter(sink -> message.startsWith("sink " + sink.text() + " "))
                .map(Section.Text::node)
                .findFirst()
                .orElse(node);
        toSource.problem(at, message);
    }
}
