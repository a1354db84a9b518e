// Falco's rules beside how often each fired and where; the routes with what they took and held back.
import * as api from "./api.js";
import { is } from "./condition.js";
import { button, h, link } from "./dom.js";
import { ago, count, moment, PRIORITIES, priority, visible } from "./format.js";
import { get, go, viewHref } from "./place.js";
import { picker, span } from "./span.js";
import { spark } from "./spark.js";
import { look } from "./state.js";
import { badge, hosts, when } from "./summary.js";
import { table } from "./table.js";

const PARTS = 32;
const SHOWN = [["", "All rules"], ["fired", "Fired"], ["silent", "Never fired"], ["disabled", "Disabled"], ["unknown", "Not in the files"]];

export function create(root) { return new Rules(root); }

class Rules {
  constructor(root) {
    this.wanted = h("input", { type: "search", "aria-label": "Find a rule", placeholder: "Find a rule", on: { input: () => this.draw() } });
    this.which = h("select", { "aria-label": "Which rules", on: { change: () => go({ show: this.which.value }, { replace: true }) } },
      SHOWN.map(([value, text]) => h("option", { value, text })));
    this.said = h("p", { class: "totals", role: "status" });
    this.reload = button("Reload the configuration", () => this.renew(), { class: "acts" });
    this.config = h("p", { class: "soft" });
    this.routes = h("div", {});
    this.rules = h("div", {});
    root.append(h("h2", { class: "title", text: "Routes" }), h("div", { class: "bar wrap" }, this.config, this.reload), this.routes,
      h("h2", { class: "title", text: "Falco's rules" }), h("div", { class: "bar wrap" }, this.wanted, this.which, picker(), this.said), this.rules);
  }

  show() {
    this.which.value = get("show");
    const asked = get("since") + "\n" + get("until");
    if (asked !== this.asked || !this.all) this.load(asked);
    else this.draw();
  }

  hide() { this.asked = undefined; }

  async load(asked) {
    this.asked = asked;
    try {
      const [files, summary, routes, config] = await Promise.all([
        api.json("/api/falco-rules"), api.json("/api/summary" + api.query({ by: "rule", trend: PARTS, ...span() })), api.json("/api/routes"), api.json("/api/config"),
      ]);
      if (asked !== this.asked) return;
      this.files = files;
      this.all = joined(files.rules, summary.groups);
      this.drawConfig(config);
      this.drawRoutes(routes);
      this.draw();
    } catch (refused) {
      if (asked !== this.asked) return;
      this.rules.replaceChildren(h("p", { class: "notice", text: refused.message }));
    }
  }

  draw() {
    if (!this.all) return;
    const text = this.wanted.value.toLowerCase();
    const tests = { "": () => true, fired: (rule) => rule.count > 0, silent: (rule) => rule.count === 0, disabled: (rule) => rule.known && !rule.enabled, unknown: (rule) => !rule.known };
    const shown = this.all.filter(tests[get("show")] ?? tests[""])
      .filter((rule) => (rule.rule + " " + rule.tags.join(" ") + " " + rule.desc).toLowerCase().includes(text));
    const files = this.files.rules.length
      ? count(this.files.rules.length) + " rules, " + count(this.files.macros) + " macros, " + count(this.files.lists) + " lists in the files"
      : "Name Falco's rules files in falco_rules of gateway.yaml to see here which rules never fire.";
    this.said.textContent = count(shown.length) + " shown · " + files;
    this.rules.replaceChildren(shown.length ? table("Falco's rules", this.columns(), shown, { more })
      : h("p", { class: "empty-text", text: this.all.length ? "No rule fits." : "No rule has fired yet." }));
  }

  columns() {
    return [
      { key: "rule", title: "Rule", css: "c-key", by: (rule) => rule.rule.toLowerCase(), cell: (rule) => h("span", { class: rule.known && !rule.enabled ? "absent" : "strong", text: visible(rule.rule) }) },
      { key: "priority", title: "Priority", by: (rule) => -PRIORITIES.indexOf(priority(rule.priority)), cell: (rule) => badge(rule.priority) },
      { key: "enabled", title: "Enabled", css: "c-extra", by: (rule) => String(rule.enabled), cell: (rule) => (rule.known ? (rule.enabled ? "yes" : "no") : "not in the files") },
      { key: "count", title: "Fired", css: "number", by: (rule) => rule.count, cell: (rule) => (rule.count ? link(count(rule.count), viewHref("live", { filter: is("rule", rule.rule) })) : "0") },
      { key: "trend", title: "Trend", css: "c-extra", cell: (rule) => spark(rule.trend) },
      { key: "hosts", title: "Hosts", css: "c-extra c-hosts", by: (rule) => rule.hosts.length, cell: (rule) => (rule.hosts.length ? hosts(rule.hosts) : "") },
      { key: "last", title: "Last", css: "time", by: (rule) => rule.last, cell: (rule) => (rule.last ? when(rule.last) : "never") },
    ];
  }

  drawConfig(config) {
    this.config.textContent = ["Configuration " + config.version + ", in force since " + moment(config.loaded_at) + " (" + ago(config.loaded_at) + ")"
      + (config.watch ? ", changed files are taken" : ""), ...config.successful ? [] : ["The last load was refused:", ...config.problems]].join("\n");
    this.config.className = config.successful ? "soft" : "notice";
    this.config.title = (config.files ?? []).join("\n");
  }

  drawRoutes(routes) {
    if (!routes.routes.length) {
      this.routes.replaceChildren(h("p", { class: "empty-text", text: "No routes: every event goes to the default sinks." }));
      return;
    }
    this.routes.replaceChildren(table("Routes in the order in which they are tried", ROUTES, routes.routes, { sort: "" }));
  }

  async renew() {
    try {
      await api.post("/-/reload");
    } catch (refused) {
      this.config.className = "notice";
      this.config.textContent = "Refused, the old one stays in force:\n" + refused.message;
      return;
    } finally {
      look();
    }
    this.load((this.asked = get("since") + "\n" + get("until")));
  }
}

const held = (route) => Object.entries(route.held ?? {}).map(([why, many]) => count(many) + " " + why).join(", ");

/** What holds a route's events back, in the words of its file. */
const quiet = (route) => ["group", "throttle", "dedup", "inhibit", "digest"].filter((part) => route[part]).map((part) =>
  part + ": " + Object.entries(route[part]).map(([name, value]) => name + " " + [value].flat().join(", ")).join(" · "));

const ROUTES = [
  { key: "route", title: "Route", css: "c-key", cell: (route) => h("span", {}, h("strong", { text: route.route }), route.desc ? h("small", { text: route.desc }) : null) },
  { key: "condition", title: "Condition", css: "c-extra c-condition", cell: (route) => h("code", { text: route.condition }) },
  { key: "to", title: "To", cell: (route) => h("span", {}, route.to.length ? route.to.join(", ") : "nobody (dropped)", h("small", { text: flags(route) })) },
  { key: "hits", title: "Hits", css: "number", cell: (route) => count(route.hits) },
  { key: "held", title: "Held back", css: "c-extra", cell: (route) => h("span", {}, held(route) || "–", quiet(route).map((text) => h("small", { text }))) },
  { key: "last_hit", title: "Last hit", css: "time", cell: (route) => (route.last_hit ? when(route.last_hit) : "never") },
];

const flags = (route) => [route.enabled ? "" : "disabled", route.stop ? "stops here" : "", route.active ?? ""].filter(Boolean).join(" · ");

/** The rules of the files with what fired, and what fired that no file has. */
function joined(rules, groups) {
  const fired = new Map(groups.map((group) => [group.key, group]));
  const none = { count: 0, hosts: [], last: "", trend: [] };
  const known = rules.map((rule) => ({ ...none, ...rule, known: true, ...pick(fired.get(rule.rule)) }));
  const names = new Set(rules.map((rule) => rule.rule));
  const others = groups.filter((group) => !names.has(group.key))
    .map((group) => ({ ...none, rule: group.key, priority: group.priority, enabled: true, source: "", tags: [], desc: "", known: false, ...pick(group) }));
  return [...known, ...others].sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1));
}

const pick = (group) => (group ? { count: group.count, hosts: group.hosts, last: group.last, trend: group.trend ?? [] } : {});

function more(rule) {
  return h("div", {}, rule.desc ? h("p", { text: visible(rule.desc) }) : null,
    h("p", { class: "soft", text: [rule.source, ...rule.tags].filter(Boolean).map(visible).join(" · ") }),
    h("div", { class: "actions" },
      link("The events", viewHref("live", { filter: is("rule", rule.rule) }), { class: "button" }),
      link("By host", viewHref("summary", { filter: is("rule", rule.rule), by: "host" }), { class: "button" }),
      link("Silence", viewHref("silences", { condition: is("rule", rule.rule) }), { class: "button acts" })));
}
