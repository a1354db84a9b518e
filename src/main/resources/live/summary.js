// The event browser: events counted by a field, over a time that the chart selects, with a way down to the events.
import * as api from "./api.js";
import { Chart, stepOf } from "./chart.js";
import { canFind, is, isField, narrow } from "./condition.js";
import { button, h, link } from "./dom.js";
import { complain, narrowTo } from "./filter.js";
import { ago, count, moment, PRIORITIES, priority, share, visible } from "./format.js";
import { noise } from "./noise.js";
import { get, go, href, viewHref } from "./place.js";
import { picker, span } from "./span.js";
import { spark } from "./spark.js";
import { table } from "./table.js";
import { fields } from "./vocabulary.js";

const PARTS = 32;
const BY = ["rule", "host", "priority", "source", "tag"];

export function create(root) { return new Summary(root); }

/** What events are counted by; noise is a matter of rules. */
const chosenBy = () => (get("noise") ? "" : get("by")) || "rule";

class Summary {
  constructor(root) {
    this.by = h("select", { id: "by", on: { change: () => this.chosen() } });
    this.field = h("input", { list: "fields", "aria-label": "Field", placeholder: "proc.name", spellcheck: "false", hidden: true,
      on: { change: () => isField(this.field.value.trim()) && go({ by: this.field.value.trim(), sort: "", noise: "" }) } });
    this.fields = h("datalist", { id: "fields" });
    this.noisy = button("Which rules are noise", () => go({ noise: get("noise") ? "" : "1", by: "", sort: "" }), { class: "toggle" });
    this.file = link("CSV", "", { class: "button", download: "" });
    this.again = button("Refresh", () => this.load());
    this.chart = new Chart((since, until) => go({ since, until }));
    this.said = h("p", { class: "totals", role: "status" });
    this.out = h("div", {});
    root.append(h("h2", { class: "hidden", text: "Summary" }),
      h("div", { class: "bar wrap" }, h("label", { for: "by", text: "Count by" }), this.by, this.field, this.fields, picker(), this.noisy, this.said, this.file, this.again),
      this.chart.element, this.out);
  }

  show() {
    const by = chosenBy();
    const known = BY.includes(by);
    this.by.replaceChildren(...[...BY, "field"].map((name) => h("option", { value: name, text: name === "field" ? "another field…" : name })));
    this.by.value = known ? by : "field";
    this.field.hidden = known;
    this.field.value = known ? "" : by;
    this.fields.replaceChildren(...fields().sort().map((name) => h("option", { value: name })));
    this.noisy.setAttribute("aria-pressed", String(Boolean(get("noise"))));
    const asked = ["filter", "by", "since", "until", "noise"].map(get).join("\n");
    if (asked !== this.asked) this.load(asked);
    else if (this.summary && this.sorted !== get("sort")) this.draw();
  }

  hide() { this.asked = undefined; }

  chosen() {
    if (this.by.value !== "field") return go({ by: this.by.value, sort: "", noise: "" });
    this.field.hidden = false;
    this.field.focus();
  }

  async load(asked = this.asked) {
    this.asked = asked;
    this.file.href = "/api/summary" + api.query({ format: "csv", by: chosenBy(), filter: get("filter"), ...span() });
    const parameters = { filter: get("filter"), ...span() };
    this.said.textContent = "Counting…";
    try {
      const summary = await api.json("/api/summary" + api.query({ by: chosenBy(), trend: PARTS, ...parameters }));
      if (asked !== this.asked) return;
      this.summary = summary;
      complain("");
      this.draw();
      const step = summary.from ? stepOf(summary.from, summary.to) : 60;
      const histogram = await api.json("/api/histogram" + api.query({ step, ...parameters }));
      if (asked === this.asked) await this.chart.show(histogram);
    } catch (refused) {
      if (asked !== this.asked) return;
      this.said.textContent = "";
      this.summary = null;
      if (refused.status === 400) complain(refused.message, refused.at);
      this.out.replaceChildren(h("p", { class: "notice", text: refused.message }));
    }
  }

  draw() {
    const { total, groups, complete, scanned } = this.summary;
    this.sorted = get("sort");
    this.said.textContent = count(total) + " events" + (complete ? "" : " (the newest " + count(scanned) + " were read)")
      + ", " + count(groups.length) + " " + (groups.length === 1 ? "row" : "rows");
    if (!groups.length) this.out.replaceChildren(h("p", { class: "empty-text", text: "No event in this time matches." }));
    else if (get("noise")) this.out.replaceChildren(noise(this.summary));
    else this.out.replaceChildren(table("Events by " + chosenBy(), this.columns(), groups, { more: (row) => this.more(row) }));
  }

  columns() {
    const by = chosenBy();
    const { total } = this.summary;
    const severity = (row) => -PRIORITIES.indexOf(priority(row.priority));
    return [
      { key: "key", title: by, css: "c-key", by: (row) => row.key.toLowerCase(), cell: (row) => this.key(row) },
      { key: "count", title: "Count", css: "number", by: (row) => row.count, cell: (row) => count(row.count) },
      { key: "share", title: "Share", css: "number c-share", cell: (row) => bar(row.count, total) },
      { key: "priority", title: "Worst", by: severity, cell: (row) => badge(row.priority) },
      { key: "trend", title: "Trend", css: "c-extra", cell: (row) => spark(row.trend ?? []) },
      { key: "hosts", title: "Hosts", css: "c-extra c-hosts", by: (row) => row.hosts.length, cell: (row) => hosts(row.hosts) },
      { key: "first", title: "First", css: "c-extra time", by: (row) => row.first, cell: (row) => when(row.first) },
      { key: "last", title: "Last", css: "time", by: (row) => row.last, cell: (row) => when(row.last) },
    ];
  }

  /** The field by which conditions find a row's events; none for what shares a row, and for a tag whose end is not known. */
  fieldOf(row) {
    const by = chosenBy();
    const field = by === "tag" ? "tags" : by;
    return row.key !== "_other" && canFind(field, row.key) ? field : "";
  }

  key(row) {
    const field = this.fieldOf(row);
    const text = visible(row.key) || "(none)";
    if (!field) return text;
    return button(text, (event) => narrowTo(field, row.key, event.altKey), { class: "value", title: "Only these; with Alt all but these" });
  }

  more(row) {
    const field = this.fieldOf(row);
    const narrowed = field ? narrow(get("filter"), field, row.key) : "";
    const last = Object.entries(row.fields ?? {});
    return h("div", {},
      h("div", { class: "actions" }, field ? link("The events", viewHref("live", { filter: narrowed, event: "" }), { class: "button" }) : null,
        row.last_id ? link("The last one", href({ event: row.last_id }), { class: "button" }) : null,
        field ? this.ways(field, row, narrowed) : null),
      field && row.hosts.length > 1 && field !== "host" ? h("p", { class: "hosts-told" }, row.hosts.map((host) =>
        link(visible(host), viewHref("live", { filter: narrow(narrowed, "host", host), event: "" })))) : null,
      h("h3", { text: "Fields of the last one" }),
      last.length ? h("dl", { class: "facts columns" }, last.map(([name, value]) => h("div", {}, h("dt", { text: visible(name) }), h("dd", {}, h("span", { text: visible(value) })))))
        : h("p", { class: "soft", text: "It has none." }));
  }

  /** Counts of the row's events by something else, and how to tell nobody of them. */
  ways(field, row, narrowed) {
    const by = chosenBy();
    return [...BY.filter((other) => other !== by).map((other) => link("By " + other, href({ filter: narrowed, by: other, sort: "" }), { class: "button" })),
      link("Silence", viewHref("silences", { condition: is(field, row.key) }), { class: "button acts" })];
  }
}

export const badge = (text) => h("span", { class: "badge", data: { level: priority(text).toLowerCase() }, text: priority(text) });
export const when = (text) => h("time", { datetime: text, title: text }, h("span", { class: "exact", text: moment(text) }), h("small", { text: ago(text) }));

export function hosts(names) {
  return h("span", { title: visible(names.join(", ")) }, names.length === 1 ? visible(names[0]) : count(names.length) + (names.length === 100 ? "+" : ""));
}

/** A share of the whole as a number and a bar. */
export function bar(part, whole) {
  const meter = h("meter", { min: "0", max: String(whole), value: String(part), "aria-hidden": "true" });
  return h("span", { class: "share" }, meter, share(part, whole));
}
