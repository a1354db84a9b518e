package io.github.falcogateway.login;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The pages of logging in, out of the jar; every text put into them is escaped. Immutable. */
final class Html {

    private static final String POLICY =
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';" + " frame-ancestors 'none'";
    private static final Template LOGIN = template("login.html");
    private static final Template WELCOME = template("welcome.html");
    private static final String STYLE = text("login.css");

    private Html() {}

    static void login(HttpServerResponse response, int status, Map<String, Object> texts) {
        send(response.setStatusCode(status), "text/html; charset=utf-8", LOGIN.execute(texts));
    }

    /**
     * Leads on by the page itself: a redirect out of another site's page would come without the cookie, which no other
     * site may have sent.
     */
    static void welcome(HttpServerResponse response, String next) {
        send(response, "text/html; charset=utf-8", WELCOME.execute(Map.of("next", next)));
    }

    static void style(HttpServerResponse response) {
        send(response, "text/css; charset=utf-8", STYLE);
    }

    private static void send(HttpServerResponse response, String type, String text) {
        response.putHeader("Content-Type", type)
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                // With no-referrer a browser says of the form's own post that it comes from nowhere, and it is refused.
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("Cache-Control", "no-store")
                .end(Buffer.buffer(text));
    }

    private static Template template(String file) {
        return Mustache.compiler().defaultValue("").compile(text(file));
    }

    private static String text(String file) {
        try (InputStream in = Html.class.getResourceAsStream("/login/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks login/" + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalStateException("login/" + file + " cannot be read", unreadable);
        }
    }
}
