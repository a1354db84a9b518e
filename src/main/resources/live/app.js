"use strict";
// Event text is the attacker's: it reaches the page through textContent alone.
const MAX_ROWS = 1000;
const $ = (id) => document.getElementById(id);
const rows = $("events");
let source = null;
let paused = false;
let waiting = [];
let newest = null;
let filter = new URLSearchParams(location.search).get("filter") || "";
let shown = "";

function cell(row, text) {
  const td = row.insertCell();
  td.textContent = text;
  td.title = text;
  return td;
}

function add(raw) {
  let event;
  try { event = JSON.parse(raw); } catch { return; }
  const row = rows.insertRow(0);
  row.tabIndex = 0;
  const time = event.time || (event.gateway && event.gateway.received_at) || "";
  cell(row, time.replace("T", " ").slice(0, 23));
  const priority = document.createElement("span");
  const name = String(event.priority);
  priority.className = "priority " + name.toLowerCase().replace(/[^a-z]/g, "");
  priority.textContent = name;
  cell(row, "").append(priority);
  cell(row, String(event.hostname || ""));
  cell(row, String(event.rule));
  cell(row, String(event.output || event.message || ""));
  const open = () => show(row, String(event.rule), raw);
  row.addEventListener("click", open);
  row.addEventListener("keydown", (key) => { if (key.key === "Enter") open(); });
  while (rows.rows.length > MAX_ROWS) rows.deleteRow(-1);
  $("empty").hidden = true;
}

// Indents JSON without reading it as numbers: a nanosecond time has more digits than JavaScript can hold.
function indent(json) {
  let out = "", depth = 0, quoted = false;
  for (let i = 0; i < json.length; i++) {
    const c = json[i];
    if (quoted) {
      out += c;
      if (c === "\\") out += json[++i] || ""; else if (c === '"') quoted = false;
    } else if (c === '"') { quoted = true; out += c;
    } else if (c === "{" || c === "[") {
      const close = json.slice(i + 1).match(/^\s*[}\]]/);
      if (close) { out += c + close[0].trim(); i += close[0].length; }
      else out += c + "\n" + "  ".repeat(++depth);
    } else if (c === "}" || c === "]") { out += "\n" + "  ".repeat(--depth) + c;
    } else if (c === ",") { out += ",\n" + "  ".repeat(depth);
    } else if (c === ":") { out += ": ";
    } else if (!/\s/.test(c)) { out += c; }
  }
  return out;
}

function show(row, title, raw) {
  for (const other of rows.querySelectorAll("[aria-selected]")) other.removeAttribute("aria-selected");
  row.setAttribute("aria-selected", "true");
  shown = raw;
  $("detail-title").textContent = title;
  $("detail-json").textContent = indent(raw);
  $("detail").hidden = false;
}

function state(text, kind) {
  $("state").textContent = text;
  $("state").className = kind;
}

function notice(text) {
  $("notice").textContent = text;
  $("notice").hidden = !text;
}

function take(raw) {
  if (!paused) { add(raw); return; }
  waiting.push(raw);
  if (waiting.length > MAX_ROWS) waiting.shift();
  $("pause").textContent = "Resume (" + waiting.length + ")";
}

// The answer's events as the text they were sent in: parsing would lose digits.
function split(text) {
  const events = [];
  let depth = 0, quoted = false, start = -1;
  for (let i = text.indexOf("[") + 1; i > 0 && i < text.length; i++) {
    const c = text[i];
    if (quoted) { if (c === "\\") i++; else if (c === '"') quoted = false; continue; }
    if (c === '"') quoted = true;
    else if (c === "{" || c === "[") { if (depth++ === 0) start = i; }
    else if (c === "}" || c === "]") {
      if (depth === 0) break;
      if (--depth === 0) events.push(text.slice(start, i + 1));
    }
  }
  return events;
}

async function connect() {
  if (source) source.close();
  rows.replaceChildren();
  waiting = [];
  newest = null;
  notice("");
  const query = filter ? "filter=" + encodeURIComponent(filter) : "";
  const answer = await fetch("/api/events?limit=200&" + query);
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    notice("The filter cannot be used: " + (problem.detail || answer.status));
    state("stopped", "lost");
    return;
  }
  const events = split(await answer.text());
  for (const raw of events.reverse()) { add(raw); newest = JSON.parse(raw).gateway; }
  const since = newest ? (newest.path ? newest.path[newest.path.length - 1].id : newest.id) : "";
  source = new EventSource("/api/stream?" + (since ? "since=" + since + "&" : "") + query);
  source.addEventListener("falco", (message) => take(message.data));
  source.addEventListener("hello", (message) => {
    state("live", "live");
    if (JSON.parse(message.data).gap) notice("Some events are no longer in the journal and are missing here.");
  });
  source.onerror = () => state("connection lost, trying again", "lost");
}

$("filter").value = filter;
$("filter-form").addEventListener("submit", (event) => {
  event.preventDefault();
  filter = $("filter").value.trim();
  history.replaceState(null, "", filter ? "?filter=" + encodeURIComponent(filter) : location.pathname);
  start();
});
$("pause").addEventListener("click", () => {
  paused = !paused;
  $("pause").setAttribute("aria-pressed", String(paused));
  $("pause").textContent = paused ? "Resume" : "Pause";
  if (!paused) { waiting.forEach(add); waiting = []; }
});
$("close").addEventListener("click", () => { $("detail").hidden = true; });
$("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(shown);
    $("copy").textContent = "Copied";
  } catch {
    getSelection().selectAllChildren($("detail-json"));
    $("copy").textContent = "Selected: press Ctrl+C";
  }
  setTimeout(() => { $("copy").textContent = "Copy JSON"; }, 2000);
});
document.addEventListener("keydown", (key) => { if (key.key === "Escape") $("detail").hidden = true; });
function start() {
  connect().catch(() => { state("connection lost, trying again", "lost"); setTimeout(start, 3000); });
}
start();
