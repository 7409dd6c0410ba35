// Served pages only: boxes can be ticked, touches logged and items added, and the YAML files follow.

import { learn, make, partsOf, write } from "./asking.js"
import { keepDrafts, tools } from "./forms.js"
import { begin, complain, say } from "./strip.js"

const textOf = (item) => item.querySelector(".pb-item__text").textContent.trim()
const BOXES = ".pb-item[data-pb-place], .pb-item[data-pb-owed]:not([data-pb-words])"
const placeOf = (item) => item.dataset.pbPlace || item.dataset.pbOwed || item.dataset.pbRecord

// What the box of an item in each list writes, and how its note begins then. What has no `open` stays done; what was just
// written can be taken back.
const LISTS = {
  checklist: { done: "tick", open: "untick", note: "done" },
  promises: { done: "keep", note: "kept" },
  follow_ups: { done: "follow-up", note: "done" },
  entries: { done: "thank", note: "thanked" },
  log: { done: "thank", note: "thanked" },
}

/** The same item may stand on a page twice: below its heading, and where it waits. Thanks are for all that is owed. */
function sameAs(item) {
  const place = placeOf(item)
  const { person } = partsOf(place)
  const isSame = (one) => placeOf(one) === place || (person && partsOf(placeOf(one)).person === person)
  return [...document.querySelectorAll(BOXES)].filter(isSame)
}

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
  const { record, list, index, person } = partsOf(placeOf(item))
  const { done, open, note } = LISTS[list]
  const box = item.querySelector("input[type=checkbox]")
  if (!open && box.checked) return
  let busy = false
  box.disabled = false
  box.setAttribute("aria-label", textOf(item))
  box.addEventListener("click", (event) => busy && event.preventDefault())
  box.addEventListener("change", async () => {
    busy = true
    const wanted = box.checked
    try {
      const answer = await write((!wanted && open) || done, { record, index, text: textOf(item), ...(person && { person }) })
      sameAs(item).forEach((one) => mark(one, wanted, `${note} ${answer.day}`))
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

document.querySelectorAll(BOXES).forEach(enliven)
document.querySelectorAll(".pb-source[data-pb-record]").forEach(equip)
document.querySelectorAll(".pb-person[data-pb-place]").forEach((line) => {
  const name = line.querySelector(".pb-person__name").textContent
  line.append(tools(line.dataset.pbPlace, { touch: true, name }))
})
// A line to write wants its words, so it has the form instead of a box.
document.querySelectorAll(".pb-item[data-pb-words]").forEach((item) => {
  const begun = { kind: "wrote", what: item.dataset.pbWords }
  item.querySelector(".pb-item__body").append(tools(item.dataset.pbOwed, { touch: true, name: textOf(item), begun }))
})
begin()
keepDrafts()
const records = [...document.querySelectorAll("[data-pb-place], [data-pb-owed], [data-pb-record]")].map((one) => partsOf(placeOf(one)).record)
// A page that is older than the site learns nothing, and is made anew in a moment.
learn(records).catch(() => {})
