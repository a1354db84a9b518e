// What each sink and each source is doing, and what an operator can make it do.
import * as api from "./api.js";
import { button, h, link } from "./dom.js";
import { ago, count, lasting, visible } from "./format.js";
import { href } from "./place.js";
import { table } from "./table.js";

const EVERY = 3000;
const WORDS = { running: "running", retrying: "trying again", held: "stopped by an error", paused: "paused" };

export function create(root) { return new Sinks(root); }

class Sinks {
  constructor(root) {
    this.cards = new Map();
    this.notice = h("p", { class: "notice", role: "alert", hidden: true });
    this.sinks = h("div", { class: "cards wide" });
    this.sources = h("div", {});
    root.append(this.notice, h("h2", { class: "title", text: "Sinks" }), this.sinks, h("h2", { class: "title", text: "Sources" }), this.sources);
    setInterval(() => { if (this.shown && !document.hidden) this.load(); }, EVERY);
  }

  show() {
    if (!this.shown) this.load();
    this.shown = true;
  }

  hide() { this.shown = false; }

  async load() {
    try {
      const [sinks, sources] = await Promise.all([api.json("/api/sinks"), api.json("/api/sources").catch(() => ({ sources: [] }))]);
      this.tell(sinks.forced_out > 0 ? count(sinks.forced_out) + " events were taken by journal.keep.size before every sink had had them." : "");
      this.drawSinks(sinks.sinks);
      this.drawSources(sources.sources ?? []);
    } catch (refused) {
      this.tell(refused.message);
    }
  }

  tell(text) {
    this.notice.textContent = text;
    this.notice.hidden = !text;
  }

  drawSinks(sinks) {
    for (const [name, card] of this.cards) {
      if (sinks.some((sink) => sink.name === name)) continue;
      card.element.remove();
      this.cards.delete(name);
    }
    for (const sink of sinks) {
      if (!this.cards.has(sink.name)) {
        const card = new Card(sink.name, () => this.load());
        this.cards.set(sink.name, card);
        this.sinks.append(card.element);
      }
      this.cards.get(sink.name).show(sink);
    }
  }

  drawSources(sources) {
    const text = JSON.stringify(sources);
    if (text === this.drawn) return;
    this.drawn = text;
    this.sources.replaceChildren(sources.length ? table("gRPC sources", SOURCES, sources, { sort: "" })
      : h("p", { class: "empty-text", text: "No gRPC sources are configured. Falcos that send over HTTP are under Hosts." }));
  }
}

const SOURCES = [
  { key: "name", title: "Source", css: "c-key", cell: (source) => h("span", {}, h("strong", { text: source.name }), h("small", { text: visible(source.grpc ?? "") + (source.version ? " · Falco " + visible(source.version) : "") })) },
  { key: "state", title: "State", cell: (source) => stateOf(source.state, source.state === "connected" ? "good" : "bad") },
  { key: "events", title: "Events", css: "number", cell: (source) => count(source.events ?? 0) },
  { key: "reconnects", title: "Reconnects", css: "number c-extra", cell: (source) => count(source.reconnects ?? 0) },
  { key: "last_event", title: "Last event", css: "time", cell: (source) => (source.last_event ? ago(source.last_event) : "never") },
  { key: "last_error", title: "Last error", css: "c-extra", cell: (source) => (source.last_error ? visible(source.last_error) + " (" + ago(source.last_error_at) + ")" : "–") },
];

const stateOf = (text, kind) => h("span", { class: "state", data: { kind }, text });

/** One sink; its buttons stay while the numbers change. */
class Card {
  constructor(name, changed) {
    this.name = name;
    this.changed = changed;
    this.state = h("span", { class: "state" });
    this.type = h("span", { class: "soft" });
    this.facts = h("dl", { class: "figures" });
    this.error = h("p", { class: "error", hidden: true });
    this.said = h("p", { class: "soft", role: "status" });
    this.turn = button("Pause", () => this.act(this.stopped ? "resume" : "pause"), { class: "acts", "aria-label": "Pause " + name });
    this.letters = h("div", {});
    this.deadButton = button("Dead letters", () => this.dead(), { "aria-expanded": "false", "aria-label": "Dead letters of " + name });
    this.element = h("section", { class: "card", "aria-label": "Sink " + name },
      h("header", {}, h("h3", { text: name }), this.type, this.state), this.facts, this.error,
      h("div", { class: "actions" }, this.turn, button("Send a test", () => this.test(), { class: "acts", "aria-label": "Send a test to " + name }), this.deadButton), this.said, this.letters);
  }

  show(sink) {
    this.stopped = sink.state === "paused" || sink.state === "held";
    this.type.textContent = sink.type;
    this.state.textContent = WORDS[sink.state] ?? sink.state;
    this.state.dataset.kind = { running: "good", paused: "soft" }[sink.state] ?? "bad";
    this.turn.textContent = this.stopped ? "Resume" : "Pause";
    this.turn.setAttribute("aria-label", this.turn.textContent + " " + this.name);
    const figures = [["Behind", count(sink.lag_events) + " events"], ["Waiting", count(sink.pending)], ["Oldest waiting", sink.lag_seconds ? lasting(sink.lag_seconds) : "–"],
      ["Last success", sink.last_success ? ago(sink.last_success) : "never"], ...Object.entries(sink.notices ?? {}).map(([name, many]) => [name, count(many)])];
    this.facts.replaceChildren(...figures.map(([name, text]) => h("div", {}, h("dt", { text: name }), h("dd", { text }))));
    this.error.hidden = !sink.last_error;
    this.error.textContent = sink.last_error ? visible(sink.last_error) + " (" + ago(sink.last_error_at) + (sink.retries ? ", " + count(sink.retries) + " in a row" : "") + ")" : "";
  }

  path(act) { return "/api/sinks/" + encodeURIComponent(this.name) + "/" + act; }

  async act(what, done = "") {
    try {
      await api.post(this.path(what));
      this.said.textContent = done;
    } catch (refused) {
      this.said.textContent = refused.message;
    }
    this.changed();
  }

  async test() {
    this.said.textContent = "Sending…";
    try {
      const answer = await (await api.post(this.path("test"))).json();
      this.said.textContent = answer.delivered ? "The test was delivered." : "Not delivered: " + visible(answer.reason ?? "");
    } catch (refused) {
      this.said.textContent = refused.message;
    }
  }

  async dead() {
    this.open(!this.opened);
    if (this.opened) await this.listDead();
  }

  open(opened) {
    this.opened = opened;
    this.deadButton.setAttribute("aria-expanded", String(opened));
    if (!opened) this.letters.replaceChildren();
  }

  async listDead() {
    let dead;
    try {
      ({ dead } = await api.json(this.path("dead")));
    } catch (refused) {
      this.said.textContent = refused.message;
      return this.open(false);
    }
    if (!this.opened) return;
    const again = button("Redeliver " + count(dead.length), async () => {
      await this.act("redeliver", "Sent again; what is refused again stays here.");
      setTimeout(() => this.opened && this.listDead(), EVERY);
    }, { class: "primary acts" });
    this.letters.replaceChildren(...dead.length ? [again, table("Dead letters of " + this.name, DEAD, dead, { sort: "" })] : [h("p", { class: "soft", text: "None: it has given up on nothing." })]);
  }
}

const DEAD = [
  { key: "rule", title: "Event", css: "c-key", cell: (letter) => link(visible(letter.rule), href({ event: letter.id })) },
  { key: "host", title: "Host", cell: (letter) => visible(letter.host) },
  { key: "reason", title: "Why", cell: (letter) => h("span", {}, letter.reason, h("small", { text: visible(letter.detail ?? "") })) },
  { key: "at", title: "When", css: "time", cell: (letter) => ago(letter.at) },
];
