package io.github.falcogateway.ingest.http;

import io.github.falcogateway.event.RejectReason;
import io.github.falcogateway.event.Rejection;
import io.github.falcogateway.intake.Acceptance;
import io.github.falcogateway.intake.CannotKeepException;
import io.github.falcogateway.intake.TooFastException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a sender is answered; the one place where a status is decided. */
final class Answer {

    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);
    private static final Buffer ONE = Buffer.buffer("{\"accepted\":1}");
    static final String RETRY_AFTER = "5";

    private Answer() {}

    static void accepted(HttpServerResponse response, Acceptance acceptance) {
        if (!acceptance.rejections().isEmpty()) {
            partly(response, acceptance);
            return;
        }
        response.putHeader("Content-Type", "application/json");
        if (!acceptance.durable()) {
            response.setStatusCode(202);
            end(response, Buffer.buffer("{\"accepted\":" + acceptance.accepted() + ",\"durable\":false}"));
            return;
        }
        end(response, acceptance.accepted() == 1 ? ONE : Buffer.buffer("{\"accepted\":" + acceptance.accepted() + "}"));
    }

    /** The request was no events at all, or could not be read. */
    static void refused(HttpServerResponse response, Rejection rejection) {
        Problem.send(response, status(rejection.reason()), rejection.reason().label(), rejection.detail());
    }

    /** The journal did not take the events. */
    static void failed(HttpServerResponse response, Throwable refused) {
        if (refused instanceof TooFastException tooFast) {
            response.putHeader("Retry-After", Integer.toString(tooFast.retrySeconds()));
            Problem.send(
                    response, 429, RejectReason.RATE_LIMITED.label(), "more events a second than limits.per_source");
            return;
        }
        boolean noRoom = refused instanceof CannotKeepException;
        if (!noRoom) {
            LOG.error("an append failed", refused);
        }
        response.putHeader("Retry-After", RETRY_AFTER);
        Problem.send(
                response,
                noRoom ? 503 : 500,
                noRoom ? RejectReason.NO_ROOM.label() : RejectReason.INTERNAL.label(),
                noRoom ? "the events cannot be kept now: send them again later" : "an error of the gateway's own");
    }

    private static void partly(HttpServerResponse response, Acceptance acceptance) {
        Rejection first = acceptance.rejections().get(0);
        JsonArray rejected = new JsonArray();
        for (Rejection rejection : acceptance.rejections()) {
            rejected.add(new JsonObject()
                    .put("index", rejection.index())
                    .put("reason", rejection.reason().label() + ": " + rejection.detail()));
        }
        int status = acceptance.accepted() == 0 && acceptance.rejections().size() == 1 ? status(first.reason()) : 400;
        JsonObject body = new JsonObject()
                .put("type", "about:blank")
                .put("title", "not every event could be read")
                .put("status", status)
                .put("detail", first.detail())
                .put("accepted", acceptance.accepted())
                .put("rejected", rejected);
        if (!acceptance.durable()) {
            body.put("durable", false);
        }
        response.setStatusCode(status).putHeader("Content-Type", "application/problem+json");
        end(response, body.toBuffer());
    }

    private static int status(RejectReason reason) {
        return switch (reason) {
            case TOO_LARGE, TOO_MANY -> 413;
            case UNKNOWN_ENCODING -> 415;
            case UNKNOWN_TRANSFER -> 501;
            case WRONG_PATH -> 404;
            case UNAUTHORIZED -> 401;
            case FORBIDDEN_HOST, FOREIGN_ORIGIN -> 403;
            case RATE_LIMITED -> 429;
            case NO_ROOM -> 503;
            case INTERNAL -> 500;
            default -> 400;
        };
    }

    private static void end(HttpServerResponse response, Buffer body) {
        if (!response.closed()) {
            response.end(body);
        }
    }
}
