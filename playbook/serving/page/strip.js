// The strip below the page: what was written and how to take it back, and what no commit holds yet.

import { make, uncommitted, write } from "./asking.js"

const KEPT = "playbook-said"
const A_WHILE = 120000
const LONG_ENOUGH = 5000

const told = make("div", { class: "pbw-told", role: "status", "aria-live": "polite" })
const pending = make("div", { class: "pbw-pending" })
const strip = make("aside", { id: "playbook-strip", "aria-label": "What you changed", tabindex: "-1", hidden: true }, told, pending)

function settle() {
  strip.hidden = !told.childElementCount && !pending.childElementCount
  // What stands last on the page can still be read, above the strip.
  document.documentElement.style.setProperty("--playbook-strip", strip.hidden ? "0px" : `${strip.offsetHeight}px`)
}

function show({ text, files, undo, isWrong }) {
  told.replaceChildren(make("p", { class: isWrong ? "pbw-wrong" : "" }, text))
  if (files && files.length) told.append(make("p", { class: "pbw-files" }, ...files.map((file) => make("code", {}, file))))
  if (undo) told.append(make("button", { type: "button", click: () => takeBack(undo) }, "Undo"))
  told.append(make("button", { type: "button", class: "pbw-plain", "aria-label": "Hide this message", click: hide }, "Hide"))
  settle()
}

function hide() {
  sessionStorage.removeItem(KEPT)
  told.replaceChildren()
  settle()
  strip.focus({ preventScroll: true })
}

/** Say what came of a gesture; it is still said when the page has followed. */
export function say(answer) {
  const kept = { text: answer.said, files: answer.files, undo: answer.undo, isWrong: false, at: Date.now() }
  sessionStorage.setItem(KEPT, JSON.stringify(kept))
  show(kept)
  look()
}

/** Say why nothing came of it. A page that is older than its files is made anew. */
export function complain(error) {
  const kept = { text: sentence(error.message), isWrong: true, at: Date.now() }
  show(kept)
  if (!["stale", "gone"].includes(error.code)) return
  sessionStorage.setItem(KEPT, JSON.stringify(kept))
  // It follows by itself as a rule; a page that missed its change does so now.
  setTimeout(() => dispatchEvent(new Event("playbook:reload")), LONG_ENOUGH)
}

/** Words of the server as a sentence; the name of a file at its beginning stays as it is. */
export function sentence(text) {
  const first = /^\S*[/.]\S/.test(text) ? text.charAt(0) : text.charAt(0).toUpperCase()
  return first + text.slice(1) + (/[.!?…]$/.test(text) ? "" : ".")
}

async function takeBack(token) {
  try {
    say(await write("undo", { token }))
  } catch (error) {
    complain(error)
  }
  strip.focus({ preventScroll: true })
}

async function look() {
  let found
  try {
    found = await uncommitted()
  } catch {
    return
  }
  pending.replaceChildren()
  if (found.is_known && found.count) {
    const what = found.count === 1 ? "1 file is not committed" : `${found.count} files are not committed`
    const button = make("button", { type: "button", "aria-haspopup": "dialog", click: () => ask(found) }, "Commit…")
    pending.append(make("span", {}, what), button)
  }
  settle()
}

function ask(found) {
  const wrong = make("p", { class: "pbw-wrong", role: "alert" })
  const close = make("button", { type: "button", click: () => dialog.close() }, found.why_not ? "Close" : "Not now")
  const commit = make("button", { type: "submit", class: "pbw-main" }, "Commit")
  const more = found.count - found.files.length
  const inside = found.why_not
    ? [make("p", {}, sentence(found.why_not))]
    : [
        make("p", {}, "The message will be:"),
        make("pre", { tabindex: "0", "aria-label": "The message" }, found.message),
        make("details", {}, make("summary", {}, found.count === 1 ? "1 file" : `${found.count} files`),
          make("ul", {}, ...found.files.map((file) => make("li", {}, file)), ...(more ? [make("li", {}, `and ${more} more`)] : []))),
      ]
  const form = make("form", { method: "dialog", submit: send }, make("h2", { id: "playbook-commit" }, "Commit"), ...inside, wrong,
    make("div", { class: "pbw-buttons" }, ...(found.why_not ? [] : [commit]), close))
  const dialog = make("dialog", { class: "pbw-dialog", "aria-labelledby": "playbook-commit", close: () => dialog.remove() }, form)
  document.body.append(dialog)
  dialog.showModal()

  async function send(event) {
    event.preventDefault()
    commit.disabled = true
    try {
      const answer = await write("commit", { message: found.message })
      dialog.close()
      say(answer)
    } catch (error) {
      if (error.code === "stale") {
        dialog.close()
        complain({ message: error.message })
        return look()
      }
      wrong.textContent = sentence(error.message)
      commit.disabled = false
    }
  }
}

export function begin() {
  document.body.append(strip)
  const kept = JSON.parse(sessionStorage.getItem(KEPT) || "null")
  if (kept && Date.now() - kept.at < A_WHILE) show(kept)
  addEventListener("resize", settle)
  look()
}
