// The address bar is the state of the page: what is shown can be sent to somebody as a link.

const listeners = new Set();

export const get = (name) => new URLSearchParams(location.search).get(name) ?? "";

/** The address with some parameters changed; an empty value takes one away. */
export function href(changes, from = location.search) {
  const query = new URLSearchParams(from);
  for (const [name, value] of Object.entries(changes)) {
    if (value === "" || value === null || value === undefined) query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return text ? "?" + text : location.pathname;
}

/** The address of a view, with the filter and the span of time that hold everywhere. */
export function viewHref(view, changes = {}) {
  const kept = {};
  for (const name of ["filter", "since", "until"]) if (get(name)) kept[name] = get(name);
  return href({ view: view === "live" ? "" : view, ...kept, ...changes }, "");
}

/** Goes there; `replace` where going back should not lead to what was before. */
export function go(changes, { replace = false } = {}) {
  visit(href(changes), replace);
}

export function visit(address, replace = false) {
  if (address === location.pathname + location.search || address === location.search) return;
  history[replace ? "replaceState" : "pushState"](null, "", address);
  tell();
}

/** Calls back after each change of the address. */
export function onChange(listener) { listeners.add(listener); }

function tell() { listeners.forEach((listener) => listener()); }

addEventListener("popstate", tell);
document.addEventListener("click", (event) => {
  const anchor = event.target.closest("a[href^='?'], a[href='/']");
  if (!anchor || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
  event.preventDefault();
  visit(anchor.getAttribute("href"));
});
