// The newest events in memory, bounded; what falls out is forgotten but counted.
import { priority } from "./format.js";

const KEPT = 2000;
/** More than a row has room for: senders may send megabytes, and thousands of events are kept. */
const LONGEST = 4000;
const TAGS = 100;

/** What a row shows of an event. */
export function event(id, raw) {
  const sent = JSON.parse(raw);
  return {
    id: id || idOf(sent),
    time: short(sent.time ?? sent.gateway?.received_at ?? ""),
    priority: priority(sent.priority),
    host: short(sent.hostname ?? ""),
    rule: short(sent.rule ?? ""),
    source: short(sent.source ?? "syscall").replace(/^syscalls$/, "syscall"),
    tags: Array.isArray(sent.tags) ? sent.tags.slice(0, TAGS).map(short) : [],
    output: short(sent.output || sent.message || ""),
  };
}

/** The beginning of a long text, as a text of its own: a mere part would keep the whole in memory. */
function short(value) {
  const text = String(value);
  return text.length <= LONGEST ? text : JSON.parse(JSON.stringify(text.slice(0, LONGEST - 1))) + "…";
}

/** Where this gateway was not the first, its own id is that of the last step. */
function idOf(sent) {
  return String(sent.gateway?.path?.at(-1)?.id ?? sent.gateway?.id ?? "");
}

/** A list that takes at one end and forgets at the other. Index 0 is the newest. */
export class Ring {
  #slots = new Array(KEPT);
  #next = 0;
  #newest = 0;
  #oldest = 0;
  size = 0;
  /** How many came in all, those that were forgotten among them. */
  total = 0;

  /** Takes an event that is newer than all others. */
  push(event) {
    event.order = this.#newest++;
    this.#slots[this.#next] = event;
    this.#next = (this.#next + 1) % KEPT;
    this.size = Math.min(KEPT, this.size + 1);
    this.total++;
  }

  at(index) {
    return index < this.size ? this.#slots[(this.#next - 1 - index + 2 * KEPT) % KEPT] : undefined;
  }

  /** Takes older events, newest first, as far as there is room. */
  extend(older) {
    const room = older.slice(0, KEPT - this.size);
    for (const event of room) {
      event.order = --this.#oldest;
      this.#slots[(this.#next - 1 - this.size + 2 * KEPT) % KEPT] = event;
      this.size++;
    }
    this.total += room.length;
    return room.length;
  }

  /** All of it as it is now, newest first. */
  snapshot() {
    return Array.from({ length: this.size }, (_, index) => this.at(index));
  }
}
