// The two forms: what passed between you and somebody, and one more thing to do. Each opens below its button.

import { make, write } from "./asking.js"
import { complain, say, sentence } from "./strip.js"

const DRAFTS = () => "playbook-drafts:" + location.pathname
const KINDS = {
  met: "Met", wrote: "Wrote to them", called: "Called", heard: "Heard from them", asked: "Asked for something",
  gave: "Gave something", received: "Received something", thanked: "Thanked them", updated: "Told them news",
  introduced: "Introduced them", note: "A note, no contact",
}
let count = 0

function field(label, name, control, hint = "") {
  const id = `playbook-field-${++count}`
  control.id = id
  control.name = name
  const described = hint ? make("small", { id: `${id}-hint` }, hint) : ""
  if (hint) control.setAttribute("aria-describedby", `${id}-hint`)
  return make("p", { class: "pbw-field" }, make("label", { for: id }, label), control, described)
}

const touchFields = () => [
  field("What it was", "kind", make("select", {}, ...Object.entries({ "": "As the words say", ...KINDS }).map(([value, text]) => make("option", { value }, text)))),
  field("When", "day", make("input", { value: "today", autocomplete: "off" }), "today, yesterday, tuesday, 18 Nov"),
  field("In a line", "what", make("textarea", { rows: "2", required: true }), "called, promised her the deck by friday"),
  field("What you promised", "promise", make("input", { autocomplete: "off" }), "may stay empty"),
  field("By when", "due", make("input", { autocomplete: "off" }), "friday, in 2 weeks, 5 Dec"),
]

const itemFields = () => [
  field("What is to be done", "what", make("input", { required: true, autocomplete: "off" })),
  field("By when", "due", make("input", { autocomplete: "off" }), "may stay empty; friday, in 2 weeks, or T-7 before the day"),
]

const FORMS = {
  touch: { text: "Log a touch", submitText: "Log it", fieldsOf: touchFields },
  add: { text: "Add an item", submitText: "Add it", fieldsOf: itemFields },
}

/** A button that opens the form of a gesture below `row`, with what is begun in it, and what reopens it with a draft. */
function opener(gesture, record, row, name, begun = {}) {
  const { text, submitText, fieldsOf } = FORMS[gesture]
  const key = [gesture, record, ...Object.values(begun)].join(" ")
  let form = null
  const button = make("button", { type: "button", class: "pbw-open", "aria-expanded": "false", click: toggle }, text)
  if (name) button.setAttribute("aria-label", `${text}: ${name}`)

  function close() {
    if (form) form.remove()
    form = null
    button.setAttribute("aria-expanded", "false")
  }

  function toggle() {
    if (form) return close()
    open()
    form.querySelector("select, input, textarea").focus()
  }

  function open(draft = begun) {
    const wrong = make("p", { class: "pbw-wrong", role: "alert" })
    const send = make("button", { type: "submit", class: "pbw-main" }, submitText)
    const cancel = make("button", { type: "button", click: leave }, "Cancel")
    form = make("form", { class: "pbw-form", "aria-label": name ? `${text}: ${name}` : text, submit, keydown }, ...fieldsOf(), wrong,
      make("div", { class: "pbw-buttons" }, send, cancel))
    form.dataset.pbwKey = key
    for (const [field, value] of Object.entries(draft)) if (form.elements[field]) form.elements[field].value = value
    row.after(form)
    button.setAttribute("aria-expanded", "true")

    function leave() {
      close()
      button.focus()
    }

    function keydown(event) {
      if (event.key === "Escape") leave()
    }

    async function submit(event) {
      event.preventDefault()
      if (send.getAttribute("aria-disabled")) return
      send.setAttribute("aria-disabled", "true")
      try {
        const said = Object.fromEntries([...new FormData(form)].filter(([field, value]) => value.trim() || field === "what"))
        const answer = await write(gesture, { record, ...said })
        leave()
        say(answer)
      } catch (error) {
        send.removeAttribute("aria-disabled")
        wrong.textContent = sentence(error.message)
        if (["stale", "gone"].includes(error.code)) complain(error)
      }
    }
  }
  openers.set(key, (draft) => form || open(draft))
  return button
}
const openers = new Map()

/** The buttons of a record, in a row of their own; a touch may be begun. */
export function tools(record, { touch, add, name = "", begun }) {
  const row = make("div", { class: "pbw-tools" })
  if (touch) row.append(opener("touch", record, row, name, begun))
  if (add) row.append(opener("add", record, row, name))
  return row
}

/** What is half written stays so while the page follows. */
export function keepDrafts() {
  addEventListener("playbook:leaving", () => {
    const drafts = [...document.querySelectorAll("form.pbw-form")].map((form) => [form.dataset.pbwKey, Object.fromEntries(new FormData(form))])
    if (drafts.length) sessionStorage.setItem(DRAFTS(), JSON.stringify(drafts))
  })
  const drafts = JSON.parse(sessionStorage.getItem(DRAFTS()) || "[]")
  sessionStorage.removeItem(DRAFTS())
  for (const [key, draft] of drafts) if (openers.has(key)) openers.get(key)(draft)
}
