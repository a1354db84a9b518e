// The live view: takes events as they come, draws them once a frame, stops when somebody reads.
import * as api from "./api.js";
import { button, h, link } from "./dom.js";
import { Ring, event as read } from "./events.js";
import { complain, narrowTo } from "./filter.js";
import { count, isUtc, setUtc } from "./format.js";
import { Grid } from "./grid.js";
import { isLast, split } from "./json.js";
import { get, go } from "./place.js";
import { Rates } from "./rates.js";
import { Stream } from "./stream.js";
import { state } from "./state.js";
import { learn } from "./vocabulary.js";

const FIRST = 200;
const OLDER = "Older events";
/** At a high rate nobody can read single rows: ten pictures a second do. */
const BUSY = 300;
const BUSY_FRAME = 100;
const LEARN_EVERY = 25;
const LEARNED = 100;
/** The most rows that somebody who goes back is shown. */
const MOST = 10000;

export function create(root) {
  return new Live(root);
}

class Live {
  constructor(root) {
    this.rates = new Rates();
    this.grid = new Grid({
      open: (event) => go({ event: event.id }, { replace: Boolean(get("event")) }),
      narrow: narrowTo,
    });
    this.pauseButton = button("Pause", () => this.toggle(), { class: "pause", id: "pause", "aria-pressed": "false" });
    this.freshButton = button("", () => this.resume(), { class: "fresh", id: "fresh", hidden: true });
    this.clockButton = button("", () => this.turnClock(), { class: "quiet", title: "Local time or UTC" });
    this.files = ["CSV", "NDJSON"].map((name) => link(name, "", { class: "button extra", download: "", title: "All events that match, as a file" }));
    this.totals = h("p", { class: "totals", id: "totals" });
    this.empty = h("div", { class: "empty", id: "empty", hidden: true });
    this.olderButton = button(OLDER, () => this.older(), { class: "older", id: "older", hidden: true });
    this.notice = h("p", { class: "notice", role: "alert", id: "notice", hidden: true });
    root.append(h("h2", { class: "hidden", text: "Live" }), this.notice,
      h("div", { class: "bar" }, this.rates.canvas, this.totals, this.files, this.clockButton, this.pauseButton),
      h("div", { class: "grid-frame" }, this.freshButton, this.grid.element, this.empty), this.olderButton);
    this.grid.element.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.turnClock(isUtc());
    setInterval(() => this.second(), 1000);
    addEventListener("online", () => this.stream?.hurry());
  }

  show() {
    this.shown = true;
    const filter = get("filter");
    if (!this.stream || filter !== this.filter) this.begin(filter);
    this.grid.select(get("event"));
    this.draw();
  }

  hide() { this.shown = false; }

  begin(filter) {
    this.stream?.close();
    this.filter = filter;
    this.files.forEach((file) => { file.href = "/api/events" + api.query({ format: file.textContent.toLowerCase(), filter }); });
    this.ring = new Ring();
    this.rates.clear();
    this.pausedBy = "";
    this.frozen = null;
    this.whole = false;
    this.unknown = [h("p", { text: "Looking for events…" })];
    this.learned = 0;
    complain("");
    this.tell("");
    this.marks();
    state("connecting");
    const turn = (this.turn = {});
    const mine = (act) => (...given) => this.turn === turn && act(...given);
    this.stream = new Stream(filter, {
      hello: mine((hello, first) => this.greeted(hello, first)),
      event: mine((id, text) => this.take(id, text)),
      lost: mine((greeted, crowded) => this.lost(greeted, crowded)),
      refused: mine((detail, at) => this.refused(detail, at)),
    });
  }

  greeted(hello, first) {
    state("live");
    if (hello.gap && !first) this.tell("Some events were no longer in the journal when the connection came back; they are missing here.");
    if (!first) return;
    this.ring = new Ring();
    if (this.frozen) this.freeze();
    this.past(String(BigInt(hello.latest) + 1n));
  }

  lost(greeted, crowded) {
    state(crowded ? "crowded" : "lost");
    // What is stored is there to be read meanwhile; and where the login is over, which a browser does not tell, this does.
    if (!greeted && !this.asked && !this.ring.size) this.past("");
  }

  refused(detail, at) {
    this.stream.close();
    state("stopped");
    complain(detail, at);
    this.missed("The filter cannot be used.");
  }

  /** The newest events from before the stream began. */
  async past(before) {
    const ring = this.ring;
    this.asked = true;
    try {
      const answer = await api.text("/api/events" + api.query({ limit: FIRST, before, filter: this.filter }));
      if (ring === this.ring) this.extend(answer);
      const histogram = await api.json("/api/histogram" + api.query({ step: "5s", since: "10m", filter: this.filter }));
      if (ring === this.ring && before) {
        this.rates.fill(histogram.buckets);
        this.second();
      }
    } catch (refused) {
      if (ring !== this.ring) return;
      if (refused.status === 400) this.refused(refused.message, refused.at);
      else this.missed("The stored events could not be read: " + refused.message, () => this.past(before));
    } finally {
      this.asked = false;
    }
  }

  extend(answer) {
    this.unknown = null;
    const texts = split(answer);
    const older = texts.map((text) => read("", text));
    const many = this.ring.extend(older);
    this.whole = isLast(answer) && many === older.length;
    texts.slice(0, LEARNED).forEach((text) => learn(text));
    if (this.frozen) this.freeze();
    this.draw();
  }

  /** More of the past, below what is read. */
  async older() {
    this.pause("hand");
    const frozen = this.frozen;
    const last = frozen.list.at(-1);
    if (!last || frozen.ended || this.asksOlder) return;
    this.asksOlder = true;
    try {
      const answer = await api.text("/api/events" + api.query({ limit: FIRST, before: last.id, filter: this.filter }));
      if (frozen !== this.frozen) return;
      split(answer).forEach((text, index) => frozen.list.push({ ...read("", text), order: last.order - 1 - index }));
      frozen.ended = isLast(answer) || frozen.list.length >= MOST;
      this.olderButton.textContent = OLDER;
    } catch {
      this.olderButton.textContent = OLDER + " (no answer, try again)";
    } finally {
      this.asksOlder = false;
      this.draw();
    }
  }

  take(id, text) {
    let event;
    try {
      event = read(id, text);
    } catch {
      return;
    }
    this.ring.push(event);
    this.rates.add(event.priority);
    const now = performance.now();
    if (now - this.learned > LEARN_EVERY) {
      this.learned = now;
      learn(text);
    }
    this.schedule(now);
  }

  schedule(now) {
    if (this.waiting || !this.shown) return;
    this.waiting = true;
    const rest = this.rates.perSecond() > BUSY ? BUSY_FRAME - (now - (this.drawn ?? 0)) : 0;
    const frame = () => requestAnimationFrame(() => this.draw());
    if (rest > 0) setTimeout(frame, rest);
    else frame();
  }

  draw() {
    this.waiting = false;
    this.drawn = performance.now();
    if (!this.shown) return;
    this.grid.show(this.frozen ?? this.ring);
    if (this.ring.size && !this.timed) this.timed = performance.mark("first-row");
    const fresh = this.frozen ? this.ring.total - this.frozen.total : 0;
    this.freshButton.hidden = fresh <= 0;
    this.freshButton.textContent = count(fresh) + " new";
    this.sayEmpty();
    this.olderButton.hidden = !this.frozen?.size || this.frozen.ended;
    this.sayTotals();
  }

  second() {
    if (!this.shown) return;
    this.rates.draw();
    this.sayTotals();
  }

  sayTotals() {
    const rate = this.rates.perSecond();
    const shown = this.frozen ?? this.ring;
    const gone = shown.total - shown.size;
    this.totals.textContent = (rate >= 10 ? count(Math.round(rate)) : rate.toFixed(1)) + " events/s · "
      + count(shown.size) + " shown" + (gone > 0 ? ", " + count(gone) + " older ones gone by" : "");
  }

  /** What there is could not be learnt: where no row is shown, that is said instead of that there is nothing. */
  missed(why, again) {
    if (this.unknown) this.unknown = [h("p", { text: why }), again ? button("Try again", again) : ""];
    this.draw();
  }

  sayEmpty() {
    this.empty.hidden = this.ring.size > 0;
    if (this.empty.hidden) return;
    if (this.unknown) this.empty.replaceChildren(...this.unknown);
    else this.empty.replaceChildren(h("p", { text: this.filter ? "No event matches the filter yet." : "No events yet." }),
      this.filter ? h("p", {}, button("Show all events", () => go({ filter: "" })))
        : h("p", {}, "Send one: ", h("code", { text: "curl -d '{\"rule\":\"A test\",\"priority\":\"Notice\"}' " + location.origin + "/" })));
  }

  tell(text) {
    this.notice.textContent = text;
    this.notice.hidden = !text;
  }

  scrolled() {
    const away = this.grid.element.scrollTop > 4;
    if (away && !this.pausedBy) this.pause("scroll");
    else if (!away && this.pausedBy === "scroll") this.resume();
  }

  toggle() {
    if (this.pausedBy) this.resume();
    else this.pause("hand");
  }

  pause(by) {
    if (!this.pausedBy) this.freeze();
    this.pausedBy = this.pausedBy === "hand" ? "hand" : by;
    this.marks();
    this.draw();
  }

  /** What is read stays as it is; what comes meanwhile is counted. */
  freeze() {
    const list = this.ring.snapshot();
    const { total } = this.ring;
    this.frozen = { list, total, ended: this.whole && total === list.length, at: (index) => list[index], get size() { return list.length; } };
  }

  resume() {
    this.pausedBy = "";
    this.frozen = null;
    this.grid.element.scrollTop = 0;
    this.marks();
    this.draw();
  }

  marks() {
    const paused = Boolean(this.pausedBy);
    this.pauseButton.setAttribute("aria-pressed", String(paused));
    this.pauseButton.textContent = paused ? "Resume" : "Pause";
  }

  turnClock(wanted = !isUtc()) {
    setUtc(wanted);
    this.clockButton.textContent = wanted ? "UTC" : "Local time";
    this.grid.redraw();
  }

  key(event) {
    const steps = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1, PageDown: 15, PageUp: -15, Home: -Infinity, End: Infinity }[event.key];
    const inGrid = document.activeElement === this.grid.element;
    if (event.key === " ") this.toggle();
    else if (steps && (inGrid || event.key === "j" || event.key === "k")) this.select(steps);
    else if (event.key === "Enter" && (inGrid || document.activeElement === document.body) && this.grid.selected) {
      go({ event: this.grid.selected }, { replace: Boolean(get("event")) });
    } else return false;
    return true;
  }

  select(steps) {
    if (!this.pausedBy) this.pause("hand");
    this.grid.element.focus({ preventScroll: true });
    const event = this.grid.move(steps);
    if (event && get("event")) go({ event: event.id }, { replace: true });
  }
}
