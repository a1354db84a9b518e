// The filter box: a combobox that completes conditions. The address holds the filter, this only shows and changes it.
import { $, h } from "./dom.js";
import { complete, fieldBefore } from "./complete.js";
import { visible } from "./format.js";
import { get, go, onChange } from "./place.js";
import { narrow } from "./condition.js";
import { ask } from "./vocabulary.js";

const box = $("filter");
const list = $("filter-list");
const NOTHING = { from: 0, to: 0, items: [] };
let offer = NOTHING;
let chosen = -1;

/** Narrows the filter to a field's value, or to all others. */
export function narrowTo(field, value, exclude = false) {
  go({ filter: narrow(get("filter"), field, value, exclude), event: "" });
}

/** Shows why a filter cannot be used, and where; nothing where it can. */
export function complain(text, at = -1) {
  const error = $("filter-error");
  const filter = get("filter");
  const place = at >= 0 && at <= filter.length ? "\n" + visible(filter) + "\n" + " ".repeat(visible(filter.slice(0, at)).length) + "^" : "";
  error.textContent = text + (text ? place : "");
  error.hidden = !text;
  box.setAttribute("aria-invalid", String(Boolean(text)));
}

export function start() {
  sync();
  onChange(sync);
  box.addEventListener("input", () => suggest());
  box.addEventListener("keydown", keys);
  box.addEventListener("blur", hide);
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) take(Number(option.dataset.index));
  });
  $("filter-form").addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
  });
  $("filter-clear").addEventListener("click", () => {
    box.value = "";
    apply();
    box.focus();
  });
}

function sync() {
  box.value = get("filter");
  $("filter-clear").hidden = !box.value;
}

function apply() {
  hide();
  go({ filter: box.value.trim() });
}

function suggest(caret = box.selectionStart) {
  $("filter-clear").hidden = !box.value;
  const before = box.value.slice(0, caret);
  offer = { ...complete(before), to: caret };
  enrich(before);
  chosen = -1;
  list.replaceChildren(...offer.items.map((item, index) => h("li", {
    role: "option", id: "filter-option-" + index, "aria-selected": "false", data: { index },
  }, h("span", { text: visible(item.text) }), h("small", { text: item.kind }))));
  open(offer.items.length > 0);
}

/** Asks the gateway what else is stored, and offers it. */
async function enrich(before) {
  const field = fieldBefore(before);
  const more = await ask(field === "tags" ? "tag" : field ?? "");
  if (more && offer !== NOTHING && chosen < 0) suggest(offer.to);
}

function open(wanted) {
  list.hidden = !wanted;
  box.setAttribute("aria-expanded", String(wanted));
  if (!wanted) box.removeAttribute("aria-activedescendant");
}

function hide() {
  offer = NOTHING;
  open(false);
}

function keys(event) {
  if (event.key === "Escape" && !list.hidden) {
    hide();
    event.stopPropagation();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.hidden) suggest();
    else mark(chosen + (event.key === "ArrowDown" ? 1 : -1));
  } else if ((event.key === "Enter" || event.key === "Tab") && !list.hidden && chosen >= 0) {
    event.preventDefault();
    take(chosen);
  } else if (event.key === "Escape") {
    box.blur();
  }
}

function mark(index) {
  const many = offer.items.length;
  chosen = many ? (index + many) % many : -1;
  [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
  const option = list.children[chosen];
  option?.scrollIntoView({ block: "nearest" });
  if (option) box.setAttribute("aria-activedescendant", option.id);
}

function take(index) {
  const item = offer.items[index];
  if (!item) return;
  const gap = item.text === "(" ? "" : " ";
  const head = box.value.slice(0, offer.from) + item.text + gap;
  box.value = head + box.value.slice(offer.to).replace(/^\s+/, "");
  box.setSelectionRange(head.length, head.length);
  suggest();
}
