package io.github.falcogateway.config;

import io.github.falcogateway.auth.Credential;
import io.github.falcogateway.auth.OpenIdOptions;
import io.github.falcogateway.auth.Passwords;
import io.github.falcogateway.auth.Senders;
import io.github.falcogateway.auth.Viewers;
import io.github.falcogateway.event.Grant;
import io.github.falcogateway.event.Network;
import io.github.falcogateway.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads who may send and who may look. Confined to one loading. */
final class AuthSettings {

    private final Section top;
    private final Section auth;

    AuthSettings(Section top) {
        this.top = top;
        this.auth = top.section("auth");
    }

    /** Who may look; null where the file does not say. */
    @Nullable
    Viewers viewers() {
        Node view = auth.take("view");
        if (view == null) {
            return null;
        }
        if (view instanceof MappingNode) {
            return people(auth.section("view"));
        }
        if (!auth.text("view", "").equals("none")) {
            auth.problem("view", "auth.view must be none, {htpasswd: conf/htpasswd} or {openid: {...}}");
        }
        return Viewers.everybody();
    }

    private static Viewers people(Section section) {
        Map<String, Secret> hashes = new LinkedHashMap<>();
        String file = section.text("htpasswd");
        OpenIdOptions openId = section.has("openid") ? OpenIdReader.read(section.section("openid")) : null;
        if (file == null && !section.has("openid")) {
            section.problem(
                    "htpasswd", "auth.view needs htpasswd, the file of users and hashes, or openid, the provider");
        } else if (file != null) {
            section.source().reads(file);
            try {
                lines(section, file, hashes);
            } catch (IOException unreadable) {
                section.problem("htpasswd", "the file " + file + " cannot be read");
            }
        }
        Set<String> operators = new HashSet<>();
        for (Section.Text user : section.texts("operators")) {
            if (!hashes.containsKey(user.text())) {
                section.source()
                        .problem(
                                user.node(),
                                "operator " + user.text() + " is not in the htpasswd file"
                                        + Problems.didYouMean(user.text(), hashes.keySet()));
            }
            operators.add(user.text());
        }
        section.end();
        return Viewers.of(hashes, operators, openId);
    }

    private static void lines(Section section, String file, Map<String, Secret> hashes) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(file));
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 1 || !Passwords.isHash(line.substring(colon + 1))) {
                section.source()
                        .problems()
                        .at(
                                file,
                                i,
                                0,
                                "must be USER:HASH with a bcrypt hash: falco-gateway hash-password, or htpasswd -B");
                continue;
            }
            String user = line.substring(0, colon);
            hashes.put(user, new Secret(line.substring(colon + 1)));
            Integer before = places.put(user, i + 1);
            if (before != null) {
                String message = "user " + user + " is at " + file + ":" + before + ":1 too: the last line counts";
                section.source().problems().warn(file, i, 0, message);
            }
        }
    }

    /** Who may send; everybody where the file names nobody. */
    Senders senders() {
        List<Credential> credentials = new ArrayList<>();
        Node ingest = auth.take("ingest");
        // What is wrong with it is told where the rest of that section is read.
        boolean reject = "reject".equals(top.section("host").text("on_mismatch"));
        Repeats repeats = new Repeats();
        if (ingest != null) {
            auth.items(ingest, "ingest").forEach(item -> {
                Section section = new Section(auth.source(), item, "a credential");
                Credential credential = credential(section, reject);
                section.end();
                if (credential != null) {
                    repeats.look(section, credential);
                    credentials.add(credential);
                }
            });
        }
        auth.end();
        return new Senders(credentials);
    }

    private static @Nullable Credential credential(Section section, boolean rejectMismatch) {
        String name = section.text("name", "");
        String token = section.text("token");
        String user = section.text("user");
        String hash = section.text("password_hash");
        String certificate = section.text("client_cert_cn");
        String host = section.text("host");
        boolean reject = reject(section, section.text("on_mismatch"), rejectMismatch);
        List<Pattern> hosts = new ArrayList<>();
        section.texts("may_claim_hosts").forEach(glob -> hosts.add(Grant.glob(glob.text())));
        if (host == null && hosts.isEmpty()) {
            hosts.add(Grant.glob("*"));
        }
        int ways = (token == null ? 0 : 1) + (user == null ? 0 : 1) + (certificate == null ? 0 : 1);
        if (ways != 1 || (user == null) != (hash == null)) {
            section.source()
                    .problem(
                            section.node(),
                            "a credential has a token, or a user and a password_hash, or a client_cert_cn");
            return null;
        }
        if (hash != null && !Passwords.isHash(hash)) {
            section.problem("password_hash", "password_hash must be bcrypt: falco-gateway hash-password makes one");
            return null;
        }
        if (token != null && token.length() < 8) {
            section.problem("token", "a token has at least 8 characters");
            return null;
        }
        return new Credential(
                token == null ? null : new Secret(token),
                user,
                hash == null ? null : new Secret(hash),
                certificate,
                new Grant(name, host, hosts, reject));
    }

    private static boolean reject(Section section, @Nullable String mismatch, boolean otherwise) {
        if (mismatch != null && !mismatch.equals("relabel") && !mismatch.equals("reject")) {
            section.problem("on_mismatch", "on_mismatch must be relabel or reject");
        }
        return mismatch == null ? otherwise : mismatch.equals("reject");
    }

    /** Whose word is taken for where a request comes from. */
    List<Network> proxies() {
        List<Network> proxies = new ArrayList<>();
        for (Section.Text text : top.texts("trusted_proxies")) {
            Network network = Network.parse(text.text());
            if (network == null) {
                top.source().problem(text.node(), text.text() + " is neither an address nor a network");
            } else {
                proxies.add(network);
            }
        }
        return proxies;
    }
}
