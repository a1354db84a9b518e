package io.github.falcogateway.config;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import io.github.falcogateway.secret.Secret;
import io.github.falcogateway.sink.HttpTarget;
import io.github.falcogateway.sink.SinkOptions;
import io.github.falcogateway.sink.alertmanager.AlertmanagerOptions;
import io.github.falcogateway.sink.http.Format;
import io.github.falcogateway.sink.http.HttpOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the sinks that post to an address of the user's. */
final class PostingReaders {

    private static final int MOST_REQUESTS = 64;

    private PostingReaders() {}

    static @Nullable Record http(Section section, SinkOptions common) {
        Secret url = url(section, "url");
        Format format = section.parsed(
                "format",
                Format.FALCO,
                text -> Arrays.stream(Format.values())
                        .filter(known -> known.label().equals(text))
                        .findFirst()
                        .orElse(null),
                String.join(
                        ", ", Arrays.stream(Format.values()).map(Format::label).toList()));
        if (common.batch().events() > 1 && !format.canBatch()) {
            section.problem("batch", "format " + format.label() + " sends one event a request: batch must be 1");
        }
        String method = section.parsed(
                "method", "POST", text -> text.equals("POST") || text.equals("PUT") ? text : null, "POST or PUT");
        int concurrency = section.integer("concurrency", 1);
        if (concurrency < 1 || concurrency > MOST_REQUESTS) {
            section.problem("concurrency", "concurrency is 1 to " + MOST_REQUESTS);
        }
        HttpOptions options = new HttpOptions(
                url == null ? new Secret("") : url,
                method,
                headers(section.section("headers")),
                format,
                template(section, format),
                contentType(section),
                section.bool("gzip", common.batch().events() > 1 && format == Format.FALCO),
                section.bool("durable", common.batch().events() > 1 && format == Format.FALCO),
                common.batch().events(),
                concurrency,
                ClientTlsReader.read(section.section("tls")),
                common.timeout());
        return url == null ? null : options;
    }

    static @Nullable Record alertmanager(Section section, SinkOptions common) {
        List<Secret> urls = new ArrayList<>();
        for (Section.Text text : section.texts("urls")) {
            String problem = HttpTarget.problem(text.text());
            if (!problem.isEmpty()) {
                section.source().problem(text.node(), "urls " + problem);
            }
            urls.add(new Secret(text.text()));
        }
        if (section.has("url") || urls.isEmpty()) {
            Secret url = url(section, "url");
            if (url != null) {
                urls.add(url);
            }
        }
        section.take("url");
        AlertmanagerOptions options = new AlertmanagerOptions(
                urls,
                labels(section.section("labels")),
                section.duration("resolve_after", Duration.ofMinutes(5)),
                section.text("public_url", "").replaceAll("/+$", ""),
                ClientTlsReader.read(section.section("tls")),
                common.timeout());
        return urls.isEmpty() ? null : options;
    }

    private static @Nullable Secret url(Section section, String key) {
        String url = section.text(key);
        if (url == null || url.isEmpty()) {
            section.problem(key, "needs the " + key + " of the receiver");
            return null;
        }
        String problem = HttpTarget.problem(url);
        if (!problem.isEmpty()) {
            section.problem(key, key + " " + problem);
            return null;
        }
        return new Secret(url);
    }

    private static String contentType(Section section) {
        String type = section.text("content_type", "");
        if (!isPrintable(type)) {
            section.problem("content_type", "content_type is printable text such as application/json");
        }
        return type;
    }

    private static boolean isPrintable(String header) {
        return header.chars().allMatch(c -> c >= ' ' && c <= 126 || c == '\t');
    }

    private static Map<String, Secret> headers(Section section) {
        Map<String, Secret> headers = new LinkedHashMap<>();
        labels(section).forEach((name, value) -> {
            if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || !isPrintable(value)) {
                section.problem(name, "a header is a token and printable text");
            } else {
                headers.put(name, new Secret(value));
            }
        });
        return headers;
    }

    private static Map<String, String> labels(Section section) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String key : List.copyOf(section.keys())) {
            labels.put(key, section.text(key, ""));
        }
        return labels;
    }

    private static String template(Section section, Format format) {
        String template = section.text("template", "");
        if (format == Format.TEMPLATE && template.isEmpty()) {
            section.problem("template", "format template needs a template");
        }
        try {
            Mustache.compiler().compile(template);
            return template;
        } catch (MustacheException bad) {
            section.problem("template", "template is no Mustache: " + bad.getMessage());
            return "";
        }
    }
}
