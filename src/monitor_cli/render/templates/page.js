"use strict";
(() => {
  const root = document.documentElement;
  const order = new Intl.Collator(root.lang, { numeric: true, sensitivity: "base" });
  root.classList.add("js");

  const folded = (text) => text.toLowerCase().replaceAll("ё", "е").replace(/\s+/g, " ").trim();

  const sort = (table, header, at) => {
    const downward = header.getAttribute("aria-sort") === "ascending";
    for (const one of table.tHead.rows[0].cells) one.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", downward ? "descending" : "ascending");
    const numbers = header.classList.contains("m");
    const keyed = [...table.tBodies[0].rows].map((row) => {
      const cell = row.cells[at];
      const value = cell.dataset.v;
      if (value !== undefined) return [row, Number(value), cell.textContent];
      return [row, null, numbers ? null : cell.textContent.trim()];
    });
    // What has no value stays last, whichever way the others go.
    const missing = ([, number, text]) => number === null && (text === null || text === "—");
    keyed.sort((a, b) => {
      if (missing(a) || missing(b)) return missing(a) - missing(b);
      const by = a[1] !== null && b[1] !== null ? a[1] - b[1] : order.compare(a[2], b[2]);
      return downward ? -by : by;
    });
    table.tBodies[0].append(...keyed.map(([row]) => row));
  };

  for (const table of document.querySelectorAll("table[data-sorted]")) {
    [...table.tHead.rows[0].cells].forEach((header, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.title = table.dataset.sorted;
      const under = header.querySelector("small");
      button.append(...[...header.childNodes].filter((node) => node !== under));
      header.prepend(button);
      button.addEventListener("click", () => sort(table, header, at));
    });
  }

  for (const form of document.querySelectorAll("form.tools")) {
    const table = document.getElementById(form.dataset.for);
    const rows = [...table.tBodies[0].rows];
    const texts = rows.map((row) =>
      folded([...row.cells].filter((cell) => !cell.classList.contains("m"))
        .map((cell) => cell.textContent).join(" ")));
    const search = form.querySelector("input[type=search]");
    const only = form.querySelector("[data-only]");
    const counted = form.querySelector("[data-of]");
    const output = form.querySelector("output");
    const filter = () => {
      const wanted = folded(search.value);
      let shown = 0;
      rows.forEach((row, at) => {
        const below = !only || !only.checked || row.querySelector(".yellow, .red") !== null;
        row.hidden = !below || !texts[at].includes(wanted);
        shown += !row.hidden;
      });
      output.value = output.dataset.shown.replace("{0}", shown).replace("{1}", rows.length);
    };
    form.hidden = false;
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    if (counted) {
      counted.addEventListener("change", () => table.classList.toggle("with-of", counted.checked));
    }
    filter();
  }
})();
