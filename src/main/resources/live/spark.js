// A small line of counts over time.
import { svg } from "./dom.js";
import { count } from "./format.js";

const HEIGHT = 20;
const STEP = 4;

export function spark(counts) {
  const most = Math.max(1, ...counts);
  const bars = counts.map((many, index) => {
    if (!many) return "";
    const tall = Math.max(1.5, (many / most) * HEIGHT);
    return "M" + (index * STEP + 0.5) + " " + HEIGHT + "v-" + tall.toFixed(1) + "h" + (STEP - 1) + "v" + tall.toFixed(1) + "z";
  });
  return svg("svg", {
    class: "spark", viewBox: "0 0 " + counts.length * STEP + " " + HEIGHT, preserveAspectRatio: "none", role: "img",
    "aria-label": "Over time: at most " + count(most) + " in one of " + counts.length + " parts, " + count(counts.at(-1) ?? 0) + " in the last",
  }, svg("path", { d: bars.join("") }));
}
