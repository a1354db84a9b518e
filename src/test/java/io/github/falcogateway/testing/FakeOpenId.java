package io.github.falcogateway.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID provider on loopback: whoever comes is logged in as it is told, and sent back with a code. It checks what a
 * provider checks: client, secret, redirect and PKCE. Thread-safe.
 */
public final class FakeOpenId implements AutoCloseable {

    public static final String CLIENT = "falco-gateway";
    public static final String SECRET = "the client's secret";

    private final Vertx vertx = Vertx.vertx();
    private volatile KeyPair keys;
    private volatile String keyId = "one";
    /** Whom its tokens are for. */
    public volatile @Nullable String audience = CLIENT;
    /** How far its clock is ahead of ours. */
    public volatile long aheadSeconds;

    private final HttpServer server;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private volatile JsonObject claims = new JsonObject();
    /** Who is asked for the key that the tokens are signed with; another one is a forger's. */
    public volatile KeyPair signer;

    public FakeOpenId() throws Exception {
        keys = newKeys();
        signer = keys;
        server = Patience.get(
                vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1"));
    }

    public static KeyPair newKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    /** Signs with a new key from here on; the old one is told no more. */
    public void rotateKeys() throws Exception {
        keys = newKeys();
        signer = keys;
        keyId = "two";
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** From here on whoever comes is this one. */
    public void login(String user, String... groups) {
        claims = new JsonObject()
                .put("sub", "id-of-" + user)
                .put("preferred_username", user)
                .put("groups", new JsonArray(Arrays.asList(groups)));
    }

    private void handle(HttpServerRequest request) {
        switch (request.path()) {
            case "/.well-known/openid-configuration" ->
                request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(configuration().encode());
            case "/jwks" ->
                request.response().putHeader("Content-Type", "application/json").end(jwks().encode());
            case "/authorize" -> authorize(request);
            case "/token" -> request.body().onSuccess(body -> token(request, form(body.toString())));
            default -> request.response().setStatusCode(404).end();
        }
    }

    private JsonObject configuration() {
        return new JsonObject()
                .put("issuer", issuer())
                .put("authorization_endpoint", issuer() + "/authorize")
                .put("token_endpoint", issuer() + "/token")
                .put("jwks_uri", issuer() + "/jwks")
                .put("response_types_supported", new JsonArray().add("code"))
                .put("subject_types_supported", new JsonArray().add("public"))
                .put("id_token_signing_alg_values_supported", new JsonArray().add("RS256"));
    }

    private JsonObject jwks() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return new JsonObject()
                .put(
                        "keys",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("kty", "RSA")
                                        .put("use", "sig")
                                        .put("alg", "RS256")
                                        .put("kid", keyId)
                                        .put("n", base64(unsigned(key.getModulus())))
                                        .put("e", base64(unsigned(key.getPublicExponent())))));
    }

    private void authorize(HttpServerRequest request) {
        String code = base64(Integer.toString(codes.size()).getBytes(US_ASCII)) + "-code";
        Map<String, String> asked = new HashMap<>();
        request.params().forEach(param -> asked.put(param.getKey(), param.getValue()));
        codes.put(code, asked);
        request.response()
                .setStatusCode(302)
                .putHeader(
                        "Location",
                        asked.get("redirect_uri") + "?code=" + code + "&state=" + asked.getOrDefault("state", ""))
                .end();
    }

    private void token(HttpServerRequest request, Map<String, String> form) {
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        String basic = "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(UTF_8));
        boolean client = basic.equals(request.getHeader("Authorization"))
                || CLIENT.equals(form.get("client_id")) && SECRET.equals(form.get("client_secret"));
        boolean right = asked != null
                && client
                && asked.get("redirect_uri").equals(form.get("redirect_uri"))
                && challenge(form.getOrDefault("code_verifier", "")).equals(asked.get("code_challenge"));
        if (!right) {
            request.response().setStatusCode(400).end("{\"error\":\"invalid_grant\"}");
            return;
        }
        request.response()
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject()
                        .put("access_token", "an-opaque-token")
                        .put("token_type", "Bearer")
                        .put("expires_in", 300)
                        .put("id_token", idToken(asked.get("nonce")))
                        .encode());
    }

    private String idToken(String nonce) {
        long now = System.currentTimeMillis() / 1000 + aheadSeconds;
        JsonObject payload = claims.copy()
                .put("iss", issuer())
                .put("aud", audience)
                .put("iat", now)
                .put("exp", now + 300)
                .put("nonce", nonce);
        String head = new JsonObject()
                .put("alg", "RS256")
                .put("kid", keyId)
                .put("typ", "JWT")
                .encode();
        String text =
                base64(head.getBytes(UTF_8)) + "." + base64(payload.encode().getBytes(UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(signer.getPrivate());
            signature.update(text.getBytes(US_ASCII));
            return text + "." + base64(signature.sign());
        } catch (java.security.GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static String challenge(String verifier) {
        try {
            return base64(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)));
        } catch (java.security.NoSuchAlgorithmException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&")) {
            String[] parts = pair.split("=", 2);
            form.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts.length > 1 ? parts[1] : "", UTF_8));
        }
        return form;
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() throws Exception {
        Patience.get(vertx.close());
    }
}
