// Times, counts and texts as people read them.

export const PRIORITIES = ["Emergency", "Alert", "Critical", "Error", "Warning", "Notice", "Informational", "Debug"];

/** The priority's own spelling, however it was sent; "Unknown" where it is none. */
export function priority(text) {
  const name = String(text ?? "").toLowerCase();
  return PRIORITIES.find((known) => known.toLowerCase() === name || (name === "info" && known === "Informational")) ?? "Unknown";
}

/** All that Unicode draws nothing for, but for tab, line feed and what chooses between a sign's text and picture. */
const HIDDEN = /(?![\t\n\ufe0e\ufe0f])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** A sender's text with what is invisible or turns the reading direction made visible: an ESC is ␛, U+202E is ⟨U+202E⟩. */
export function visible(text) {
  return String(text ?? "").replace(HIDDEN, (c) => {
    const code = c.codePointAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : "⟨U+" + code.toString(16).toUpperCase().padStart(4, "0") + "⟩";
  });
}

const number = new Intl.NumberFormat("en");
export const count = (value) => number.format(value);

export function share(part, whole) {
  const percent = whole > 0 ? (100 * part) / whole : 0;
  return (percent > 0 && percent < 0.1 ? "<0.1" : percent.toFixed(percent < 10 ? 1 : 0)) + " %";
}

let utc = localStorage.getItem("clock") === "utc";
export const isUtc = () => utc;
export function setUtc(wanted) {
  utc = wanted;
  localStorage.setItem("clock", utc ? "utc" : "local");
}

const two = (value) => String(value).padStart(2, "0");

/** A time of day, with the date where it is not today; milliseconds. */
export function clock(text) {
  const at = new Date(text);
  if (!text || Number.isNaN(at.getTime())) return String(text ?? "");
  return day(at) + time(at) + "." + String(at.getMilliseconds()).padStart(3, "0");
}

/** A time to the second. */
export function moment(text) {
  const at = new Date(text);
  return !text || Number.isNaN(at.getTime()) ? String(text ?? "") : day(at) + time(at);
}

function day(at) {
  const now = new Date();
  const [date, today] = [at, now].map((d) => (utc ? d.toISOString() : new Date(d - d.getTimezoneOffset() * 60000).toISOString()).slice(0, 10));
  if (date === today) return "";
  return (date.slice(0, 4) === today.slice(0, 4) ? date.slice(5) : date) + " ";
}

function time(at) {
  return utc
    ? at.toISOString().slice(11, 19)
    : two(at.getHours()) + ":" + two(at.getMinutes()) + ":" + two(at.getSeconds());
}

/** How long ago, in one unit. */
export function ago(text) {
  const seconds = (Date.now() - new Date(text)) / 1000;
  return Number.isNaN(seconds) ? "" : seconds < 0 ? "in " + lasting(-seconds) : lasting(seconds) + " ago";
}

/** A length of time in one unit. */
export function lasting(seconds) {
  if (seconds < 1) return Math.round(seconds * 1000) + " ms";
  for (const [unit, size, next] of [["s", 1, 60], ["min", 60, 3600], ["h", 3600, 172800]]) {
    if (seconds < next) return Math.round(seconds / size) + " " + unit;
  }
  return Math.round(seconds / 86400) + " days";
}
