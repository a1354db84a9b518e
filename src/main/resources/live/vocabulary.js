// Field names and values that were seen, for completion; bounded.
import * as api from "./api.js";

const FIELDS = 400;
const VALUES = 40;
const LONGEST = 120;

const KNOWN = ["container.id", "container.image.repository", "container.name", "evt.type", "fd.name", "k8s.ns.name",
  "k8s.pod.name", "proc.cmdline", "proc.exepath", "proc.name", "proc.pname", "user.loginuid", "user.name"];
const OWN = ["rule", "priority", "severity", "source", "host", "time", "output", "message", "tags", "via", "host_from", "remote"];

const seen = new Map([...OWN, ...KNOWN].map((name) => [name, new Set()]));

function note(name, value) {
  if (value === null || value === undefined) return;
  let values = seen.get(name);
  if (!values) {
    if (seen.size >= FIELDS) return;
    seen.set(name, values = new Set());
  }
  if (value === "" || typeof value === "object" || (typeof value === "number" && !Number.isSafeInteger(value))) return;
  const text = String(value);
  if (values.size < VALUES && text.length <= LONGEST) values.add(text);
}

/** Learns from an event as it was sent. */
export function learn(raw) {
  const sent = JSON.parse(raw);
  note("rule", sent.rule);
  note("host", sent.hostname);
  note("source", sent.source ?? "syscall");
  if (Array.isArray(sent.tags)) sent.tags.forEach((tag) => note("tags", tag));
  const gateway = sent.gateway ?? {};
  note("via", gateway.via);
  note("host_from", gateway.host_from);
  note("remote", gateway.remote);
  Object.entries(gateway.labels ?? {}).forEach(([name, value]) => note("label." + name, value));
  Object.entries(sent.output_fields ?? {}).forEach(([name, value]) => note(name, value));
}

const asked = new Map();
const ASK_AGAIN = 60000;

/** Learns from all that is stored which fields there are, or which values a field has; whether that was asked now. */
export async function ask(field = "") {
  const now = Date.now();
  if (now - (asked.get(field) ?? -ASK_AGAIN) < ASK_AGAIN) return false;
  if (asked.size > FIELDS) asked.clear();
  asked.set(field, now);
  try {
    if (!field) (await api.json("/api/fields")).fields.forEach(({ name }) => note(name, ""));
    else (await api.json("/api/values" + api.query({ field, limit: VALUES }))).values.forEach(({ value }) => note(field, value));
    return true;
  } catch {
    return false;
  }
}

export const fields = () => [...seen.keys()];
export const values = (field) => [...(seen.get(field.replace(/^falco\./, "")) ?? [])];
