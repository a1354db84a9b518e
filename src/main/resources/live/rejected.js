// What was no event: why, from whom, and the bytes.
import * as api from "./api.js";
import { button, h } from "./dom.js";
import { count, visible } from "./format.js";
import { when } from "./summary.js";
import { table } from "./table.js";

export function create(root) { return new Rejected(root); }

class Rejected {
  constructor(root) {
    this.said = h("p", { class: "totals", role: "status" });
    this.out = h("div", {});
    root.append(h("h2", { class: "hidden", text: "Rejected" }), h("div", { class: "bar wrap" }, this.said, button("Refresh", () => this.load())), this.out);
  }

  show() {
    if (this.rejected) this.draw();
    if (!this.shown) this.load();
    this.shown = true;
  }

  hide() { this.shown = false; }

  async load() {
    try {
      this.rejected = (await api.json("/api/rejected")).rejected;
      this.draw();
    } catch (refused) {
      this.out.replaceChildren(h("p", { class: "notice", text: refused.message }));
    }
  }

  draw() {
    const many = this.rejected.length;
    this.said.textContent = many === 0 ? "" : "The newest " + count(many) + (many === 1 ? " thing" : " things") + " that could not be taken as an event";
    this.out.replaceChildren(many ? table("Rejected", COLUMNS, this.rejected, { more })
      : h("p", { class: "empty-text", text: "Nothing was rejected: all that came in were events." }));
  }
}

const COLUMNS = [
  { key: "reason", title: "Reason", css: "c-key", by: (one) => one.reason, cell: (one) => h("span", {}, h("strong", { text: one.reason }), h("small", { text: visible(one.detail ?? "") })) },
  { key: "remote", title: "Sender", by: (one) => one.remote, cell: (one) => visible(one.remote) },
  { key: "size", title: "Bytes", css: "number", by: (one) => one.size, cell: (one) => count(one.size) },
  { key: "body", title: "Begins with", css: "c-extra c-condition", cell: (one) => h("code", { text: visible((one.body ?? "").slice(0, 120)) }) },
  { key: "at", title: "When", css: "time", by: (one) => one.at, cell: (one) => when(one.at) },
];

const more = (one) => h("pre", { class: "code", tabindex: "0", role: "region", "aria-label": "The bytes" }, visible((one.body ?? "").replaceAll("\r\n", "\n")));
