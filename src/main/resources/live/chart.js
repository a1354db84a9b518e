// Events over time by priority, as bars one upon the other; dragging across selects a time.
import { $, h } from "./dom.js";
import { count, isUtc, moment, PRIORITIES } from "./format.js";
import { colourOf } from "./rates.js";

const HEIGHT = 170;
const BARS = 100;
/** Room for a date, or a time with its seconds, so that none runs into the next. */
const LABEL = 84;
/** The day's clock has 24 hours; where the day changes its date stands below. */
const TICKS = [
  [86400, "{YYYY}-{MM}-{DD}", null, null, null, null, null, null, 1],
  [60, "{HH}:{mm}", "\n{YYYY}-{MM}-{DD}", null, "\n{YYYY}-{MM}-{DD}", null, null, null, 1],
  [1, "{HH}:{mm}:{ss}", "\n{YYYY}-{MM}-{DD}", null, "\n{YYYY}-{MM}-{DD}", null, null, null, 1],
];
const STEPS = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 10800, 21600, 43200, 86400, 172800, 604800, 2592000];

/** The step in seconds that makes about a hundred bars of a time. */
export function stepOf(from, to) {
  const wanted = (Date.parse(to) - Date.parse(from)) / 1000 / BARS;
  return STEPS.find((step) => step >= wanted) ?? STEPS.at(-1);
}

export class Chart {
  /** `select(from, to)` is told ISO times. */
  constructor(select) {
    this.select = select;
    this.frame = h("div", { class: "chart", role: "img" });
    this.legend = h("ul", { class: "legend" });
    this.element = h("div", { class: "chart-frame" }, this.frame, this.legend);
    new ResizeObserver(() => this.plot?.setSize({ width: this.frame.clientWidth, height: HEIGHT })).observe(this.frame);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.last && this.show(this.last));
  }

  async show(histogram) {
    this.last = histogram;
    const { default: uPlot } = await import("./uplot.js");
    if (this.last !== histogram) return;
    this.plot?.destroy();
    const { times, counts } = filled(histogram);
    const totals = counts.map((series) => series.reduce((a, b) => a + b, 0));
    this.frame.setAttribute("aria-label", words(totals, times));
    this.describe(totals);
    this.counts = counts;
    this.plot = times.length ? new uPlot(this.options(uPlot), [times, ...stacked(counts)], this.frame) : null;
  }

  options(uPlot) {
    const colours = colourOf(this.frame);
    const style = getComputedStyle(this.frame);
    const [soft, line] = ["--soft", "--line"].map((name) => style.getPropertyValue(name).trim());
    const axis = { stroke: soft, font: "12px system-ui", ticks: { stroke: line } };
    const bars = uPlot.paths.bars({ size: [0.9, 60], align: 1 });
    return {
      width: this.frame.clientWidth, height: HEIGHT, legend: { show: false },
      tzDate: (seconds) => (isUtc() ? uPlot.tzDate(new Date(seconds * 1e3), "Etc/UTC") : new Date(seconds * 1e3)),
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
      scales: { x: { range: (plot, low, high) => [low, high + this.last.step] }, y: { range: (plot, low, high) => [0, Math.max(1, high * 1.05)] } },
      axes: [{ ...axis, grid: { show: false }, space: LABEL, values: TICKS }, { ...axis, grid: { stroke: line }, size: 56, values: (plot, ticks) => ticks.map((tick) => Number.isInteger(tick) ? count(tick) : "") }],
      series: [{}, ...colours.map((fill) => ({ fill, width: 0, paths: bars, points: { show: false } })).reverse()],
      hooks: { setSelect: [(plot) => this.selected(plot)], setCursor: [(plot) => this.pointed(plot)] },
    };
  }

  selected(plot) {
    const { left, width } = plot.select;
    if (width < 4) return;
    const at = (pixels) => new Date(plot.posToVal(pixels, "x") * 1000).toISOString();
    this.select(at(left), at(left + width));
  }

  /** Tells the counts under the pointer in the legend. */
  pointed(plot) {
    const index = plot.cursor.idx;
    const here = index === null || index === undefined ? null : this.counts.map((series) => series[index]);
    this.describe(here ?? this.counts.map((series) => series.reduce((a, b) => a + b, 0)), here ? plot.data[0][index] : null);
  }

  describe(totals, at = null) {
    const parts = PRIORITIES.map((name, p) => totals[p] ? h("li", { data: { level: name.toLowerCase() } }, name + " " + count(totals[p])) : null);
    this.legend.replaceChildren(h("li", { class: "when", text: at === null ? "Shown" : moment(at * 1000) }), ...parts.filter(Boolean));
  }
}

/** Every step of the time, those without events too. */
function filled({ buckets, step }) {
  const byTime = new Map(buckets.map((bucket) => [Date.parse(bucket.time) / 1000, bucket.counts]));
  const times = [];
  const last = [...byTime.keys()].at(-1);
  for (let at = byTime.keys().next().value; at <= last; at += step) times.push(at);
  return { times, counts: PRIORITIES.map((name) => times.map((at) => byTime.get(at)?.[name] ?? 0)) };
}

/** The worst at the bottom. What stands highest is drawn first, so that the others are drawn over it. */
function stacked(counts) {
  const sums = new Array(counts[0].length).fill(0);
  return counts.map((series) => series.map((many, index) => (sums[index] += many))).reverse();
}

function words(totals, times) {
  if (!times.length) return "No events in this time";
  const parts = PRIORITIES.map((name, p) => (totals[p] ? count(totals[p]) + " " + name : "")).filter(Boolean);
  return "Events from " + moment(times[0] * 1000) + " to " + moment(times.at(-1) * 1000) + ": " + parts.join(", ");
}
