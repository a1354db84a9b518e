// Where an event went: each route with the part of its condition that failed, each sink with what it did.
import * as api from "./api.js";
import { h } from "./dom.js";
import { ago, visible } from "./format.js";

const OUTCOMES = {
  done: "taken", pending: "waiting", dead: "given up: in the dead letters", held: "stopped: waits until it is resumed",
};

/** The parts of the page that tell it. */
export async function trail(id) {
  let told;
  try {
    told = await api.json("/api/events/" + encodeURIComponent(id) + "/trail");
  } catch (refused) {
    return [h("h3", { text: "Where it went" }), h("p", { class: "soft", text: refused.message })];
  }
  return [
    h("h3", { text: "Where it went" }),
    h("ul", { class: "sinks-told" }, told.sinks.length ? told.sinks.map(sink) : h("li", { text: "To no sink." })),
    h("h3", { text: "Why" }),
    h("p", { class: "soft", text: told.unrouted ? "No route takes it: it goes to the default sinks." : "The routes in their order, as they were when it came in." }),
    h("ol", { class: "routes-told" }, told.routes.map(route)),
  ];
}

function sink(told) {
  const outcome = OUTCOMES[told.outcome] ?? told.outcome;
  const by = told.route ? " by " + visible(told.route) : " by default";
  return h("li", { data: { outcome: told.outcome } }, h("strong", { text: told.sink }), " " + outcome,
    h("small", { text: by + (told.at ? ", " + ago(told.at) : "") + (told.detail ? ": " + visible(told.detail) : "") }));
}

function route(told) {
  const verdict = told.matched ? "matched" : told.tried ? "not matched" : "not tried" + (told.why ? ": " + told.why : "");
  return h("li", { data: { matched: told.matched } }, h("strong", { text: visible(told.route) }), " " + verdict,
    told.failed ? h("small", {}, h("code", { text: visible(told.failed) }), " is false: the event has ", h("code", { text: visible(told.actual) })) : null);
}
