// Tables that sort by their heads; the order is in the address.
import { button, h } from "./dom.js";
import { count } from "./format.js";
import { get, go } from "./place.js";

const FEW = 200;

/**
 * A table. A column is `{key, title, cell(row), by(row), css}`: `cell` gives a text or an element, `by` what it sorts
 * by, without it the column does not sort. `more(row)` gives what an opened row shows below itself.
 */
export function table(label, columns, rows, { more, all = false, sort = get("sort") } = {}) {
  const sorted = order(columns, rows, sort);
  const shown = all ? sorted : sorted.slice(0, FEW);
  const body = h("tbody", { role: "rowgroup" }, shown.map((row) => line(columns, row, more)));
  const holder = h("div", { class: "table-frame", tabindex: "0", role: "region", "aria-label": label },
    // The roles are said aloud: on a narrow screen the styles lay the cells out anew, and browsers then forget them.
    h("table", { role: "table" }, h("caption", { class: "hidden", text: label }),
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, columns.map((column) => head(column, sort)))), body));
  if (shown.length < rows.length) {
    const rest = button("Show all " + count(rows.length), () => {
      const whole = table(label, columns, rows, { more, all: true, sort });
      holder.replaceWith(whole);
      whole.focus({ preventScroll: true });
    });
    holder.append(h("p", { class: "rest" }, rest));
  }
  return holder;
}

function order(columns, rows, sort) {
  const column = columns.find((one) => one.by && one.key === sort.replace(/^-/, ""));
  if (!column) return rows;
  const turn = sort.startsWith("-") ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [column.by(a), column.by(b)];
    return turn * (x < y ? -1 : x > y ? 1 : 0);
  });
}

function head(column, sort) {
  const mine = sort.replace(/^-/, "") === column.key;
  const down = sort.startsWith("-");
  const properties = { scope: "col", role: "columnheader", class: column.css, "aria-sort": mine ? (down ? "descending" : "ascending") : null };
  if (!column.by) return h("th", { ...properties, text: column.title });
  // A first click asks for the most, the newest, the worst.
  const next = !mine ? "-" + column.key : down ? column.key : "";
  return h("th", properties, button(column.title, () => sortBy(column.key, next), { class: "sort", data: { key: column.key } }));
}

/** The table is made anew by that: its head gets back the focus that it had. */
function sortBy(key, next) {
  go({ sort: next }, { replace: true });
  document.querySelector("main > section:not([hidden]) .sort[data-key='" + key + "']")?.focus({ preventScroll: true });
}

function line(columns, row, more) {
  const cells = columns.map((column) => h("td", { role: "cell", class: column.css }, column.cell(row)));
  const element = h("tr", { role: "row" }, cells);
  if (!more) return element;
  const toggle = button("", () => {
    const opened = toggle.getAttribute("aria-expanded") === "true";
    toggle.setAttribute("aria-expanded", String(!opened));
    if (opened) element.nextElementSibling.remove();
    else element.after(h("tr", { role: "row", class: "more" }, h("td", { role: "cell", colspan: columns.length }, more(row))));
  }, { class: "expand", "aria-expanded": "false", "aria-label": "More about " + (cells[0].textContent || "this") });
  cells[0].prepend(toggle);
  return element;
}
