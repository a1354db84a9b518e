// What is asked of the gateway.

/** An answer that is no success, with the gateway's own words. */
export class Refused extends Error {
  constructor(status, detail, at) {
    super(detail);
    this.status = status;
    /** Where in a condition the fault is. */
    this.at = at;
  }
}

async function ask(path, options) {
  const answer = await fetch(path, options).catch(() => { throw new Refused(0, "The gateway does not answer."); });
  if (answer.ok) return answer;
  // The session is over: after a new login the same is shown.
  if (answer.status === 401) location.assign("/login" + query({ next: location.pathname + location.search }));
  const problem = await answer.json().catch(() => ({}));
  const problems = Array.isArray(problem.problems) ? problem.problems.join("\n") : "";
  throw new Refused(answer.status, problems || problem.detail || problem.title || "the gateway answered " + answer.status, problem.at);
}

export const json = async (path, options) => (await ask(path, options)).json();
export const text = async (path, options) => (await ask(path, options)).text();

export const post = (path, body) => ask(path, {
  method: "POST",
  ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
});
export const remove = (path) => ask(path, { method: "DELETE" });

/** A query out of the parameters that have a value. */
export function query(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return given.length ? "?" + new URLSearchParams(given) : "";
}
