// JSON without JavaScript's losses: every digit of a number stays, a member that comes twice stays twice.

/** A number as it was written. */
export class Digits {
  constructor(text) { this.text = text; }
  toString() { return this.text; }
}

/** The members of an object in their order. */
export class Members {
  constructor(entries) { this.entries = entries; }
  /** The last member of a name counts, as the gateway reads it. */
  get(name) { return this.entries.findLast(([key]) => key === name)?.[1]; }
}

const TOKEN = /\s*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|(-?\d[\d.eE+-]*)|(true|false|null))/y;

/** Reads a text into strings, Digits, booleans, null, arrays and Members. Throws where it is no JSON. */
export function read(text) {
  TOKEN.lastIndex = 0;
  return value(next(text), text);
}

function next(text) {
  const token = TOKEN.exec(text);
  if (!token) throw new SyntaxError("no JSON");
  return token;
}

function value(token, text) {
  if (token[2] !== undefined) return JSON.parse(token[2]);
  if (token[3] !== undefined) return new Digits(token[3]);
  if (token[4] !== undefined) return JSON.parse(token[4]);
  if (token[1] === "{") return members(text);
  if (token[1] === "[") return items(text);
  throw new SyntaxError("no JSON");
}

function members(text) {
  const entries = [];
  for (let token = next(text); token[1] !== "}"; token = next(text)) {
    if (token[1] === ",") continue;
    next(text);
    entries.push([JSON.parse(token[2]), value(next(text), text)]);
  }
  return new Members(entries);
}

function items(text) {
  const list = [];
  for (let token = next(text); token[1] !== "]"; token = next(text)) {
    if (token[1] !== ",") list.push(value(token, text));
  }
  return list;
}

/** The text of a value for people: strings bare, everything else as JSON. */
export function show(value) {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return "[" + value.map(compact).join(", ") + "]";
  if (value instanceof Members) return "{" + value.entries.map(([k, v]) => JSON.stringify(k) + ": " + compact(v)).join(", ") + "}";
  return String(value);
}

function compact(value) {
  return typeof value === "string" ? JSON.stringify(value) : show(value);
}

/** Indents a JSON text without touching what is in it. */
export function indent(json) {
  let out = "";
  let depth = 0;
  const line = () => "\n" + "  ".repeat(depth);
  const part = /"(?:[^"\\]|\\.)*"|[{[]\s*[}\]]|[{}[\],:]|[^\s"{}[\],:]+/g;
  for (const [token] of json.matchAll(part)) {
    if (token === "{" || token === "[") { depth++; out += token + line(); }
    else if (token === "}" || token === "]") { depth--; out += line() + token; }
    else if (token === ",") out += token + line();
    else if (token === ":") out += ": ";
    else out += token.length > 2 && /^[{[]\s/.test(token) ? token[0] + token.at(-1) : token;
  }
  return out;
}

/** The objects of the first list in an answer, each as the text it was sent as. */
export function split(answer) {
  const objects = [];
  let depth = 0;
  let start = -1;
  const part = /"(?:[^"\\]|\\.)*"|[{}[\]]/g;
  part.lastIndex = answer.indexOf("[") + 1;
  if (part.lastIndex === 0) return objects;
  for (let token = part.exec(answer); token; token = part.exec(answer)) {
    if (token[0] === "{" || token[0] === "[") {
      if (depth++ === 0) start = token.index;
    } else if (token[0] === "}" || token[0] === "]") {
      if (depth === 0) break;
      if (--depth === 0) objects.push(answer.slice(start, part.lastIndex));
    }
  }
  return objects;
}

/** Whether the gateway has no events older than those of an answer. */
export const isLast = (answer) => /"next"\s*:\s*null/.test(answer.slice(-200));
