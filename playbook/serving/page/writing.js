// Served pages only: boxes can be ticked, touches logged and items added, and the YAML files follow.

import { learn, make, partsOf, write } from "./asking.js"
import { keepDrafts, tools } from "./forms.js"
import { begin, complain, say } from "./strip.js"

const textOf = (item) => item.querySelector(".pb-item__text").textContent.trim()

/** The same item may stand on a page twice: below its heading, and where it waits. */
const samePlace = (place) => document.querySelectorAll(`.pb-item[data-pb-place="${CSS.escape(place)}"]`)

function mark(item, isDone, words) {
  item.classList.toggle("pb-item--done", isDone)
  item.classList.toggle("pb-item--open", !isDone)
  item.classList.remove("pb-item--skipped", "pb-item--waiting")
  const box = item.querySelector("input[type=checkbox]")
  box.checked = isDone
  const notes = item.querySelector(".pb-item__notes")
  if (!notes) return
  notes.querySelectorAll(".pb-due, .pb-due--waiting, .pb-done, .pb-skipped").forEach((note) => note.remove())
  if (isDone) notes.prepend(make("span", { class: "pb-done" }, words))
}

function enliven(item) {
  const { record, list, index } = partsOf(item.dataset.pbPlace)
  const box = item.querySelector("input[type=checkbox]")
  // What was kept stays kept; what was just written can be taken back.
  if (list === "promises" && box.checked) return
  let busy = false
  box.disabled = false
  box.setAttribute("aria-label", textOf(item))
  box.addEventListener("click", (event) => busy && event.preventDefault())
  box.addEventListener("change", async () => {
    busy = true
    const wanted = box.checked
    const gesture = list === "promises" ? "keep" : wanted ? "tick" : "untick"
    try {
      const answer = await write(gesture, { record, index, text: textOf(item) })
      const words = `${list === "promises" ? "kept" : "done"} ${answer.day}`
      samePlace(item.dataset.pbPlace).forEach((one) => mark(one, wanted, words))
      say(answer)
    } catch (error) {
      box.checked = !wanted
      complain(error)
    }
    busy = false
  })
}

// Where the page of a record has its buttons: below what stands under its name.
const HEADS = { people: "h1#person", goals: "h1#goal", events: "h1#event", organizations: "h1#organization", plays: "h1#play" }

function equip(source) {
  const record = source.dataset.pbRecord
  const kind = record.split("/")[0]
  const head = HEADS[kind] && document.querySelector(HEADS[kind])
  if (!head) return
  const row = tools(record, { touch: kind === "people", add: true })
  const below = head.closest("header") || (head.nextElementSibling?.matches("p.pb-card__meta") ? head.nextElementSibling : head)
  below.after(row)
}

document.querySelectorAll(".pb-item[data-pb-place]").forEach(enliven)
document.querySelectorAll(".pb-source[data-pb-record]").forEach(equip)
document.querySelectorAll(".pb-person[data-pb-place]").forEach((line) => {
  const name = line.querySelector(".pb-person__name").textContent
  line.append(tools(line.dataset.pbPlace, { touch: true, name }))
})
begin()
keepDrafts()
const records = [...document.querySelectorAll("[data-pb-place], [data-pb-record]")].map((one) => partsOf(one.dataset.pbPlace || one.dataset.pbRecord).record)
// A page that is older than the site learns nothing, and is made anew in a moment.
learn(records).catch(() => {})
