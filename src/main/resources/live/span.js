// The span of time that Summary, Rules and Hosts look at: choices, or two times; the address holds it.
import { button, h } from "./dom.js";
import { isUtc, moment } from "./format.js";
import { get, go, onChange } from "./place.js";

const CHOICES = [["", "All time"], ["15m", "15 minutes"], ["1h", "1 hour"], ["6h", "6 hours"], ["24h", "24 hours"], ["7d", "7 days"], ["30d", "30 days"]];

export const span = () => ({ since: get("since"), until: get("until") });

/** The control; it follows the address. */
export function picker() {
  const select = h("select", { "aria-label": "Time", on: { change: () => choose(select.value) } });
  const [from, to] = ["From", "To"].map((name) => h("input", { type: "datetime-local", step: "1", "aria-label": name }));
  const zone = h("span", { class: "soft" });
  const custom = h("span", { class: "custom", hidden: true }, from, h("span", { text: "to" }), to, zone, button("Set", () => go({ since: iso(from.value), until: iso(to.value) })));
  const choose = (value) => {
    custom.hidden = value !== "custom";
    if (value !== "custom" && value !== "exact") go({ since: value, until: "" });
  };
  const sync = () => {
    const { since, until } = span();
    const known = !until && CHOICES.some(([value]) => value === since);
    const exact = known ? [] : [["exact", (moment(since) || "begin") + " to " + (until ? moment(until) : "now")]];
    select.replaceChildren(...[...CHOICES, ...exact, ["custom", "From and to…"]].map(([value, text]) => h("option", { value, text })));
    select.value = known ? since : "exact";
    custom.hidden = true;
    zone.textContent = isUtc() ? "UTC" : "";
    from.value = local(since);
    to.value = local(until);
  };
  sync();
  onChange(sync);
  return h("span", { class: "span" }, select, custom);
}

/** The two times are of the clock that the page shows. */
const iso = (text) => (text ? new Date(text + (isUtc() ? "Z" : "")).toISOString() : "");

function local(text) {
  const at = new Date(text);
  return !text || Number.isNaN(at.getTime()) ? "" : new Date(at - (isUtc() ? 0 : at.getTimezoneOffset()) * 60000).toISOString().slice(0, 19);
}
