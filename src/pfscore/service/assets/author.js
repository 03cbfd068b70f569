// The author's page: what is written left is checked, drawn and tried right, a moment after the last key.
import { ask, byId, fill, listRulesets, make, save, tell, words } from "./common.js";

const WAIT = 350; // milliseconds without a key
const text = byId("text");
const state = { running: null, timer: 0, curves: [], form: null, chosen: "" };

function later() {
  clearTimeout(state.timer);
  state.timer = setTimeout(check, WAIT);
}

async function check() {
  state.running?.abort();
  const running = state.running = new AbortController();
  if (!text.value.trim()) return;
  byId("status").textContent = words.checking;
  const body = new FormData();
  body.append("text", text.value);
  if (state.form) body.append("form", state.form, state.form.name);
  try {
    const found = await (await ask("v1/trial", { body, signal: running.signal })).json();
    tell(null);
    show(found);
  } catch (error) {
    if (running === state.running) byId("status").textContent = "";
    if (error.name !== "AbortError") tell(error);
  }
}

function show({ checked, curves, rows, total, problems }) {
  const { errors, warnings, diagnostics, examples } = checked;
  byId("status").textContent = errors || warnings ? fill(words.counts, errors, warnings) : words.fine;
  byId("findings").replaceChildren(...diagnostics.map(finding));
  byId("examples-count").textContent = `${examples.filter(one => one.passed).length} / ${examples.length}`;
  byId("examples").replaceChildren(...examples.map(example));
  // A text that is broken keeps its last curves and scores.
  if (curves.length || !errors) state.curves = curves;
  listCurves();
  byId("curve-hint").hidden = state.curves.length || !errors;
  if (rows.length || !errors) showTrial(rows, total, problems);
  byId("trial-hint").textContent = state.form ? words.waits : words.trial_hint;
  byId("trial-hint").hidden = state.form && (byId("trial").childElementCount || !errors);
}

function place(line) {
  return make("button", { type: "button", click: () => goTo(line) }, fill(words.line, line));
}

function goTo(line) {
  const lines = text.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  text.focus();
  text.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  text.scrollTop = Math.max(0, (line - 5) * parseFloat(getComputedStyle(text).lineHeight));
}

function finding(one) {
  const item = make("li", { class: one.severity }, `${words[one.severity]} `, make("code", {}, one.code), ` ${one.message} `);
  if (one.at?.line && one.at.source === "text") item.append(place(one.at.line));
  if (one.hint) item.append(make("p", {}, `→ ${one.hint}`));
  return item;
}

function example(one) {
  return make("li", { class: one.passed ? "" : "error" }, `${one.passed ? "✓" : "✗"} ${one.rule} · ${one.title}  `,
    make("small", {}, fill(words.expected, one.expected, one.obtained)), " ", one.line ? place(one.line) : "");
}

// ── the curve of the rule that one writes ──
function listCurves() {
  byId("rule").replaceChildren(...state.curves.map(one => make("option", { value: one.rule }, `${one.title} · ${one.rule}`)));
  showCurve(state.chosen);
}

function showCurve(wanted) {
  const found = state.curves.find(one => one.rule === wanted) ?? state.curves[0];
  const image = byId("curve");
  image.hidden = byId("curve-rule").hidden = !found;
  if (!found) return;
  byId("rule").value = state.chosen = found.rule;
  image.alt = fill(words.curve_of, found.title);
  image.src = `data:image/svg+xml,${encodeURIComponent(found.svg)}`;
}

function follow() {
  const line = text.value.slice(0, text.selectionStart).split("\n").length;
  const before = state.curves.filter(one => one.line && one.line <= line);
  if (before.length) showCurve(before.reduce((a, b) => (a.line > b.line ? a : b)).rule);
}

// ── a form on trial ──
function showTrial(rows, total, problems) {
  const cells = ["name", "target", "actual", "points", "score", "why"];
  const head = [words.row, words.target, words.actual, words.points, words.score, words.why];
  const said = problems.map(one => make("p", { class: "problem" }, `${one.code} ${one.message}${one.hint ? ` → ${one.hint}` : ""}`));
  if (!rows.length) return byId("trial").replaceChildren(...said);
  byId("trial").replaceChildren(...said, make("p", {}, make("strong", {}, total)), make("table", { class: "rows cards" },
    make("thead", {}, make("tr", {}, ...head.map(one => make("th", { scope: "col" }, one)))),
    make("tbody", {}, ...rows.map(row => make("tr", {}, ...cells.map((key, number) =>
      make(number ? "td" : "th", number ? { "data-label": `${head[number]} ` } : { scope: "row" }, row[key])))))));
}

// ── what a person does ──
text.addEventListener("input", later);
text.addEventListener("keyup", follow);
text.addEventListener("click", follow);
byId("rule").addEventListener("change", event => showCurve(event.target.value));
byId("ruleset").addEventListener("change", async event => {
  if (!event.target.value) return;
  try {
    text.value = (await (await ask(`v1/rulesets/${event.target.value}`)).json()).text;
    state.chosen = "";
    check();
  } catch (error) {
    tell(error);
  }
});
byId("form").addEventListener("change", event => {
  state.form = event.target.files[0] ?? null;
  byId("form-name").textContent = state.form?.name ?? "";
  check();
});
byId("save").addEventListener("click", () => save(new Blob([text.value], { type: "application/yaml" }), "ruleset.yaml"));
byId("token").addEventListener("change", () => { if (byId("ruleset").length < 2) listRulesets(byId("ruleset")).catch(tell); });
listRulesets(byId("ruleset")).catch(tell);
