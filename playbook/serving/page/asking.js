// What the page asks of the server: what its files were when it was built, and what shall be written.

const tag = document.querySelector("script[data-playbook-token]")
const room = "/_playbook/"
const digests = new Map()
const AT_ONCE = 100

export class Refused extends Error {
  constructor(said, code) {
    super(said)
    this.code = code
  }
}

async function answerOf(request) {
  let answer
  try {
    answer = await request
  } catch {
    throw new Refused("playbook serve does not answer. Does it still run?", "away")
  }
  const told = await answer.json().catch(() => ({}))
  if (!answer.ok) throw new Refused(told.error || `The server said ${answer.status}.`, told.code || "")
  return told
}

/** `people/ada/promises/0` in parts; `events/camp/outcomes/follow_ups/0`, and `journal/2026/entries/3/ada` with whom to thank. */
export function partsOf(place) {
  const [kind, id, ...rest] = place.split("/")
  const [list, index, person] = rest[0] === "outcomes" ? rest.slice(1) : rest
  return { record: `${kind}/${id}`, list, index: Number(index), person }
}

/** Learn the digests of the files that the page shows. */
export async function learn(records) {
  const wanted = [...new Set(records)].filter((record) => !digests.has(record))
  for (let start = 0; start < wanted.length; start += AT_ONCE) {
    const query = new URLSearchParams({ version: tag.dataset.playbookVersion })
    for (const record of wanted.slice(start, start + AT_ONCE)) query.append("record", record)
    const told = await answerOf(fetch(`${room}state?${query}`))
    for (const [record, digest] of Object.entries(told.digests)) digests.set(record, digest)
  }
}

/**
 * Have a gesture carried out; where it names a record, with the digest of the file that the page was made from. The page
 * is not made anew before the answer is there: nobody would hear what came of it.
 */
export async function write(gesture, said) {
  dispatchEvent(new CustomEvent("playbook:writing", { detail: 1 }))
  try {
    return await carryOut(gesture, said)
  } finally {
    dispatchEvent(new CustomEvent("playbook:writing", { detail: -1 }))
  }
}

async function carryOut(gesture, said) {
  const body = { ...said }
  if (said.record) {
    await learn([said.record])
    body.digest = digests.get(said.record) || ""
  }
  const told = await answerOf(
    fetch(room + gesture, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Playbook-Token": tag.dataset.playbookToken },
      body: JSON.stringify(body),
    })
  )
  for (const [record, digest] of Object.entries(told.digests || {})) digests.set(record, digest)
  return told
}

export const uncommitted = () => answerOf(fetch(`${room}uncommitted`))

/** An element with its attributes and what is in it. */
export function make(name, attributes = {}, ...inside) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value)
    else if (value !== false) element.setAttribute(key, value === true ? "" : value)
  }
  element.append(...inside)
  return element
}
