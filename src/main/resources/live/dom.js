// The only place where elements are made. Text goes in as text: nothing here reads markup.

/**
 * Makes an element. Properties: `class`, `on` ({event: handler}), `data` ({name: value}), `text`; others are
 * attributes, where false, null and undefined mean absent and true an empty one.
 */
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) put(element, key, value);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function put(element, key, value) {
  if (value === false || value === null || value === undefined) return;
  if (key === "class") element.className = value;
  else if (key === "text") element.textContent = value;
  else if (key === "on") Object.entries(value).forEach(([type, handler]) => element.addEventListener(type, handler));
  else if (key === "data") Object.assign(element.dataset, value);
  else if (key === "value") element.value = value;
  else if (key.startsWith("on") || key === "style") throw new Error(key + " is not for markup");
  else element.setAttribute(key, value === true ? "" : value);
}

const SVG = "http://www.w3.org/2000/svg";

/** Makes an element of a drawing. */
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

export const $ = (id) => document.getElementById(id);

/** A button with a text. */
export function button(text, handler, properties = {}) {
  return h("button", { type: "button", text, on: { click: handler }, ...properties });
}

/** A link inside the page that keeps to the view's address. */
export function link(text, href, properties = {}) {
  return h("a", { href, text, ...properties });
}

/** Puts text on the clipboard, or selects it where the browser does not allow that; says so on the button. */
export async function copy(text, from, fallback) {
  const label = from.textContent;
  try {
    await navigator.clipboard.writeText(text);
    from.textContent = "Copied";
  } catch {
    if (fallback) getSelection().selectAllChildren(fallback);
    from.textContent = fallback ? "Selected: press Ctrl+C" : "The browser forbids it";
  }
  setTimeout(() => { from.textContent = label; }, 2000);
}

/** A code block with a button that copies it. */
export function snippet(text, label) {
  const code = h("pre", { class: "code", tabindex: "0", role: "region", "aria-label": label }, h("code", { text }));
  return h("figure", { class: "snippet" },
    h("figcaption", {}, h("span", { text: label }), button("Copy", (event) => copy(text, event.currentTarget, code))), code);
}
