// The rows of the live view. Only those in sight exist as elements, and these are used again as events come.
import { canFind } from "./condition.js";
import { h } from "./dom.js";
import { clock, visible } from "./format.js";

const SPARE = 4;
const TAGS = 6;
/** The time and priority that Falco writes before the text: the row has both already. */
const STAMP = /^\d\d:\d\d:\d\d\.\d+: [A-Z][a-z]+ /;
const COLUMNS = ["Time", "Priority", "Host", "Rule", "Source", "Tags", "Output"];

export class Grid {
  /** `events` has `size` and `at(index)`, the newest first; `on.open(event)`, `on.narrow(field, value, exclude)`. */
  constructor(on) {
    this.on = on;
    this.events = { size: 0, at: () => undefined };
    this.rows = [];
    this.selected = "";
    const heads = COLUMNS.map((name) => h("div", { role: "columnheader", class: "c-" + name.toLowerCase(), text: name }));
    this.head = h("div", { role: "rowgroup", class: "grid-head" }, h("div", { role: "row", class: "row" }, heads));
    this.body = h("div", { role: "rowgroup", class: "grid-body" });
    this.element = h("div", {
      role: "grid", class: "grid", id: "events", tabindex: "0", "aria-label": "Events, newest first", "aria-colcount": COLUMNS.length,
    }, this.head, this.body);
    this.body.addEventListener("click", (event) => this.click(event));
    this.element.addEventListener("scroll", () => this.render(), { passive: true });
    new ResizeObserver(() => this.render()).observe(this.element);
  }

  show(events) {
    this.events = events;
    this.render();
  }

  render() {
    const tall = this.rowHeight();
    const { scrollTop, clientHeight } = this.element;
    const size = this.events.size;
    this.body.style.height = size * tall + "px";
    this.element.setAttribute("aria-rowcount", size + 1);
    const first = Math.max(0, Math.floor(scrollTop / tall) - SPARE);
    const last = Math.min(size, Math.ceil((scrollTop + clientHeight) / tall) + SPARE);
    while (this.rows.length < last - first) this.rows.push(this.row());
    const used = new Set();
    let place = this.body.firstElementChild;
    for (let index = first; index < last; index++) {
      const event = this.events.at(index);
      const pool = this.rows.length;
      const row = this.rows[((event.order % pool) + pool) % pool];
      used.add(row);
      this.fill(row, event, index, tall);
      // Who hears the page instead of seeing it gets the rows in the order of the elements.
      if (place === row.element) place = place.nextElementSibling;
      else this.body.insertBefore(row.element, place);
    }
    for (const row of this.rows) if (!used.has(row)) this.empty(row);
    const active = this.rows.find((row) => row.event && row.event.id === this.selected);
    if (active) this.element.setAttribute("aria-activedescendant", active.element.id);
    else this.element.removeAttribute("aria-activedescendant");
  }

  rowHeight() {
    return Number.parseFloat(getComputedStyle(this.element).getPropertyValue("--row")) || 34;
  }

  row() {
    const cell = (name, content) => h("div", { role: "gridcell", class: "c-" + name }, content);
    const value = (field, css) => h("button", { type: "button", tabindex: "-1", class: css, data: { field } });
    const parts = {
      time: h("time"), priority: value("priority", "badge"), host: value("host", "value"), rule: value("rule", "value"),
      source: value("source", "value"), tags: h("div", { class: "tags" }), output: h("span"),
    };
    const element = h("div", { role: "row", class: "row", id: "row-" + this.rows.length },
      Object.entries(parts).map(([name, content]) => cell(name, content)));
    this.body.append(element);
    return { element, parts, event: null, index: -1 };
  }

  fill(row, event, index, tall) {
    const selected = event.id === this.selected;
    if (row.index !== index || row.tall !== tall) {
      row.index = index;
      row.tall = tall;
      row.element.style.transform = "translateY(" + index * tall + "px)";
      row.element.setAttribute("aria-rowindex", index + 2);
    }
    if (row.selected !== selected) {
      row.selected = selected;
      row.element.setAttribute("aria-selected", String(selected));
    }
    if (row.event === event) return;
    row.event = event;
    row.element.hidden = false;
    row.element.dataset.priority = event.priority.toLowerCase();
    row.parts.time.textContent = clock(event.time);
    for (const name of ["priority", "host", "rule", "source"]) {
      row.parts[name].textContent = visible(event[name]) || "\u00a0";
    }
    row.parts.output.textContent = visible(event.output.replace(STAMP, ""));
    row.parts.tags.replaceChildren(...event.tags.slice(0, TAGS).map((tag) => h("button", {
      type: "button", tabindex: "-1", class: "tag", text: visible(tag), data: canFind("tags", tag) ? { field: "tags", value: tag } : {},
    })));
    row.parts.tags.title = event.tags.map(visible).join(", ");
  }

  empty(row) {
    row.element.hidden = true;
    row.event = null;
    row.index = -1;
  }

  /** Draws all rows anew, such as after the clock changed. */
  redraw() {
    for (const row of this.rows) row.event = null;
    this.render();
  }

  click(event) {
    const row = this.rows.find((one) => one.element.contains(event.target));
    if (!row?.event) return;
    this.element.focus({ preventScroll: true });
    const target = event.target.closest("[data-field]");
    if (target) {
      const field = target.dataset.field;
      this.on.narrow(field, target.dataset.value ?? row.event[field], event.altKey);
    } else {
      this.on.open(row.event);
    }
  }

  /** Moves the selection by so many rows; the event it came to. */
  move(steps) {
    let index = -1;
    for (let at = 0; at < this.events.size && index < 0; at++) if (this.events.at(at).id === this.selected) index = at;
    const wanted = Math.max(0, Math.min(this.events.size - 1, index + steps));
    const event = this.events.at(wanted);
    if (!event) return undefined;
    this.selected = event.id;
    this.reveal(wanted);
    return event;
  }

  reveal(index) {
    const tall = this.rowHeight();
    const { scrollTop, clientHeight } = this.element;
    const room = clientHeight - this.head.offsetHeight;
    if (index * tall < scrollTop) this.element.scrollTop = index * tall;
    else if ((index + 1) * tall > scrollTop + room) this.element.scrollTop = (index + 1) * tall - room;
    this.render();
  }

  select(id) {
    this.selected = id;
    this.render();
  }
}
