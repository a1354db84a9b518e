package io.github.falcogateway.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The keys of one mapping, taken one by one; what nobody took is unknown. A value of the wrong kind is told and its
 * default taken, so that reading goes on. Confined to one loading.
 */
final class Section {

    private final Source source;
    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Set<String> taken = new LinkedHashSet<>();

    Section(Source source, Node node, String what) {
        this.source = source;
        this.node = node;
        if (!(node instanceof MappingNode mapping)) {
            if (!isNull(node)) {
                source.problem(node, what + " must be a mapping of keys to values");
            }
            return;
        }
        for (NodeTuple entry : mapping.getValue()) {
            String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (values.containsKey(key)) {
                source.problem(entry.getKeyNode(), key + " is set twice");
            }
            keys.put(key, entry.getKeyNode());
            values.put(key, entry.getValueNode());
        }
    }

    /** Tells of every key that nobody took. */
    void end() {
        for (Map.Entry<String, Node> key : keys.entrySet()) {
            if (!taken.contains(key.getKey())) {
                source.problem(
                        key.getValue(), "unknown key " + key.getKey() + Problems.didYouMean(key.getKey(), taken));
            }
        }
    }

    Node node() {
        return node;
    }

    Source source() {
        return source;
    }

    /** The keys in their order. */
    Set<String> keys() {
        return keys.keySet();
    }

    boolean has(String key) {
        Node value = values.get(key);
        return value != null && !isNull(value);
    }

    /** The value of a key; null where it is absent or null. */
    @Nullable
    Node take(String key) {
        taken.add(key);
        return has(key) ? values.get(key) : null;
    }

    /** Where a key's value stands, for a problem with it; the section itself where it is absent. */
    Node place(String key) {
        Node value = values.get(key);
        return value == null ? node : value;
    }

    /** The same for what can be run all the same. */
    void warn(String key, String message) {
        source.warn(place(key), message);
    }

    void problem(String key, String message) {
        source.problem(place(key), message);
    }

    @Nullable
    String text(String key) {
        Node value = take(key);
        if (value == null) {
            return null;
        }
        if (value instanceof ScalarNode scalar) {
            return source.resolve(value, scalar.getValue());
        }
        source.problem(value, key + " must be a text");
        return null;
    }

    String text(String key, String otherwise) {
        String text = text(key);
        return text == null ? otherwise : text;
    }

    Duration duration(String key, Duration otherwise) {
        return parsed(key, otherwise, Units::duration, "a duration such as 200ms, 10s, 5m, 1h, 1d");
    }

    long size(String key, long otherwise) {
        return parsed(
                key,
                otherwise,
                text -> Units.size(text) < 0 ? null : Units.size(text),
                "a size such as 512KiB, 4MiB, 10GiB");
    }

    int integer(String key, int otherwise) {
        return parsed(
                key,
                otherwise,
                text -> text.matches("\\d{1,9}") ? Integer.valueOf(text) : null,
                "a whole number of at least 0");
    }

    boolean bool(String key, boolean otherwise) {
        return parsed(key, otherwise, Units::bool, "true or false");
    }

    <T> T parsed(String key, T otherwise, Function<String, @Nullable T> parser, String expected) {
        String text = text(key);
        if (text == null) {
            return otherwise;
        }
        T value = parser.apply(text);
        if (value == null) {
            problem(key, key + " must be " + expected);
            return otherwise;
        }
        return value;
    }

    /** The texts of a sequence, each with its place; empty where the key is absent. */
    List<Text> texts(String key) {
        Node value = take(key);
        List<Text> texts = new ArrayList<>();
        if (value == null) {
            return texts;
        }
        for (Node item : items(value, key)) {
            if (item instanceof ScalarNode scalar) {
                texts.add(new Text(source.resolve(item, scalar.getValue()), item));
            } else {
                source.problem(item, key + " must hold texts");
            }
        }
        return texts;
    }

    List<Node> items(Node value, String key) {
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        source.problem(value, key + " must be a list such as [a, b]");
        return List.of();
    }

    /** The section under a key; an empty one where it is absent. */
    Section section(String key) {
        Node value = take(key);
        return new Section(source, value == null ? empty(place(key)) : value, key);
    }

    private static Node empty(Node at) {
        return new MappingNode(
                Tag.MAP,
                false,
                List.of(),
                org.snakeyaml.engine.v2.common.FlowStyle.BLOCK,
                at.getStartMark(),
                at.getEndMark());
    }

    /** A text and where it stands. */
    record Text(String text, Node node) {}

    static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }
}
