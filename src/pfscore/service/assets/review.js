// The reviewer's page: files in, the report out; what a person decides or answers goes along with the next request.
import { ask, byId, fill, listRulesets, make, save, tell, words } from "./common.js";

const state = { files: [], others: 0, decisions: new Map(), answers: new Map(), report: null, isShown: false, running: null, drawn: 0 };

// ── files ──
async function dropped(items) {
  const entries = [...items].map(item => item.webkitGetAsEntry?.() ?? item.getAsFile?.()).filter(Boolean);
  const found = [];
  try {
    for (const entry of entries) await walk(entry, found);
  } catch (error) {
    return tell(error);
  }
  add(found);
}

async function walk(entry, found) {
  if (entry instanceof File) found.push({ file: entry, name: entry.name });
  else if (entry.isFile) found.push({ file: await new Promise((take, fail) => entry.file(take, fail)), name: entry.fullPath.slice(1) });
  else {
    const reader = entry.createReader();
    const within = [];
    for (let some; !some || some.length; within.push(...some)) some = await new Promise((take, fail) => reader.readEntries(take, fail));
    within.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const one of within) await walk(one, found);
  }
}

const SUFFIXES = byId("drop").dataset.suffixes.split(" ");
const isHidden = name => name.split("/").some(part => /^(\.|~\$)/.test(part));
/** A file that was chosen by itself is read, and its kind reported; below a folder, other kinds are passed over. */
const isOther = name => name.includes("/") && !SUFFIXES.some(one => name.toLowerCase().endsWith(one));

function add(files) {
  const shown = files.filter(one => !isHidden(one.name));
  const named = shown.filter(one => !isOther(one.name));
  if (!named.length) return tell(new Error(words.nothing));
  state.others += shown.length - named.length;
  state.files.push(...named.map(one => ({ ...one, said: "", bad: false, read: false })));
  listFiles();
  review();
}

function listFiles() {
  byId("list").replaceChildren(...state.files.map(one => make("li", {},
    make("span", {}, one.name, " ", make("small", { class: one.bad ? "bad" : "" }, one.said)),
    make("button", { type: "button", "aria-label": fill(words.remove, one.name), click: () => remove(one) }, "✕"))));
  if (state.others) byId("list").append(make("li", {}, make("small", {}, fill(words.others, state.others))));
  byId("again").disabled = byId("clear").hidden = !state.files.length;
}

function remove(gone) {
  const number = state.files.indexOf(gone);
  state.files.splice(number, 1);
  // Decisions are about files by their number.
  const kept = [...state.decisions.values()].filter(one => one.file !== number);
  kept.forEach(one => { one.file -= one.file > number ? 1 : 0; });
  state.decisions = new Map(kept.map(one => [key(one), one]));
  listFiles();
  if (state.files.length) review(); else clear();
}

function clear() {
  state.running?.abort();
  Object.assign(state, { files: [], others: 0, decisions: new Map(), answers: new Map(), report: null });
  listFiles();
  tell(null);
  byId("status").textContent = "";
  byId("lacking").hidden = byId("questions").hidden = byId("downloads").hidden = true;
  byId("report").replaceChildren(make("p", { class: "hint" }, words.empty));
}

// ── one run ──
const key = one => [one.file, one.form, one.kind, one.index].join(" ");
const query = () => ({ ruleset: byId("ruleset").value, year: byId("year").value });

/** What is sent: all files, or of a few forms those that they are in, with what counts of the others. */
function upload(forms) {
  const body = new FormData();
  const isNeeded = number => !forms || forms.some(one => one.file === number);
  state.files.forEach((one, number) => body.append("files", isNeeded(number) ? one.file : new Blob(), one.name));
  if (forms) {
    const others = state.report.forms.filter(one => !forms.includes(one));
    body.append("only", JSON.stringify(forms.map(({ file, form }) => ({ file, form }))));
    body.append("beside", JSON.stringify([...others.map(one => one.tally), ...state.report.unreadable]));
  }
  state.answers.forEach((meaning, column) => body.append("map", `${column}=${meaning}`));
  body.append("decisions", JSON.stringify([...state.decisions.values()].map(({ low, high, ...one }) => one)));
  return body;
}

async function run(work) {
  state.running?.abort();
  const running = state.running = new AbortController();
  byId("progress").hidden = false;
  tell(null);
  try {
    await work(running.signal);
  } catch (error) {
    if (running !== state.running) return;
    byId("status").textContent = error.name === "AbortError" ? words.cancelled : "";
    tell(error);
  } finally {
    if (running === state.running) {
      byId("progress").hidden = true;
      state.running = null;
    }
  }
}

function review(focus) {
  state.isShown = false;
  return run(async signal => {
    await readEach(signal);
    report(fill(words.reviewing, state.files.length));
    const answer = await ask("v1/review", { query: query(), body: upload(), signal });
    state.report = await answer.json();
    byId("status").textContent = fill(words.done, state.report.line);
    showLacking();
    showQuestions();
    await showReport();
    byId("downloads").hidden = false;
    state.isShown = true;
    focus?.();
  });
}

/** Review the form of a decision again, with those that are compared with it; the others stay as they are. */
function reviewAgain(place, focus) {
  if (!state.isShown) return review(focus); // what is shown is of before another decision, or of other rules
  state.isShown = false;
  return run(async signal => {
    const { body } = state.report.forms.find(one => one.file === place.file && one.form === place.form);
    const before = state.report.forms.filter(one => one.body === body);
    report(fill(words.reviewing, new Set(before.map(one => one.file)).size));
    const found = await (await ask("v1/review", { query: query(), body: upload(before), signal })).json();
    state.report.line = found.line;
    byId("status").textContent = fill(words.done, found.line);
    showAgain(found, before);
    state.isShown = true;
    focus();
  });
}

/** Read each file by itself first: so that one sees how far it is, and which file is the matter. */
async function readEach(signal) {
  const fresh = state.files.filter(one => !one.read);
  for (const [number, one] of fresh.entries()) {
    report(fill(words.reading, number + 1, fresh.length, one.name), number, fresh.length);
    const body = new FormData();
    body.append("file", one.file, one.name);
    try {
      const found = await (await ask("v1/convert", { body, signal })).json();
      one.said = found.forms.length ? fill(words.forms_read, found.forms.length) : words.asks;
      one.bad = false;
    } catch (error) {
      if (signal.aborted || !byId("token-field").hidden && !byId("token").value) throw error;
      one.said = error.message;
      one.bad = true;
    }
    one.read = true;
    listFiles();
  }
}

function report(text, value, most) {
  const bar = byId("progress").querySelector("progress");
  byId("status").textContent = text;
  if (most > 1) Object.assign(bar, { value, max: most }); else bar.removeAttribute("value");
}

// ── the report ──
/** Return a page of the service as a document, without its style, which is loaded already, and its script. */
const parsed = page => new DOMParser().parseFromString(page.replace(/<(style|script)>.*?<\/\1>/gs, ""), "text/html");

async function showReport() {
  const page = parsed(state.report.page);
  const main = page.querySelector("main");
  main.querySelector("header h1")?.remove();
  byId("report").replaceChildren(...page.querySelectorAll("svg.hidden"), ...main.childNodes);
  state.report.forms.forEach(showDecisions);
  showOpen();
  state.drawn += 1;
  await import(`./report.js?${state.drawn}`); // it sorts the overview that is new
}

/** Put forms that were reviewed again in the place of what was shown of them, and the sums over all forms. */
function showAgain(found, before) {
  const page = parsed(found.page);
  const shown = byId("report");
  const overview = "#overview tbody tr";
  state.drawn += 1;
  for (const one of page.querySelectorAll("symbol")) one.id += `-${state.drawn}`;
  for (const one of page.querySelectorAll("use")) one.setAttribute("href", `${one.getAttribute("href")}-${state.drawn}`);
  shown.append(...page.querySelectorAll("svg.hidden"));
  shown.querySelector(".tiles").replaceWith(page.querySelector(".tiles"));
  const shared = page.querySelector("section[aria-labelledby=shared]");
  shown.querySelector("section[aria-labelledby=shared]")?.remove();
  if (shared) shown.querySelector("section[aria-labelledby=first]").after(shared);
  for (const form of found.forms) {
    const old = before.find(one => one.file === form.file && one.form === form.form);
    const section = page.getElementById(form.id);
    const rowOf = (within, id) => [...within.querySelectorAll(overview)].find(row => row.querySelector("a").hash === `#${id}`);
    const row = rowOf(page, form.id);
    rowOf(shown, old.id).replaceWith(row);
    row.querySelector("a").href = `#${old.id}`;
    section.id = old.id;
    byId(old.id).replaceWith(section);
    Object.assign(old, { open: form.open, tally: form.tally });
    showDecisions(old);
  }
  showOpen();
}

function showDecisions(form) {
  const rows = byId(form.id).querySelectorAll("table.rows > tbody > tr:not(.finding)");
  for (const open of form.open) {
    const place = { file: form.file, form: form.form, kind: open.kind, index: open.index };
    rows[open.position].querySelector(".why").append(decide(place, open));
  }
}

function decide(place, open) {
  const known = state.decisions.get(key(place));
  const { low, high } = known ?? open;
  const number = make("input", { name: "score", inputmode: "decimal", autocomplete: "off", required: true, value: known?.score ?? open.decision ?? "" });
  const reason = make("input", { name: "reason", autocomplete: "off", value: known?.reason ?? "" });
  const again = () => reviewAgain(place, () => document.querySelector(`[data-key="${key(place)}"] input`)?.focus());
  const form = make("form", { class: "decide", "data-key": key(place), "data-open": !known && open.decision === null,
    submit: event => {
      event.preventDefault();
      state.decisions.set(key(place), { ...place, score: number.value.trim(), reason: reason.value, low, high });
      again();
    } },
  make("label", {}, fill(words.decide, low, high), number), make("label", { class: "wide" }, words.reason, reason), make("button", {}, words.set));
  if (known) {
    form.append(make("button", { type: "button", click: () => { state.decisions.delete(key(place)); again(); } }, words.undo));
    form.prepend(make("p", {}, fill(words.decided, known.score)));
  }
  return form;
}

function showOpen() {
  const count = document.querySelectorAll("[data-open]").length;
  byId("open").hidden = !count;
  byId("open").firstElementChild.textContent = fill(words.open_rows, count);
}

let visited = -1;
function nextOpen() {
  const open = [...document.querySelectorAll("[data-open] input[name=score]")];
  visited = (visited + 1) % open.length;
  open[visited].scrollIntoView({ block: "center" });
  open[visited].focus();
}

// ── what the forms do not say ──
function showLacking() {
  const ways = [["ruleset", words.lacking_ruleset, words.choose_ruleset], ["year", words.lacking_year, words.fill_year]];
  const asked = ways.filter(([name]) => state.report.lacking[name]);
  byId("lacking").hidden = !asked.length;
  byId("lacking").replaceChildren(...asked.map(([name, said, go]) => make("span", {}, fill(said, state.report.lacking[name]), " ",
    make("button", { type: "button", click: () => byId(name).focus() }, go), " ")));
}

// ── columns that were not recognised ──
function showQuestions() {
  const tables = state.report.tables;
  byId("questions").hidden = !tables.length;
  byId("answers").replaceChildren(...tables.map(question));
  if (tables.length) byId("answers").append(make("p", {}, make("button", {}, words.read_again)));
}

function question({ file, table }) {
  const head = [words.column, words.header, words.samples, words.meaning];
  return make("div", {},
    make("h3", {}, `${state.files[file].name} › ${table.place}`),
    make("p", { class: "hint" }, fill(words.header_row, table.row)),
    make("table", { class: "cards" },
      make("thead", {}, make("tr", {}, ...head.map(one => make("th", { scope: "col" }, one)))),
      make("tbody", {}, ...table.columns.map(column => make("tr", {},
        make("td", { "data-label": `${words.column} ` }, column.letters),
        make("th", { scope: "row" }, column.words || column.letters),
        make("td", { "data-label": `${words.samples} ` }, column.samples.join(" | ")),
        make("td", {}, column.meaning ?? choice(column)))))));
}

function choice(column) {
  const name = column.words || column.letters;
  const option = (value, text) => make("option", { value, selected: state.answers.get(name) === value }, text);
  const select = make("select", { "aria-label": `${name} ${words.meaning}`, "data-column": name }, option("", words.unknown));
  if (column.candidates.length) {
    select.append(make("optgroup", { label: words.guessed }, ...column.candidates.map(one => option(one.meaning, `${one.meaning}（${one.reason}）`))));
  }
  select.append(make("optgroup", { label: words.all_meanings }, ...state.report.meanings.map(one => option(one, one))));
  return select;
}

// ── what a person does ──
const drop = byId("drop");
addEventListener("dragover", event => { event.preventDefault(); drop.classList.add("over"); });
addEventListener("dragleave", event => { if (!event.relatedTarget) drop.classList.remove("over"); });
addEventListener("drop", event => { event.preventDefault(); drop.classList.remove("over"); dropped(event.dataTransfer.items); });
for (const id of ["files", "folder"]) {
  byId(id).addEventListener("change", event => {
    add([...event.target.files].map(file => ({ file, name: file.webkitRelativePath || file.name })));
    event.target.value = "";
  });
}
byId("settings").addEventListener("submit", event => { event.preventDefault(); if (state.files.length) review(); });
for (const id of ["ruleset", "year"]) {
  byId(id).addEventListener("change", event => { if (state.files.length && event.target.checkValidity()) review(); });
}
byId("token").addEventListener("change", () => { if (byId("ruleset").length < 2) listRulesets(byId("ruleset")).catch(tell); });
byId("answers").addEventListener("submit", event => {
  event.preventDefault();
  for (const select of event.target.querySelectorAll("select")) {
    if (select.value) state.answers.set(select.dataset.column, select.value); else state.answers.delete(select.dataset.column);
  }
  review();
});
byId("cancel").addEventListener("click", () => state.running?.abort());
byId("clear").addEventListener("click", clear);
byId("next").addEventListener("click", nextOpen);
const NAMES = { annotated: "xlsx", xlsx: "xlsx", forms: "json", html: "html" };
for (const button of document.querySelectorAll("[data-output]")) {
  button.addEventListener("click", () => run(async signal => {
    const output = button.dataset.output;
    report(words.writing);
    const answer = await ask("v1/review", { query: { ...query(), output }, body: upload(), signal });
    const isZip = answer.headers.get("content-type") === "application/zip";
    const own = state.files.length === 1 ? `${state.files[0].name.split("/").at(-1).replace(/\.[^.]*$/, "")} ` : "";
    save(await answer.blob(), `${own}${button.textContent}.${isZip ? "zip" : NAMES[output]}`);
    byId("status").textContent = fill(words.done, state.report.line);
  }));
}
listRulesets(byId("ruleset")).catch(tell);
