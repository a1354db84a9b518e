// The events as they come, each once and in order, through lost connections and restarts of the gateway.
import { query } from "./api.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 10000;

/** Journal ids are numbers of up to 18 digits, more than JavaScript can count: they are compared as texts. */
export const isNewer = (id, than) => id.length === than.length ? id > than : id.length > than.length;

/**
 * Follows the events that a condition takes.
 * `on.hello({latest, oldest, gap}, first)`, `on.event(id, text)`, `on.lost(greeted, crowded)`, `on.refused(detail, at)`.
 */
export class Stream {
  constructor(filter, on) {
    this.filter = filter;
    this.on = on;
    this.place = "";
    this.wait = FIRST_WAIT;
    this.greeted = false;
    this.open();
  }

  open() {
    // The place is given by hand: a browser knows none before the first event, and would begin anew after it. A stream with
    // no place yet has a time: of an answer that is not 200, as a stream without either gets it, a browser tells nothing.
    const source = new EventSource("/api/stream" + query({ after: this.place, since: this.place ? "" : "0s", filter: this.filter }));
    this.source = source;
    source.addEventListener("hello", (message) => this.hello(JSON.parse(message.data)));
    source.addEventListener("falco", (message) => this.take(message));
    source.addEventListener("error", (message) => {
      const told = message.data ? JSON.parse(message.data) : {};
      if (message.data && !told.retry_after) this.refuse(told.detail, told.at);
      else this.again(told.retry_after);
    });
  }

  hello(hello) {
    this.wait = FIRST_WAIT;
    const first = !this.greeted;
    this.greeted = true;
    if (!this.place || isNewer(this.place, hello.latest)) this.place = hello.latest;
    this.on.hello(hello, first);
  }

  take(message) {
    const id = message.lastEventId;
    if (!isNewer(id, this.place)) return;
    this.place = id;
    this.on.event(id, message.data);
  }

  /** Comes again later and later, and not before so many seconds where the gateway has no room for one more. */
  again(seconds = 0) {
    this.source.close();
    this.on.lost(this.greeted, seconds > 0);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), Math.max(this.wait, seconds * 1000) * (0.75 + Math.random() / 2));
    this.wait = Math.min(LONGEST_WAIT, this.wait * 1.6);
  }

  /** Tries at once, such as when the machine is online again. */
  hurry() {
    if (this.source.readyState !== EventSource.CLOSED) return;
    clearTimeout(this.timer);
    this.open();
  }

  refuse(detail, at) {
    this.close();
    this.on.refused(detail, at);
  }

  close() {
    clearTimeout(this.timer);
    this.source.close();
  }
}
