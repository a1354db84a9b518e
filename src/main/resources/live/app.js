// Event text is the attacker's: it reaches the page through text alone, see dom.js.
import { $, button, h } from "./dom.js";
import * as drawer from "./drawer.js";
import * as filter from "./filter.js";
import * as help from "./help.js";
import { get, go, onChange, viewHref } from "./place.js";
import * as session from "./session.js";
import * as state from "./state.js";
import * as live from "./live.js";

/** A view is loaded when it is first looked at; `filters` says whether the filter box belongs to it. */
const VIEWS = {
  live: { title: "Live", filters: true, load: async () => live },
  summary: { title: "Summary", filters: true, load: () => import("./summary.js") },
  rules: { title: "Rules", load: () => import("./rules.js") },
  hosts: { title: "Hosts", filters: true, load: () => import("./hosts.js") },
  sinks: { title: "Sinks", load: () => import("./sinks.js") },
  silences: { title: "Silences", load: () => import("./silences.js") },
  rejected: { title: "Rejected", load: () => import("./rejected.js") },
};

const links = new Map();
const open = new Map();
let current = "";

function nav() {
  for (const [name, view] of Object.entries(VIEWS)) {
    const anchor = document.createElement("a");
    anchor.textContent = view.title;
    links.set(name, anchor);
    $("views").append(anchor);
  }
}

async function show() {
  const name = VIEWS[get("view")] ? get("view") : "live";
  for (const [view, anchor] of links) {
    anchor.href = viewHref(view);
    if (view === name) {
      anchor.setAttribute("aria-current", "page");
      anchor.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else anchor.removeAttribute("aria-current");
  }
  document.title = VIEWS[name].title + " · falco-gateway";
  $("filter-form").hidden = !VIEWS[name].filters;
  state.watch(name === "live");
  drawer.follow();
  if (current !== name) {
    open.get(current)?.hide?.();
    current = name;
    for (const section of document.querySelectorAll("main > section")) section.hidden = section.id !== "view-" + name;
    filter.complain("");
  }
  if (!open.has(name)) {
    const module = await VIEWS[name].load().catch(() => null);
    if (!module) return unloaded(name);
    if (!open.has(name)) open.set(name, module.create(section(name)));
  }
  if (current === name) open.get(name).show();
}

/** A browser that could not load a module may hold on to that: only the page loaded anew asks again. */
function unloaded(name) {
  if (current !== name || $("view-" + name)) return;
  section(name).append(h("p", { class: "notice", role: "alert", text: "The view could not be loaded: the gateway does not answer." }),
    h("p", { class: "rest" }, button("Try again", () => location.reload())));
}

function section(name) {
  $("view-" + name)?.remove();
  const section = document.createElement("section");
  section.id = "view-" + name;
  section.className = "view";
  section.hidden = current !== name;
  $("main").append(section);
  return section;
}

function keys(event) {
  if (event.key === "Escape") return escape(event);
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
  // Space and Enter belong to the button that has the focus.
  const presses = event.key === " " || event.key === "Enter";
  if (presses && event.target.closest("button, a, summary")) return;
  if (event.key.length === 1 && !help.lettersAct()) return;
  const number = Number(event.key);
  if (event.key === "/") $("filter-form").hidden ? null : $("filter").focus();
  else if (event.key === "?") help.toggle();
  else if (number >= 1 && number <= links.size) [...links.values()][number - 1].click();
  else if (!open.get(current)?.key?.(event)) return;
  event.preventDefault();
}

function escape(event) {
  if ($("help").open || event.defaultPrevented) return;
  if (get("event")) go({ event: "" });
}

nav();
filter.start();
help.start();
session.start();
state.start();
onChange(show);
document.addEventListener("keydown", keys);
show();
