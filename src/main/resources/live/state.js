// The connection's state and the configuration in force, at the top of every view.
import * as api from "./api.js";
import { $ } from "./dom.js";
import { ago } from "./format.js";

const WORDS = {
  connecting: "Connecting", live: "Live", there: "Connected", lost: "Connection lost, trying again",
  crowded: "Too many live views, trying again", stopped: "Stopped",
};
const EVERY = 10000;

let streams = true;
let streamed = "connecting";

/** What the stream of the live view does. */
export function state(kind) {
  streamed = kind;
  if (streams) say(kind);
}

/** Whether the view that is looked at is the one with the stream. */
export function watch(live) {
  if (live === streams) return;
  streams = live;
  say(live || streamed === "lost" ? streamed : "there");
  if (!live) look();
}

function say(kind) {
  const badge = $("state");
  if (badge.dataset.kind === kind) return;
  badge.dataset.kind = kind;
  badge.textContent = WORDS[kind];
}

/** Shows which configuration is in force, and loudly where the last one was refused. */
export function start() {
  look();
  setInterval(() => { if (!document.hidden) look(); }, EVERY);
}

/** Asks now. */
export async function look() {
  try {
    const config = await api.json("/api/config");
    if (!streams) say("there");
    const version = $("config");
    version.textContent = "Configuration " + config.version.slice(0, 7);
    version.title = "In force since " + config.loaded_at + ", number " + config.number + " since the start";
    const banner = $("reload-error");
    banner.hidden = config.successful;
    banner.textContent = config.successful ? ""
      : ["The last load was refused, the configuration of " + ago(config.loaded_at) + " stays in force:", ...config.problems].join("\n");
  } catch {
    if (!streams) say("lost");
  }
}
