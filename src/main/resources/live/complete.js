// What may come next in a condition: looks only at the text before the caret.
import { fields, values } from "./vocabulary.js";
import { isField, word } from "./condition.js";
import { PRIORITIES } from "./format.js";

const OPERATORS = ["=", "!=", "<", "<=", ">", ">=", "contains", "icontains", "startswith", "endswith", "glob", "iglob",
  "regex", "in", "intersects", "pmatch", "exists"];
const ORDERED = ["priority", "severity", "time"];
const MOST = 12;

/** `{from, items}`: the items may replace the text from there to the caret. */
export function complete(before) {
  const quoted = unfinished(before);
  const from = quoted >= 0 ? quoted : before.length - before.match(/[^\s(),=<>!"']*$/)[0].length;
  const typed = before.slice(from);
  const earlier = before.slice(0, from).trimEnd();
  return { from, items: pick(candidates(earlier), typed.replace(/^["']/, "")) };
}

/** Where a quoted text begins that does not end; -1 without one. */
function unfinished(text) {
  let open = -1;
  for (let at = 0; at < text.length; at++) {
    if (open >= 0 && text[at] === "\\") at++;
    else if (open >= 0 && text[at] === text[open]) open = -1;
    else if (open < 0 && (text[at] === '"' || text[at] === "'")) open = at;
  }
  return open;
}

/** The field whose value comes next; null where something else does. */
export function fieldBefore(before) {
  const quoted = unfinished(before);
  return asksFor((quoted >= 0 ? before.slice(0, quoted) : before.replace(/[^\s(),=<>!"']*$/, "")).trimEnd());
}

function asksFor(earlier) {
  const value = earlier.match(/([\w.-]+(?:\[[^\]]*\])?)\s*(=|==|!=|<=?|>=?|\b(?:i|b)?contains|\b(?:b)?startswith|\bendswith|\bi?glob|\bregex)$/)
    ?? earlier.match(/([\w.-]+(?:\[[^\]]*\])?)\s+(in|intersects|pmatch)\s*\((?:[^()]*,)?$/);
  return value?.[1] ?? null;
}

function candidates(earlier) {
  const field = asksFor(earlier);
  if (field) return valuesOf(field).map((text) => ({ text: word(text), kind: "value", plain: text }));
  const last = earlier.match(/[\w.-]+(?:\[[^\]]*\])?$/)?.[0] ?? "";
  if (/(^|[\s(])(?:in|intersects|pmatch)$/.test(earlier)) return [{ text: "(", kind: "list", plain: "(" }];
  if (isField(last)) return operators(last);
  if (earlier === "" || /(?:\(|(?:^|\s)(?:and|or|not))$/.test(earlier)) {
    const names = fields().sort().map((name) => ({ text: name, kind: "field", plain: name }));
    return [...names, { text: "not", kind: "word", plain: "not" }];
  }
  return ["and", "or"].map((text) => ({ text, kind: "word", plain: text }));
}

function valuesOf(field) {
  if (/(^|\.)priority$/.test(field)) return PRIORITIES;
  return values(field).sort();
}

function operators(field) {
  const first = ORDERED.includes(field) ? [">=", "=", "<"] : field === "tags" ? ["intersects", "in"] : ["=", "contains"];
  return [...first, ...OPERATORS.filter((name) => !first.includes(name))].map((text) => ({ text, kind: "operator", plain: text }));
}

function pick(all, typed) {
  const wanted = typed.toLowerCase();
  const fits = all.filter((item) => item.plain.toLowerCase().includes(wanted) && item.plain !== typed);
  const starts = (item) => (item.plain.toLowerCase().startsWith(wanted) ? 0 : 1);
  return fits.sort((a, b) => starts(a) - starts(b)).slice(0, MOST);
}
