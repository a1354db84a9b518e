// One event in full: every field, who sent it, where it went and why.
import * as api from "./api.js";
import { $, button, copy, h, link } from "./dom.js";
import { ago, count, priority, visible } from "./format.js";
import { indent, Members, read, show as words } from "./json.js";
import { both, canFind, is, isField } from "./condition.js";
import { narrowTo } from "./filter.js";
import { get, go, href, viewHref } from "./place.js";
import { trail } from "./trail.js";

/** As many as a condition can ask for. */
const FIELDS = 1024;

const panel = $("drawer");
/** On a narrow screen it covers the rest, which then cannot be reached either. */
const NARROW = matchMedia("(max-width: 900px)");
NARROW.addEventListener("change", () => rest(!panel.hidden && NARROW.matches));
let shown = "";
let back = null;

const NAMED = {
  claimed: "the event named it", field: "a field of the event", header: "the sender's X-Falco-Host header",
  credential: "the sender's credentials", source: "the gRPC source", journal: "the journal it was imported from",
  hosts: "the host table", forwarded: "a trusted proxy", dns: "reverse DNS", address: "the sender's address",
};

/** Shows the event that the address names, or nothing. */
export async function follow() {
  const id = get("event");
  if (id === shown) return;
  shown = id;
  if (!id) return close();
  if (panel.hidden) back = document.activeElement;
  let raw = "";
  try {
    raw = await api.text("/api/events/" + encodeURIComponent(id));
  } catch (refused) {
    if (shown === id) open(id, [h("p", { class: "notice", text: refused.message })]);
    return;
  }
  if (shown === id) open(id, content(id, raw));
}

function open(id, parts) {
  panel.replaceChildren(...parts.length > 1 ? parts : [head(id, "Event " + id), ...parts]);
  const elsewhere = !panel.hidden && document.activeElement !== document.body;
  panel.hidden = false;
  rest(NARROW.matches);
  document.body.classList.add("with-drawer");
  // Who goes from row to row stays in the rows.
  if (!elsewhere) $("drawer-title")?.focus({ preventScroll: true });
}

function close() {
  if (panel.hidden) return;
  const inside = panel.contains(document.activeElement);
  panel.hidden = true;
  rest(false);
  panel.replaceChildren();
  document.body.classList.remove("with-drawer");
  if (inside && back?.isConnected) back.focus({ preventScroll: true });
}

function rest(inert) {
  for (const part of document.querySelectorAll("body > :not(#drawer, dialog, script)")) part.inert = inert;
}

function head(id, title, ...more) {
  return h("header", {}, h("h2", { id: "drawer-title", tabindex: "-1", text: title }), ...more,
    button("×", () => go({ event: "" }), { class: "close", "aria-label": "Close the event", title: "Close (Esc)" }));
}

function content(id, raw) {
  const event = read(raw);
  const level = priority(event.get("priority"));
  const json = h("pre", { class: "code", id: "drawer-json", tabindex: "0", role: "region", "aria-label": "The event as JSON" }, indent(raw));
  const where = h("section", { class: "trail" }, h("h3", { text: "Where it went" }), h("p", { class: "soft", text: "Asking…" }));
  trail(id).then((parts) => where.replaceChildren(...parts));
  return [
    head(id, visible(words(event.get("rule") ?? "")), h("span", { class: "badge", data: { level: level.toLowerCase() }, text: level })),
    h("p", { class: "output", text: visible(event.get("output") || event.get("message") || "") }),
    actions(event, raw, json),
    h("section", {}, h("h3", { text: "Event" }), table(facts(event, id))),
    h("section", {}, h("h3", { text: "Fields" }), listed(event.get("output_fields"))),
    where,
    h("section", {}, h("h3", { text: "JSON" }), json),
  ];
}

function actions(event, raw, json) {
  const like = [is("rule", words(event.get("rule"))), is("host", words(event.get("hostname") ?? ""))].join(" and ");
  const address = href({ view: "", event: get("event") }, "");
  return h("div", { class: "actions" },
    button("Copy JSON", (click) => copy(raw, click.currentTarget, json), { id: "copy-json" }),
    button("Copy link", (click) => copy(new URL(address, location.href).href, click.currentTarget)),
    link("Silence like this", viewHref("silences", { condition: like, event: "" }), { class: "button acts" }),
    button("Explain", () => panel.querySelector(".trail").scrollIntoView({ block: "start" })),
    link("All of this rule", viewHref("live", { filter: is("rule", words(event.get("rule"))), event: "" }), { class: "button" }));
}

/** Rows of name, text, the field that a condition knows it by, and its value. */
function facts(event, id) {
  const gateway = event.get("gateway") ?? new Members([]);
  const host = event.get("hostname") ?? "";
  const from = gateway.get("host_from");
  const rows = [
    ["time", words(event.get("time") ?? "") + " · " + ago(event.get("time") ?? "")],
    ["received", words(gateway.get("received_at") ?? "") + " · " + ago(gateway.get("received_at") ?? "")],
    ["priority", priority(event.get("priority")), "priority", event.get("priority")],
    ["host", words(host), "host", host],
    ["named by", from ? from + ": " + (NAMED[from] ?? "") : "", "host_from", from],
    ["claimed", gateway.get("claimed") ? words(gateway.get("claimed")) + " (did not win)" : ""],
    ["source", words(event.get("source") ?? "syscall"), "source", event.get("source") ?? "syscall"],
    ["via", words(gateway.get("via") ?? ""), "via", gateway.get("via")],
    ["remote", words(gateway.get("remote") ?? ""), "remote", gateway.get("remote")],
    ...tags(event), ...labels(gateway),
    ["gateway", words(gateway.get("node") ?? "")],
    ...path(gateway),
    ["id", id],
  ];
  return rows.filter(([, text]) => text);
}

/** The gateways that it came through after the first one. */
const path = (gateway) => (Array.isArray(gateway.get("path")) ? gateway.get("path") : []).filter((step) => step instanceof Members)
  .map((step) => ["then", words(step.get("node") ?? "") + " · " + words(step.get("received_at") ?? "") + " · id " + words(step.get("id") ?? "")]);
const tags = (event) => (Array.isArray(event.get("tags")) ? event.get("tags") : []).map((tag) => ["tag", words(tag), "tags", tag]);
const labels = (gateway) => (gateway.get("labels")?.entries ?? []).map(([name, value]) => ["label." + name, words(value), "label." + name, value]);

function table(rows) {
  return h("dl", { class: "facts" }, rows.map(([name, text, field, value]) => h("div", {},
    h("dt", { text: visible(name) }),
    h("dd", {}, h("span", { class: value === null ? "absent" : "", text: visible(text) }), quick(field, value)))));
}

function listed(fields) {
  if (!(fields instanceof Members) || !fields.entries.length) return h("p", { class: "soft", text: "The event has no fields." });
  const more = fields.entries.length - FIELDS;
  return [table(fields.entries.slice(0, FIELDS).map(([name, value]) => [name, words(value), name, value])),
    more > 0 ? h("p", { class: "soft", text: count(more) + " more are in the JSON." }) : null];
}

/** Buttons that narrow the filter to the value, or to all others. */
function quick(field, value) {
  if (!field || value === undefined || !isField(field) || !canFind(field, value) || value instanceof Members || (Array.isArray(value) && field !== "tags")) return null;
  const text = value === null ? "" : words(value);
  const name = visible(field + " " + (text || "absent"));
  return h("span", { class: "quick" },
    field === "priority" ? button("≥", () => go({ filter: both(get("filter"), "priority >= " + priority(text)), event: "" }), { "aria-label": "At least " + name, title: "This or worse" }) : null,
    button("+", () => narrowTo(field, text), { "aria-label": "Only " + name, title: "Only this" }),
    button("−", () => narrowTo(field, text, true), { "aria-label": "Not " + name, title: "Not this" }));
}
