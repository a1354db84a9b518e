// Who looks: shown where people log in. Who may not act is not offered what acts.
import * as api from "./api.js";
import { $, button, h } from "./dom.js";
import { visible } from "./format.js";

export async function start() {
  let session;
  try {
    session = await api.json("/api/session");
  } catch {
    return;
  }
  if (!session.user) return;
  document.body.dataset.role = session.role;
  const who = h("span", { id: "who", title: session.role === "operate" ? "May look and act" : "May look, not act", text: visible(session.user) });
  $("help-open").before(who, session.logout ? button("Log out", leave, { id: "logout" }) : "");
}

async function leave() {
  await api.post("/logout").catch(() => {});
  location.assign("/login");
}
