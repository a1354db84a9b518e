// What people are not told for a while: the list, a new one, its end.
import * as api from "./api.js";
import { button, h, link } from "./dom.js";
import { ago, count, moment, visible } from "./format.js";
import { get, go, viewHref } from "./place.js";
import { table } from "./table.js";

const LENGTHS = [["1", "1 hour"], ["4", "4 hours"], ["24", "1 day"], ["168", "7 days"], ["720", "30 days"]];
const PREVIEW_DELAY = 400;

export function create(root) { return new Silences(root); }

class Silences {
  constructor(root) {
    this.condition = h("input", { id: "silence-condition", required: true, spellcheck: "false", autocomplete: "off", class: "mono", on: { input: () => this.later() } });
    this.length = h("select", { id: "silence-length" }, LENGTHS.map(([value, text]) => h("option", { value, text })));
    this.author = h("input", { id: "silence-author", required: true, autocomplete: "name", value: localStorage.getItem("author") ?? "" });
    this.comment = h("input", { id: "silence-comment", required: true, autocomplete: "off" });
    this.preview = h("p", { class: "soft", role: "status", id: "silence-preview" });
    this.error = h("p", { class: "error", role: "alert", hidden: true });
    this.out = h("div", {});
    const field = (label, input) => h("p", {}, h("label", { for: input.id, text: label }), input);
    const form = h("form", { class: "form acts", "aria-label": "New silence" }, field("Condition", this.condition), this.preview,
      h("div", { class: "fields" }, field("For", this.length), field("Author", this.author), field("Comment", this.comment)),
      this.error, h("p", {}, h("button", { type: "submit", class: "primary", text: "Silence" })));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.add();
    });
    root.append(h("h2", { class: "title acts", text: "New silence" }), form, h("h2", { class: "title", text: "Silences" }), this.out);
  }

  show() {
    const wanted = get("condition");
    if (wanted !== this.wanted) {
      this.wanted = wanted;
      this.condition.value = wanted;
      this.look();
    }
    this.load();
  }

  async load() {
    try {
      const { silences } = await api.json("/api/silences");
      const rank = { active: 0, pending: 1, expired: 2 };
      silences.sort((a, b) => rank[a.state] - rank[b.state] || (a.end < b.end ? 1 : -1));
      this.out.replaceChildren(silences.length ? table("Silences", this.columns(), silences, { sort: "" })
        : h("p", { class: "empty-text", text: "Nothing is silenced. An event's \u201cSilence like this\u201d prepares one." }));
    } catch (refused) {
      this.out.replaceChildren(h("p", { class: "notice", text: refused.message }));
    }
  }

  columns() {
    return [
      { key: "condition", title: "Condition", css: "c-key", cell: (silence) => h("span", {}, h("code", { text: visible(silence.condition) }), h("small", { text: visible(silence.comment) + " · " + visible(silence.author) })) },
      { key: "state", title: "State", cell: (silence) => h("span", { class: "state", data: { kind: silence.state === "active" ? "good" : "soft" }, text: silence.state }) },
      { key: "end", title: "Ends", css: "time", cell: (silence) => h("span", {}, moment(silence.end), h("small", { text: ago(silence.end) })) },
      { key: "held", title: "Held back", css: "number", cell: (silence) => count(silence.held ?? 0) },
      { key: "act", title: "Actions", cell: (silence) => h("div", { class: "actions" },
        link("Its events", viewHref("live", { filter: silence.condition }), { class: "button" }),
        silence.state === "expired" ? null : button("End it", () => this.end(silence.id), { class: "acts", "aria-label": "End the silence of " + visible(silence.condition) })) },
    ];
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), PREVIEW_DELAY);
  }

  /** Says what the condition would have held back. */
  async look() {
    const condition = this.condition.value.trim();
    this.preview.textContent = "";
    this.complain("");
    if (!condition) return;
    try {
      const summary = await api.json("/api/summary" + api.query({ by: "host", since: "24h", filter: condition }));
      if (condition !== this.condition.value.trim()) return;
      this.preview.textContent = "Matches " + count(summary.total) + " events of the last 24 hours, on " + count(summary.groups.length) + (summary.groups.length === 1 ? " host." : " hosts.");
    } catch (refused) {
      if (condition === this.condition.value.trim()) this.complain(refused.message);
    }
  }

  complain(text) {
    this.error.textContent = text;
    this.error.hidden = !text;
    this.condition.setAttribute("aria-invalid", String(Boolean(text)));
  }

  async add() {
    if (this.asking) return;
    this.asking = true;
    const end = new Date(Date.now() + Number(this.length.value) * 3600000).toISOString();
    localStorage.setItem("author", this.author.value);
    try {
      await api.post("/api/silences", { condition: this.condition.value, author: this.author.value, comment: this.comment.value, end });
      this.wanted = "";
      this.condition.value = "";
      this.comment.value = "";
      this.preview.textContent = "";
      this.complain("");
      go({ condition: "" }, { replace: true });
    } catch (refused) {
      this.complain(refused.message);
    } finally {
      this.asking = false;
    }
    this.load();
  }

  async end(id) {
    await api.remove("/api/silences/" + encodeURIComponent(id)).catch((refused) => this.complain(refused.message));
    this.load();
  }
}
