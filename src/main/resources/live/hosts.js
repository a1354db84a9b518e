// The hosts that sent events: how they were named, their labels, how much and when.
import * as api from "./api.js";
import { is } from "./condition.js";
import { button, h, link } from "./dom.js";
import { complain } from "./filter.js";
import { count, PRIORITIES, priority, visible } from "./format.js";
import { get, viewHref } from "./place.js";
import { picker, span } from "./span.js";
import { badge, bar, when } from "./summary.js";
import { table } from "./table.js";

export function create(root) { return new Hosts(root); }

class Hosts {
  constructor(root) {
    this.said = h("p", { class: "totals", role: "status" });
    this.out = h("div", {});
    root.append(h("h2", { class: "hidden", text: "Hosts" }), h("div", { class: "bar wrap" }, picker(), this.said, button("Refresh", () => this.load(this.asked))), this.out);
  }

  show() {
    const asked = ["filter", "since", "until"].map(get).join("\n");
    if (asked !== this.asked) this.load(asked);
    else if (this.hosts) this.draw();
  }

  hide() { this.asked = undefined; }

  async load(asked) {
    this.asked = asked;
    try {
      const answer = await api.json("/api/hosts" + api.query({ filter: get("filter"), ...span() }));
      if (asked !== this.asked) return;
      complain("");
      this.hosts = answer.hosts;
      this.draw();
    } catch (refused) {
      if (asked !== this.asked) return;
      this.hosts = null;
      if (refused.status === 400) complain(refused.message, refused.at);
      this.out.replaceChildren(h("p", { class: "notice", text: refused.message }));
    }
  }

  draw() {
    const total = this.hosts.reduce((sum, host) => sum + host.count, 0);
    this.said.textContent = count(this.hosts.length) + (this.hosts.length === 1 ? " host, " : " hosts, ") + count(total) + " events";
    this.out.replaceChildren(this.hosts.length ? table("Hosts", columns(total), this.hosts, { more }) : h("p", { class: "empty-text", text: "No host has sent an event that matches." }));
  }
}

function columns(total) {
  return [
    { key: "host", title: "Host", css: "c-key", by: (host) => host.host.toLowerCase(), cell: (host) => h("strong", { text: visible(host.host) }) },
    { key: "count", title: "Events", css: "number", by: (host) => host.count, cell: (host) => link(count(host.count), viewHref("live", { filter: is("host", host.host) })) },
    { key: "share", title: "Share", css: "number c-share", cell: (host) => bar(host.count, total) },
    { key: "priority", title: "Worst", by: (host) => -PRIORITIES.indexOf(priority(host.priority)), cell: (host) => badge(host.priority) },
    { key: "host_from", title: "Named by", css: "c-extra", by: (host) => host.host_from, cell: (host) => host.host_from },
    { key: "labels", title: "Labels", css: "c-extra", cell: (host) => h("span", { class: "labels" }, Object.entries(host.labels ?? {}).map(([name, value]) => h("span", { class: "label", text: visible(name + " = " + value) }))) },
    { key: "first", title: "First", css: "c-extra time", by: (host) => host.first, cell: (host) => when(host.first) },
    { key: "last", title: "Last", css: "time", by: (host) => host.last, cell: (host) => when(host.last) },
  ];
}

function more(host) {
  const filter = is("host", host.host);
  return h("div", { class: "actions" },
    link("The events", viewHref("live", { filter }), { class: "button" }), link("By rule", viewHref("summary", { filter, by: "rule" }), { class: "button" }),
    link("Its noise", viewHref("summary", { filter, noise: "1" }), { class: "button" }), link("Silence", viewHref("silences", { condition: filter }), { class: "button acts" }));
}
