// Which rules are noise, and what to do about them: an exception for Falco, or a route that tells nobody.
import * as api from "./api.js";
import { is, isLong } from "./condition.js";
import { h, link, snippet } from "./dom.js";
import { count, share, visible } from "./format.js";
import { get, viewHref } from "./place.js";
import { span } from "./span.js";

const RULES = 12;
const SAMPLE = 500;
const MOST_OF = 0.8;
const PARTS = 3;
/** What tells one use of a rule from another; ids, times and addresses change with each event. */
const TELLING = ["container.image.repository", "k8s.ns.name", "proc.name", "proc.pname", "fd.name", "user.name", "proc.cmdline"];
/** Sinks that people read. */
const LOUD = ["discord", "alertmanager"];

export function noise(summary) {
  const rules = summary.groups.slice(0, RULES);
  return h("div", { class: "cards" }, h("p", { class: "soft", text: "The rules that make most of the events. Open one for what its events have in common." }),
    rules.map((rule) => card(rule, summary.total)));
}

function card(rule, total) {
  const inside = h("div", {}, h("p", { class: "soft", text: "Looking at its events…" }));
  const details = h("details", { class: "card" },
    h("summary", {}, h("strong", { text: visible(rule.key) }), " ",
      h("span", { class: "soft", text: count(rule.count) + " events, " + share(rule.count, total) + " of all, on " + count(rule.hosts.length) + (rule.hosts.length === 1 ? " host" : " hosts") }),
      h("meter", { min: "0", max: String(total), value: String(rule.count), "aria-hidden": "true" })), inside);
  details.addEventListener("toggle", () => {
    if (details.open && !details.dataset.asked) {
      details.dataset.asked = "yes";
      look(rule).then((parts) => inside.replaceChildren(...parts), (refused) => inside.replaceChildren(h("p", { class: "notice", text: refused.message })));
    }
  });
  return details;
}

async function look(rule) {
  const filter = [get("filter"), is("rule", rule.key)].filter(Boolean).map((part) => "(" + part + ")").join(" and ");
  const parameters = { filter, ...span() };
  const [hosts, events, sinks] = await Promise.all([
    api.json("/api/summary" + api.query({ by: "host", ...parameters })),
    api.json("/api/events" + api.query({ limit: SAMPLE, ...parameters })),
    api.json("/api/sinks"),
  ]);
  const common = inCommon(events.events);
  const matching = events.events.filter((event) => common.every(([name, value]) => String(event.output_fields?.[name]) === value));
  return [
    h("h3", { text: "Per host" }),
    h("ul", { class: "per-host" }, hosts.groups.slice(0, 10).map((host) => h("li", {},
      link(visible(host.key), viewHref("live", { filter: is("rule", rule.key) + " and " + is("host", host.key) })),
      h("span", { class: "soft", text: count(host.count) + ", " + share(host.count, hosts.total) })))),
    h("h3", { text: "In common" }),
    common.length ? h("p", {}, share(matching.length, events.events.length) + " of the last " + count(events.events.length) + " have ", h("code", { text: common.map(([n, v]) => visible(is(n, v))).join(" and ") }))
      : h("p", { class: "soft", text: "No value is common to most of its events: an exception in Falco would need to be for one host or one container." }),
    // Falco knows a rule by its whole name alone.
    common.length && !isLong(rule.key) ? snippet(override(rule.key, common), "For Falco: a rules file read after the one that has the rule") : null,
    snippet(route(rule.key, common, hosts, sinks.sinks), "For the gateway: a route before the others; its events are kept, nobody is told"),
  ].filter(Boolean);
}

/** The fields with one value in most of the events, the most telling first. */
function inCommon(events) {
  const found = [];
  for (const name of TELLING) {
    const counts = new Map();
    for (const event of events) {
      const value = event.output_fields?.[name];
      if (typeof value === "string" && value && value !== "<NA>") counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const [value, many] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ["", 0];
    if (many >= events.length * MOST_OF) found.push([name, value]);
  }
  return found.slice(0, PARTS);
}

const all = (parts) => parts.map(([name, value]) => is(name, value)).join(" and ");

function override(rule, common) {
  return "- rule: " + yaml(rule) + "\n  condition: " + yaml("and not (" + all(common) + ")") + "\n  override:\n    condition: append\n";
}

function route(rule, common, hosts, sinks) {
  const one = hosts.groups.length === 1 || hosts.groups[0]?.count >= hosts.total * MOST_OF ? [["host", hosts.groups[0].key]] : [];
  const parts = common.length ? common : one;
  const quiet = sinks.filter((sink) => !LOUD.includes(sink.type)).map((sink) => sink.name);
  return "- route: " + yaml("quiet: " + rule) + "\n  condition: " + yaml(all([["rule", rule], ...parts]))
    + "\n  to: [" + quiet.join(", ") + "]\n  stop: true\n";
}

/** A text as YAML: plain where that is safe, else in quotes, where YAML reads what JSON writes. */
function yaml(text) {
  return /^[A-Za-z][\w ./()=<>-]*(?:"[\w ./-]*"[\w ./()=<>-]*)*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text) ? text : JSON.stringify(text);
}
