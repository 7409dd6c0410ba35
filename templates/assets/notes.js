// On a site that lies somewhere, a tick is a note in this browser: marked as one, and to be copied out as commands.
// It goes nowhere else. Where `playbook serve` shows the site, boxes write to the files instead, and this does nothing.
(function () {
  "use strict";

  // A host may hold several sites; each has notes of its own.
  const own = document.currentScript.src;
  const isFile = /^(https?|file):/.test(own);
  const KEY = `playbook-notes:${isFile ? new URL("../../", own).pathname : location.pathname}`;

  // What is sealed leaves nothing readable behind: there, notes end with the tab.
  function isSealed() {
    return !isFile || document.querySelector('script[src$="_sealed/lock.js"]') !== null;
  }

  function store() {
    try {
      return isSealed() ? sessionStorage : localStorage;
    } catch {
      return null; // the browser keeps nothing for this site
    }
  }

  let inThisPage = [];

  function read() {
    try {
      const found = JSON.parse(store().getItem(KEY) || "[]");
      return Array.isArray(found) ? found.filter((note) => note && note.record && note.text) : [];
    } catch {
      return inThisPage;
    }
  }

  function keep(notes) {
    inThisPage = notes;
    try {
      if (notes.length) store().setItem(KEY, JSON.stringify(notes));
      else store().removeItem(KEY);
    } catch {
      // It is kept in this page, as long as that is open.
    }
  }

  function make(name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    if (name === "button") element.type = "button";
    return element;
  }

  /** What an item of the page is called in the files. */
  function itemOf(line) {
    const [kind, id, list] = line.dataset.pbPlace.split("/");
    const text = line.querySelector(".pb-item__text");
    const anchor = line.id || (text.getAttribute("href") || "").split("#")[1] || "";
    return {
      record: `${kind}/${id}`,
      list,
      id: anchor.startsWith("item_") ? decodeURIComponent(anchor.slice(5)) : "",
      text: text.textContent.trim().replace(/\s+/g, " "),
    };
  }

  const isSame = (one, other) =>
    one.record === other.record && one.list === other.list && (one.id || other.id ? one.id === other.id : one.text === other.text);

  // For any shell there is: what stands between single quotes is what it is.
  const quoted = (words) => (/^[\w./-]+$/.test(words) ? words : `'${words.replace(/'/g, "'\\''")}'`);

  function command(note) {
    const owner = note.record.split("/")[1];
    const words = note.list === "promises" ? `${owner} ${note.text}` : note.id || `${owner}: ${note.text}`;
    return `playbook ${note.list === "promises" ? "kept" : "done"} ${quoted(words)} --on ${note.on}`;
  }

  function today() {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  }

  const bar = make("aside", "pb-notes");
  const said = make("p", "pb-notes__said");
  const copy = make("button", "", "Copy as commands");
  const forget = make("button", "", "Forget notes");
  const text = make("textarea", "pb-notes__text");
  bar.setAttribute("aria-label", "Notes in this browser");
  said.setAttribute("role", "status");
  text.readOnly = true;
  text.hidden = true;
  text.setAttribute("aria-label", "The commands");
  bar.append(said, copy, forget, text);

  function tell(words) {
    const count = read().length;
    const where = isSealed() ? "in this tab only, until it closes" : "in this browser only";
    bar.hidden = !count && !words;
    copy.hidden = forget.hidden = !count;
    text.hidden = true; // the commands are those of the notes at that moment
    said.textContent = words || `${count} ${count === 1 ? "tick is" : "ticks are"} noted ${where}.`;
  }

  copy.addEventListener("click", async () => {
    const commands = read().map(command).join("\n") + "\n";
    try {
      await navigator.clipboard.writeText(commands);
      tell("Copied. Paste it into a terminal, in your playbook's folder.");
    } catch {
      tell("Copy these commands into a terminal, in your playbook's folder.");
      text.value = commands;
      text.rows = read().length + 1;
      text.hidden = false;
      text.focus();
      text.select();
    }
  });

  forget.addEventListener("click", () => {
    keep([]);
    show();
    tell("The notes are forgotten.");
    bar.tabIndex = -1;
    bar.focus({ preventScroll: true });
  });

  function mark(line, isNoted) {
    line.classList.toggle("pb-item--noted", isNoted);
    line.querySelector("input[type=checkbox]").checked = isNoted;
    line.querySelectorAll(".pb-noted").forEach((word) => word.remove());
    if (isNoted) line.querySelector(".pb-item__notes").prepend(make("span", "pb-noted", "noted here only"));
  }

  const lines = () => Array.from(document.querySelectorAll(".pb-item[data-pb-place]"));

  function show() {
    let notes = read();
    for (const line of lines()) {
      const item = itemOf(line);
      // What the site has as done needs no note any more.
      if (!line.dataset.pbNotable) notes = notes.filter((note) => !isSame(note, item));
      else mark(line, notes.some((note) => isSame(note, item)));
    }
    if (notes.length !== read().length) keep(notes);
    tell("");
  }

  function enliven(line) {
    const box = line.querySelector("input[type=checkbox]");
    if (box.checked || line.classList.contains("pb-item--skipped")) return;
    const item = itemOf(line);
    line.dataset.pbNotable = "yes";
    box.disabled = false;
    box.setAttribute("aria-label", `${item.text} (a note in this browser)`);
    box.addEventListener("change", () => {
      const others = read().filter((note) => !isSame(note, item));
      keep(box.checked ? [...others, { ...item, on: today() }] : others);
      show();
    });
  }

  function start() {
    if (document.querySelector("script[data-playbook-token]")) return;
    lines().forEach((line) => line.dataset.pbNotable || enliven(line));
    if (!lines().length && !read().length) return;
    document.body.append(bar);
    show();
  }

  // Where another tab locks a sealed site, nothing stays behind in this one.
  if (navigator.serviceWorker) {
    navigator.serviceWorker.addEventListener("message", (event) => {
      if (event.data && event.data.type === "locked") keep([]);
    });
  }
  addEventListener("storage", (event) => event.key === KEY && bar.isConnected && show());
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  // Material replaces the page without loading it where `navigation.instant` is on.
  if (typeof document$ !== "undefined") document$.subscribe(start);
})();
