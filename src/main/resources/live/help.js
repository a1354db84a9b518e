// The keyboard: what the keys do, and a way to switch the single-letter ones off.
import { $, button, h } from "./dom.js";

const KEYS = [
  ["/", "Go to the filter"], ["j, k", "Next and previous event"], ["Enter", "Open the event"], ["Space", "Pause and resume"],
  ["Esc", "Close what is open"], ["1 to 7", "Change the view"], ["?", "This list"],
  ["Click on a value", "Show only events with it"], ["Alt and click", "Show all but these"],
];

let letters = localStorage.getItem("keys") !== "off";

/** Whether single letters act; a screen reader or speech input may want them for itself. */
export const lettersAct = () => letters;

export function start() {
  const box = h("input", { type: "checkbox", id: "keys-on" });
  box.checked = letters;
  box.addEventListener("change", () => {
    letters = box.checked;
    localStorage.setItem("keys", letters ? "on" : "off");
  });
  $("help").append(
    h("h2", { id: "help-title", text: "Keys" }),
    h("dl", { class: "keys" }, KEYS.map(([key, what]) => h("div", {}, h("dt", {}, /^Click/.test(key) ? key : h("kbd", { text: key })), h("dd", { text: what })))),
    h("p", {}, h("label", { for: "keys-on" }, box, " Single keys act")),
    button("Close", () => $("help").close()));
  $("help-open").addEventListener("click", toggle);
}

export function toggle() {
  const dialog = $("help");
  if (dialog.open) dialog.close();
  else dialog.showModal();
}
