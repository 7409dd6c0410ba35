// Filters and sorts the table that a `form[data-pb-filter]` names. Without this script the table is whole, and by name.
(function () {
  "use strict";

  const collator = new Intl.Collator(document.documentElement.lang || "en", { numeric: true, sensitivity: "base" });

  function keyOf(row, column) {
    const cell = row.cells[column];
    return "sort" in cell.dataset ? cell.dataset.sort : cell.textContent.trim();
  }

  // What is empty comes last, whichever way one sorts.
  function sortRows(table, column, descending) {
    const body = table.tBodies[0];
    const rows = Array.from(body.rows).map((row) => [keyOf(row, column), row]);
    rows.sort(([a], [b]) => {
      if (!a || !b) return Number(!a) - Number(!b);
      return descending ? collator.compare(b, a) : collator.compare(a, b);
    });
    body.append(...rows.map(([, row]) => row));
    table.querySelectorAll("thead th").forEach((head, index) => {
      if (index === column) head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  }

  function addSorting(table, form) {
    const heads = Array.from(table.querySelectorAll("thead th"));
    const chosen = form.elements.namedItem("sort");
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      button.className = "pb-sort";
      button.addEventListener("click", () => {
        sortRows(table, column, head.getAttribute("aria-sort") === "ascending");
        chosen.value = String(column);
      });
      chosen.add(new Option(head.textContent, String(column)));
      // A browser does not print a head that holds a button again on the next page.
      head.dataset.label = head.textContent;
      head.replaceChildren(button);
    });
    heads[0].setAttribute("aria-sort", "ascending");
    chosen.addEventListener("change", () => sortRows(table, Number(chosen.value), false));
  }

  function matches(row, words, chosen) {
    const text = row.textContent.toLocaleLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      chosen.every(([name, value]) => (row.dataset[name] || "").split("|").includes(value))
    );
  }

  function addFilter(table, form) {
    const count = form.querySelector("output");
    const apply = () => {
      const fields = Array.from(form.elements).filter((field) => field.name && field.name !== "sort");
      const words = form.elements.namedItem("text").value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      const chosen = fields.filter((field) => field.tagName === "SELECT" && field.value).map((f) => [f.name, f.value]);
      let shown = 0;
      for (const row of table.tBodies[0].rows) {
        row.hidden = !matches(row, words, chosen);
        shown += row.hidden ? 0 : 1;
      }
      count.value = `${shown} ${shown === 1 ? count.dataset.one : count.dataset.many}`;
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    // A browser that comes back to the page keeps what was chosen before.
    apply();
  }

  function start() {
    document.querySelectorAll("form[data-pb-filter]").forEach((form) => {
      const table = document.getElementById(form.dataset.pbFilter);
      if (!table || form.dataset.pbReady) return;
      form.dataset.pbReady = "yes";
      addSorting(table, form);
      addFilter(table, form);
      form.hidden = false;
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  // Material replaces the page without loading it where `navigation.instant` is on.
  if (typeof document$ !== "undefined") document$.subscribe(start);
})();
