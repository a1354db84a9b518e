// How many events came when, by priority: the last ten minutes in steps of five seconds, drawn as bars.
import { PRIORITIES, count } from "./format.js";
import { h } from "./dom.js";

const STEP = 5000;
const STEPS = 120;

export class Rates {
  constructor() {
    this.canvas = h("canvas", { class: "rates", role: "img", "aria-label": "No events in the last ten minutes" });
    this.clear();
  }

  clear() {
    this.steps = new Map();
  }

  /** Counts one that came just now. */
  add(priority, at = Date.now(), many = 1) {
    const step = Math.floor(at / STEP);
    let counts = this.steps.get(step);
    if (!counts) {
      this.steps.set(step, counts = new Array(PRIORITIES.length).fill(0));
      this.forget();
    }
    counts[Math.max(0, PRIORITIES.indexOf(priority))] += many;
  }

  /** Takes the counts of the past out of `/api/histogram`. */
  fill(buckets) {
    for (const bucket of buckets) {
      for (const [priority, many] of Object.entries(bucket.counts)) this.add(priority, Date.parse(bucket.time), many);
    }
  }

  /** Events a second over the last ten seconds. */
  perSecond() {
    const now = Math.floor(Date.now() / STEP);
    const part = (Date.now() % STEP) / STEP;
    const sum = (step) => this.steps.get(step)?.reduce((a, b) => a + b, 0) ?? 0;
    return (sum(now) + sum(now - 1) + sum(now - 2) * (1 - part)) / ((2 * STEP) / 1000);
  }

  forget() {
    const oldest = Math.floor(Date.now() / STEP) - STEPS;
    for (const step of this.steps.keys()) if (step <= oldest) this.steps.delete(step);
  }

  draw() {
    const now = Math.floor(Date.now() / STEP);
    this.forget();
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const scale = devicePixelRatio || 1;
    if (!width || !height) return;
    this.canvas.width = width * scale;
    this.canvas.height = height * scale;
    const pen = this.canvas.getContext("2d");
    pen.scale(scale, scale);
    this.bars(pen, now, width, height);
    this.canvas.setAttribute("aria-label", this.words());
  }

  bars(pen, now, width, height) {
    const most = Math.max(1, ...[...this.steps.values()].map((counts) => counts.reduce((a, b) => a + b, 0)));
    const colours = colourOf(this.canvas);
    const step = width / STEPS;
    for (const [at, counts] of this.steps) {
      const x = width - (now - at + 1) * step;
      let y = height;
      for (let p = PRIORITIES.length - 1; p >= 0; p--) {
        if (!counts[p]) continue;
        const tall = Math.max(1, (counts[p] / most) * (height - 2));
        y -= tall;
        pen.fillStyle = colours[p];
        pen.fillRect(x, y, Math.max(1, step - 0.5), tall);
      }
    }
  }

  words() {
    const totals = PRIORITIES.map((name, p) => [name, [...this.steps.values()].reduce((sum, counts) => sum + counts[p], 0)]);
    const some = totals.filter(([, total]) => total).map(([name, total]) => count(total) + " " + name);
    return some.length ? "Last ten minutes: " + some.join(", ") : "No events in the last ten minutes";
  }
}

/** The colour of each priority as the style sheet has it now, light or dark. */
export function colourOf(element) {
  const style = getComputedStyle(element);
  return PRIORITIES.map((name) => style.getPropertyValue("--p-" + name.toLowerCase()).trim());
}
