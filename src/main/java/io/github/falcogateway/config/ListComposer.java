package io.github.falcogateway.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Hands on each mapping of a list as soon as it is read: all nodes of a hundred thousand lines are a quarter of a
 * gigabyte. Confined to one loading.
 */
final class ListComposer extends Composer {

    /** Stands in the list for a mapping that was handed on. */
    static final Node TAKEN = new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK);

    private final Consumer<Node> items;
    private int depth;
    private boolean list;

    private ListComposer(LoadSettings settings, String yaml, Consumer<Node> items) {
        super(settings, new ParserImpl(settings, new StreamReader(settings, yaml)));
        this.items = items;
    }

    static Optional<Node> compose(LoadSettings settings, String yaml, Consumer<Node> items) {
        return new ListComposer(settings, yaml, items).getSingleNode();
    }

    @Override
    protected SequenceNode composeSequenceNode(Optional<Anchor> anchor) {
        list |= depth == 0;
        depth++;
        SequenceNode node = super.composeSequenceNode(anchor);
        depth--;
        return node;
    }

    @Override
    protected Node composeMappingNode(Optional<Anchor> anchor) {
        depth++;
        Node node = super.composeMappingNode(anchor);
        depth--;
        if (depth != 1 || !list) {
            return node;
        }
        items.accept(node);
        return TAKEN;
    }
}
