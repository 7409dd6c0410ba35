function follow(first) {
  // Served pages only: reloads when the site was built again, and shows what keeps it from being built.
  const place = "playbook-scroll:" + location.pathname
  const kept = sessionStorage.getItem(place)
  if (kept !== null) {
    sessionStorage.removeItem(place)
    addEventListener("load", () => scrollTo(0, Number(kept)))
  }
  let version = first.version
  let box = null

  function show(problems) {
    if (box) box.remove()
    box = null
    if (!problems.length) return
    box = document.createElement("aside")
    box.setAttribute("role", "status")
    box.id = "playbook-problems"
    box.style.cssText =
      "position:fixed;inset:auto 0 0 0;z-index:1000;max-height:45vh;overflow:auto;padding:14px 20px;font:14px/1.5 system-ui,sans-serif;" +
      "background:#fff7ed;color:#3b1d08;border-top:3px solid #b4461f;box-shadow:0 -2px 12px rgba(0,0,0,.2)"
    const title = document.createElement("strong")
    title.textContent =
      (problems.length === 1 ? "One thing keeps" : problems.length + " things keep") +
      " the site from being built. You are reading the last good one."
    box.append(title)
    const list = document.createElement("ul")
    list.style.cssText = "margin:6px 0 0;padding-left:18px;font-family:ui-monospace,monospace;font-size:13px;overflow-wrap:anywhere"
    for (const problem of problems) {
      const item = document.createElement("li")
      item.textContent = problem
      list.append(item)
    }
    box.append(list)
    document.body.append(box)
  }

  function take(message) {
    if (message.version !== version) {
      sessionStorage.setItem(place, String(scrollY))
      location.reload()
      return
    }
    show(message.problems)
  }

  const begin = () => show(first.problems)
  if (document.body) begin()
  else addEventListener("DOMContentLoaded", begin)
  const events = new EventSource("/_playbook/events")
  events.onmessage = (event) => take(JSON.parse(event.data))
  addEventListener("pagehide", () => events.close())
}
