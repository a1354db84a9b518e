// The connection's state and the configuration in force, at the top of every view.
import * as api from "./api.js";
import { $ } from "./dom.js";
import { ago } from "./format.js";

const WORDS = { connecting: "Connecting", live: "Live", lost: "Connection lost, trying again", stopped: "Stopped" };
const EVERY = 15000;

export function state(kind) {
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

async function look() {
  try {
    const routes = await api.json("/api/routes");
    const banner = $("reload-error");
    banner.hidden = !routes.reload_error;
    banner.textContent = routes.reload_error
      ? "The last reload was refused, the configuration of " + ago(routes.loaded_at) + " is in force: " + routes.reload_error : "";
  } catch {
    // The stream says that the connection is lost.
  }
}
