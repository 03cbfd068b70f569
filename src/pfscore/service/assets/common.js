// What both pages share: the words, asking the service, and making elements. Nothing is stored, nothing is fetched from elsewhere.
export const words = JSON.parse(document.getElementById("words").textContent);
const language = document.documentElement.lang;

export const byId = id => document.getElementById(id);

/** Fill the places {0}, {1} … of a text. */
export const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, number) => values[number]);

/** Make an element: its attributes (a function listens), then what stands in it. */
export function make(name, attributes = {}, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...content);
  return element;
}

/** Ask the service; what it refuses is thrown, with what to do about it. */
export async function ask(path, { query = {}, body, signal } = {}) {
  const given = Object.entries(query).filter(([, value]) => value);
  const headers = { "Accept-Language": language };
  const token = byId("token").value;
  if (token) headers.Authorization = `Bearer ${token}`;
  let answer;
  try {
    const address = given.length ? `${path}?${new URLSearchParams(given)}` : path;
    answer = await fetch(address, { method: body === undefined ? "GET" : "POST", headers, body, signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error(words.no_answer);
  }
  if (answer.ok) return answer;
  if (answer.status === 401) {
    byId("token-field").hidden = false;
    throw new Error(words.token_needed);
  }
  const problem = await answer.json().catch(() => ({ detail: answer.statusText }));
  const problems = (problem.diagnostics ?? []).map(one => `${one.code} ${one.message}${one.hint ? ` → ${one.hint}` : ""}`);
  throw new Error(problems.length ? problems.join("\n") : problem.detail);
}

/** Fill the list of rulesets. */
export async function listRulesets(select) {
  const found = await (await ask("v1/rulesets")).json();
  select.append(...found.map(one => make("option", { value: one.id }, `${one.id}  ${one.title}`)));
}

/** Give a file to the person. */
export function save(blob, name) {
  const url = URL.createObjectURL(blob);
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** Show what went wrong, or that nothing did. */
export function tell(error) {
  byId("trouble").textContent = !error ? "" : error.name === "AbortError" ? "" : `${words.failed}${error.message}`;
}
