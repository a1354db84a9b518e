package io.github.falcogateway.config;

import io.github.falcogateway.auth.Viewers;
import io.github.falcogateway.falcorules.FalcoRules;
import io.github.falcogateway.host.HostTable;
import io.github.falcogateway.ingest.grpc.SourceOptions;
import io.github.falcogateway.ingest.http.Access;
import io.github.falcogateway.intake.IntakeOptions;
import io.github.falcogateway.rule.RuleTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads gateway.yaml and the files it names, or says all that is wrong with them. */
public final class ConfigLoader {

    /** Read where nobody names a file and it is there. */
    public static final String DEFAULT_FILE = "conf/gateway.yaml";

    private static final String DEFAULT_ROUTES = "conf/routes.yaml";
    private static final String DEFAULT_HOSTS = "conf/hosts.yaml";

    private final Problems problems = new Problems();
    private final Inputs.Collector inputs = new Inputs.Collector();
    private final Interpolation interpolation;
    /** The sinks that have a name, also those that are wrong: a route to one of them is not a second mistake. */
    private final Set<String> declared = new LinkedHashSet<>();

    private ConfigLoader(Map<String, String> environment) {
        interpolation = new Interpolation(environment, inputs::file);
    }

    /**
     * Loads the configuration.
     *
     * @param file the file; else {@code conf/gateway.yaml} where it exists, else what is built in
     */
    public static Loaded load(Optional<Path> file, Map<String, String> environment) {
        ConfigLoader loader = new ConfigLoader(environment);
        GatewayConfig config = loader.read(file);
        return new Loaded(loader.problems.any() ? null : config, loader.problems.all(), loader.inputs.inputs());
    }

    private @Nullable GatewayConfig read(Optional<Path> file) {
        Path path = file.orElse(Path.of(DEFAULT_FILE));
        Source source = new Source(path.toString(), problems, interpolation);
        inputs.source(source);
        Node root = null;
        if (Files.exists(path)) {
            root = source.root();
        } else if (file.isPresent()) {
            problems.at(path.toString(), 0, 0, "the file does not exist");
        }
        if (problems.any()) {
            return null;
        }
        Node node = root == null || Section.isNull(root)
                ? new MappingNode(Tag.MAP, false, List.of(), FlowStyle.BLOCK, Optional.empty(), Optional.empty())
                : root;
        return gateway(new Section(source, node, "the configuration"));
    }

    private @Nullable GatewayConfig gateway(Section top) {
        Settings settings = new Settings(top);
        AuthSettings auth = new AuthSettings(top);
        Viewers viewers = auth.viewers();
        Access access = new Access(auth.senders(), auth.proxies());
        GatewayConfig.Listen listen = new ListenSettings(top).read(viewers != null);
        GatewayConfig.Limits limits = settings.limits();
        IntakeOptions intake = settings.intake();
        var journal = settings.journal();
        Map<String, SinkConfig> sinks = sinks(top, new People(settings.flood(), settings.publicUrl()));
        List<String> defaults = defaults(top);
        RuleTable routes = routes(top, defaults);
        HostTable hosts = hosts(top);
        GatewayConfig.HostNaming naming = settings.naming();
        FalcoRules falcoRules = falcoRules(top);
        List<SourceOptions> sources = new SourceReader(limits.body()).read(top);
        var grace = settings.shutdownGrace();
        var longestSilence = settings.longestSilence();
        inputs.watch(top.bool("watch", false));
        if (listen.tls() != null) {
            inputs.file(listen.tls().cert());
            inputs.file(listen.tls().key());
        }
        settings.misplaced();
        top.end();
        return routes == null
                ? null
                : new GatewayConfig(
                        listen,
                        viewers == null ? Viewers.unset() : viewers,
                        access,
                        limits,
                        intake,
                        journal,
                        sinks,
                        routes,
                        hosts,
                        naming,
                        falcoRules,
                        sources,
                        grace,
                        longestSilence,
                        inputs.inputs());
    }

    private Map<String, SinkConfig> sinks(Section top, People people) {
        Map<String, SinkConfig> sinks = new LinkedHashMap<>();
        if (!top.keys().contains("sinks")) {
            top.section("sinks");
            declared.addAll(Settings.defaultSinks().keySet());
            return Settings.defaultSinks();
        }
        Section section = top.section("sinks");
        for (String name : List.copyOf(section.keys())) {
            if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*")) {
                section.problem(name, "the name of a sink holds letters, digits and _.- alone");
            }
            declared.add(name);
            SinkConfig sink = SinkReaders.read(name, section.section(name), people);
            if (sink != null) {
                onlyOne(section, sink, sinks);
                sinks.put(name, sink);
            }
        }
        return sinks;
    }

    /** There is one scrape, so that two sinks would count into the same series. */
    private static void onlyOne(Section section, SinkConfig sink, Map<String, SinkConfig> before) {
        before.values().stream()
                .filter(other ->
                        sink.type().equals("prometheus") && other.type().equals("prometheus"))
                .findFirst()
                .ifPresent(other -> section.problem(
                        sink.name(),
                        "there is one GET /metrics, and sink " + other.name() + " is its prometheus sink already"));
    }

    private List<String> defaults(Section top) {
        List<String> names = new ArrayList<>();
        if (!top.has("default")) {
            top.take("default");
            List.of("archive", "metrics").stream().filter(declared::contains).forEach(names::add);
            return names;
        }
        for (Section.Text sink : top.texts("default")) {
            if (!declared.contains(sink.text())) {
                top.source()
                        .problem(
                                sink.node(),
                                "sink " + sink.text() + " does not exist" + Problems.didYouMean(sink.text(), declared));
            }
            names.add(sink.text());
        }
        return names;
    }

    private @Nullable RuleTable routes(Section top, List<String> defaults) {
        RouteFiles files = new RouteFiles();
        if (!top.keys().contains("routes")) {
            top.take("routes");
            inputs.file(DEFAULT_ROUTES);
            if (Files.exists(Path.of(DEFAULT_ROUTES))) {
                files.read(table(DEFAULT_ROUTES));
            }
        }
        for (Section.Text file : top.texts("routes")) {
            if (exists(top, file)) {
                files.read(table(file.text()));
            }
        }
        return files.table(defaults, declared);
    }

    private HostTable hosts(Section top) {
        String file = top.text("hosts");
        if (file == null) {
            inputs.file(DEFAULT_HOSTS);
            return Files.exists(Path.of(DEFAULT_HOSTS))
                    ? HostsFile.read(table(DEFAULT_HOSTS))
                    : new HostTable(List.of());
        }
        return exists(top, new Section.Text(file, top.place("hosts")))
                ? HostsFile.read(table(file))
                : new HostTable(List.of());
    }

    private FalcoRules falcoRules(Section top) {
        FalcoRules rules = new FalcoRules();
        for (Section.Text file : top.texts("falco_rules")) {
            try {
                if (exists(top, file)) {
                    rules.read(file.text());
                }
            } catch (IOException unreadable) {
                top.source().problem(file.node(), "the file " + file.text() + " cannot be read");
            }
        }
        for (String problem : rules.problems()) {
            top.problem("falco_rules", problem);
        }
        return rules;
    }

    /** Whether a file that the configuration names is there; the two that it names by default may be absent. */
    private boolean exists(Section top, Section.Text file) {
        inputs.file(file.text());
        if (Files.exists(Path.of(file.text()))) {
            return true;
        }
        if (!file.text().equals(DEFAULT_ROUTES) && !file.text().equals(DEFAULT_HOSTS)) {
            top.source().problem(file.node(), "the file " + file.text() + " does not exist");
        }
        return false;
    }

    private Source table(String name) {
        Source source = new Source(name, problems, interpolation);
        inputs.openly(source);
        return source;
    }
}
