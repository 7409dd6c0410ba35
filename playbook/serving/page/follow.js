function follow(first) {
  // Served pages only: reloads when the site was built again, and shows what keeps it from being built.
  const key = () => "playbook-reader:" + location.pathname
  // Another change may come before the page is whole: what is to be put back is kept until it was.
  let toPutBack = sessionStorage.getItem(key())
  if (toPutBack !== null) {
    addEventListener("load", () => {
      sessionStorage.removeItem(key())
      putBack(JSON.parse(toPutBack))
      toPutBack = null
    })
  }
  let box = null
  let hidden = ""

  function make(name, text) {
    const element = document.createElement(name)
    if (text) element.textContent = text
    return element
  }

  // The box brings its own colours: it must be readable on any theme, and before there is one.
  const style = make(
    "style",
    "#playbook-problems{position:fixed;inset:auto 0 0 0;z-index:1000;box-sizing:border-box;max-height:45vh;overflow:auto;" +
      "padding:14px 20px;font:14px/1.5 system-ui,sans-serif;background:#fff7ed;color:#3b1d08;" +
      "border-top:3px solid #b4461f;box-shadow:0 -2px 12px rgba(0,0,0,.2)}" +
      "[data-md-color-scheme=slate] #playbook-problems,[data-bs-theme=dark] #playbook-problems{" +
      "background:#2b1a10;color:#ffe8d6;border-color:#f08a5d}" +
      "#playbook-problems ul{margin:6px 0 0;padding-left:18px;font:13px/1.5 ui-monospace,monospace;" +
      "overflow-wrap:anywhere;white-space:pre-wrap}" +
      "#playbook-problems button{float:right;margin:-4px -8px 0 12px;padding:4px 12px;min-height:32px;font:inherit;" +
      "color:inherit;background:none;border:1px solid currentColor;border-radius:4px;cursor:pointer}" +
      "@media print{#playbook-problems{display:none}}"
  )

  function hide() {
    if (box) box.remove()
    box = null
    document.body.style.paddingBottom = ""
    document.documentElement.style.removeProperty("--playbook-box")
  }

  function show(message) {
    hide()
    const count = message.problems.length
    const what = message.problems.join("\n")
    // Whoever has read it may put it away; it comes back with the next thing that is wrong.
    if (!count || what === hidden) return
    hidden = ""
    box = make("aside")
    box.id = "playbook-problems"
    box.setAttribute("role", "status")
    const close = make("button", "Hide")
    close.type = "button"
    close.addEventListener("click", () => {
      hidden = what
      hide()
    })
    const list = make("ul")
    for (const problem of message.problems) list.append(make("li", problem))
    box.append(style, close, make("strong", count === 1 ? "One thing is wrong. " : count + " things are wrong. "), message.shown, list)
    document.body.append(box)
    // What stands last on the page can still be read, above the box.
    document.body.style.paddingBottom = box.offsetHeight + "px"
    document.documentElement.style.setProperty("--playbook-box", box.offsetHeight + "px")
  }

  // The way to an element from the nearest one that has a name, or that shows a line of a file.
  function wayTo(element) {
    const steps = []
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (at.id) return ["#" + CSS.escape(at.id), ...steps].join(" > ")
      for (const name of ["place", "owed"]) {
        const place = at.getAttribute(`data-pb-${name}`)
        if (place) return [`[data-pb-${name}="${CSS.escape(place)}"]`, ...steps].join(" > ")
      }
      steps.unshift(`:nth-child(${[...at.parentElement.children].indexOf(at) + 1})`)
    }
    return ["body", ...steps].join(" > ")
  }

  // The boxes and buttons that follow an item's, then those before it: where that is gone, one of them is next.
  function nearTo(element) {
    const items = [...document.querySelectorAll(".pb-item, .pb-person")]
    const place = items.indexOf(element.closest(".pb-item, .pb-person"))
    if (place < 0) return []
    return [...items.slice(place + 1), ...items.slice(0, place).reverse()]
      .map((item) => item.querySelector("input[type=checkbox]:not(:disabled), .pbw-tools button"))
      .filter(Boolean)
      .slice(0, 20)
      .map(wayTo)
  }

  const foldedBy = (details) => details.querySelector("summary")?.textContent.trim()

  // Where the reader is: how far down, what is unfolded, where the keyboard is.
  function reader() {
    const at = document.activeElement
    const has = at && at !== document.body
    const isText = has && /^(text|search|)$/.test(at.type ?? "-")
    return {
      scroll: scrollY,
      open: [...document.querySelectorAll("details[open]")].map(foldedBy),
      focus: has ? [wayTo(at), ...nearTo(at)] : [],
      caret: isText ? [at.selectionStart, at.selectionEnd] : null,
    }
  }

  function putBack(was) {
    for (const details of document.querySelectorAll("details:not([open])")) {
      if (was.open.includes(foldedBy(details))) details.open = true
    }
    // A selector that leads to nothing (or to what takes no keys) gives way to the next; the strip is there last.
    const ways = was.focus.length > 1 ? [...was.focus, "#playbook-strip button"] : was.focus
    const at = ways.map((way) => document.querySelector(way)).find((one) => one && !one.disabled)
    if (at) {
      at.focus({ preventScroll: true })
      if (was.caret && at.matches(was.focus[0]) && at.setSelectionRange) at.setSelectionRange(...was.caret)
    }
    scrollTo(0, was.scroll)
  }

  function reload() {
    dispatchEvent(new Event("playbook:leaving"))
    sessionStorage.setItem(key(), toPutBack ?? JSON.stringify(reader()))
    location.reload()
  }

  // What a reader has begun comes first. A key that is struck while the page is made anew would be lost, or be taken for a
  // shortcut of the theme. A reload would overtake the page that was asked for: whoever has clicked a link would stay where
  // they were; a download asks in the same way and stays, so that this too passes.
  const TO_ACT = 700
  const TO_WRITE = 2500
  const TO_LEAVE = 10000
  const TO_ANSWER = 100 // and then it is looked again
  let heldUntil = 0
  let unanswered = 0 // what was sent to be written
  let waiting = null

  const hold = (time) => (heldUntil = Math.max(heldUntil, performance.now() + time))
  const isText = (element) => element.matches?.("input:not([type=checkbox]), textarea, select")

  function reloadWhenIdle() {
    clearTimeout(waiting)
    const left = Math.max(heldUntil - performance.now(), unanswered ? TO_ANSWER : 0)
    if (left > 0) waiting = setTimeout(reloadWhenIdle, left)
    else reload()
  }

  function take(message) {
    if (message.version === first.version) show(message)
    else reloadWhenIdle()
  }

  // A browser keeps few connections to one host: tabs that nobody looks at give theirs back.
  let events = null
  function listen() {
    if (events) events.close()
    events = null
    if (document.visibilityState === "hidden") return
    events = new EventSource("/_playbook/events")
    events.onmessage = (event) => take(JSON.parse(event.data))
  }

  function begin() {
    show(first)
    listen()
    document.addEventListener("visibilitychange", listen)
    addEventListener("playbook:reload", reloadWhenIdle)
    addEventListener("playbook:writing", (event) => (unanswered += event.detail))
    for (const name of ["keydown", "input", "pointerdown"]) {
      addEventListener(name, (event) => hold(isText(event.target) ? TO_WRITE : TO_ACT), true)
    }
    addEventListener("beforeunload", () => hold(TO_LEAVE))
    addEventListener("pagehide", () => events && events.close())
    addEventListener("pageshow", (event) => event.persisted && listen())
  }
  if (document.body) begin()
  else addEventListener("DOMContentLoaded", begin)
}
