"use strict";
// Sort the overview by a column, the greatest first; a second click turns the order round.
const table = document.getElementById("overview");
if (table) {
  const headings = [...table.querySelectorAll("th[data-sort]")];
  const language = document.documentElement.lang;
  headings.forEach(heading => heading.querySelector("button").addEventListener("click", () => {
    const isText = heading.dataset.sort === "text";
    const column = Number(heading.dataset.column);
    const turned = heading.getAttribute("aria-sort") === (isText ? "ascending" : "descending");
    const ascending = isText !== turned;
    headings.forEach(one => one.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    const key = row => {
      const cell = row.cells[column];
      return isText ? cell.textContent.trim() : cell.dataset.value === "" ? -Infinity : Number(cell.dataset.value);
    };
    const sign = ascending ? 1 : -1;
    const compare = isText ? (a, b) => a.key.localeCompare(b.key, language) : (a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
    const body = table.tBodies[0];
    const rows = [...body.rows].map(row => ({ row, key: key(row) }));
    rows.sort((a, b) => sign * compare(a, b));
    body.append(...rows.map(one => one.row));
  }));
}
// A print shows every explanation.
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(one => { one.open = true; }));
