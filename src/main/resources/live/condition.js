// Writes conditions in Falco's language.

const NAME = /^(?:[a-z_]+|[A-Za-z_][\w-]*(?:\.[\w-]+)+(?:\[[^\]"]*\])?)$/;
const OWN = ["rule", "priority", "severity", "source", "host", "time", "output", "message", "tags", "via", "host_from", "remote"];
/** From here on a value is asked for by its beginning: the address holds the filter, and who shows values may have cut them. */
const LONG = 1000;
const SHORT = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f" };

/** Whether conditions can name the field. */
export const isField = (name) => NAME.test(name) && (name.includes(".") || OWN.includes(name));

/** Whether it is so long that only its beginning may be known. */
export const isLong = (value) => String(value).length >= LONG;

/** Whether a check can find the value: of a tag there is none by its beginning. */
export const canFind = (field, value) => field !== "tags" || !isLong(value);

/** A text as a condition quotes it. */
export function quote(text) {
  const escaped = text.replace(/[\\"]/g, "\\$&").replace(/[\u0000-\u001f]/g,
    (c) => SHORT[c] ?? "\\x" + c.charCodeAt(0).toString(16).padStart(2, "0"));
  return '"' + escaped + '"';
}

/** Quoted only where it has to be. */
export const word = (text) =>
  (/^[A-Za-z0-9_./:-]+$/.test(text) && !/^(?:and|or|not|in|exists)$/.test(text) ? text : quote(text));

/** The check that a field has a value; the empty value is a field that is absent. */
export function is(field, value) {
  if (value === "" || value === null) return "not " + field + " exists";
  if (field === "tags") return "tags intersects (" + word(value) + ")";
  const text = String(value);
  if (!isLong(text)) return field + " = " + word(text);
  // Half a character is in no address.
  return field + " startswith " + word(text.slice(0, LONG).replace(/[\ud800-\udbff]$/, ""));
}

const alternatives = (condition) => /(^|[\s)])or([\s(]|$)/.test(condition.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, ""));

/** One condition and another. */
export function both(condition, more) {
  if (!condition) return more;
  if (condition === more || condition.endsWith(" and " + more) || condition.startsWith(more + " and ")) return condition;
  return (alternatives(condition) ? "(" + condition + ")" : condition) + " and " + more;
}

/** A condition and that a field has, or has not, a value. */
export function narrow(condition, field, value, exclude) {
  const check = is(field, value);
  const wanted = exclude ? (check.startsWith("not ") ? check.slice(4) : "not " + check) : check;
  const opposite = exclude ? check : check.startsWith("not ") ? check.slice(4) : "not " + check;
  return both(without(condition, opposite), wanted);
}

/** A condition without one of its parts, where that stands alone. */
function without(condition, part) {
  if (condition === part) return "";
  if (alternatives(condition)) return condition;
  if (condition.startsWith(part + " and ")) return condition.slice(part.length + 5);
  const inside = condition.indexOf(" and " + part);
  const after = inside < 0 ? "" : condition.slice(inside + 5 + part.length);
  const quotes = condition.slice(0, Math.max(0, inside)).match(/(?<!\\)["']/g)?.length ?? 0;
  return inside >= 0 && quotes % 2 === 0 && (after === "" || after.startsWith(" and ")) ? condition.slice(0, inside) + after : condition;
}
