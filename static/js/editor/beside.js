// What stands beside the text follows it while it is written. Without this script the panel is that of the text
// as it was saved, and its buttons save first.
const PAUSE = 1000 // milliseconds without a change
const LONGEST_WAIT = 20_000

function start(section) {
  const panel = section.querySelector("[data-beside-panel]")
  const told = section.querySelector("[data-beside-told]")
  const form = document.querySelector("#edition_form")
  const textarea = form?.elements.body
  if (!textarea) return
  let pause
  let asking

  const say = (sentence) => {
    told.textContent = sentence
  }

  const show = (html) => {
    const content = document.createElement("template")
    content.innerHTML = html
    const answer = content.content.querySelector("[data-answer]")
    if (answer) {
      say(answer.textContent)
      answer.remove()
    }
    const made = document.createElement("div")
    made.append(content.content)
    if (made.innerHTML === panel.innerHTML) return
    const open = [...panel.querySelectorAll("details[open]")].map((details) => details.dataset.stays)
    const active = panel.contains(document.activeElement) ? document.activeElement : null
    const group = active?.closest("li")
    const place = group ? [...group.parentElement.children].indexOf(group) : -1
    panel.replaceChildren(...made.childNodes)
    for (const details of panel.querySelectorAll("details")) details.open = open.includes(details.dataset.stays)
    if (!active) return
    // Whoever works with the keyboard stays where they were: at the same control, or at the next one there is.
    const same = active.value && panel.querySelector(`button[value="${CSS.escape(active.value)}"]`)
    const item = panel.querySelectorAll("li")[Math.max(place, 0)]
    const next = same ?? item?.querySelector("button, a, summary") ?? panel.querySelector("button, a, summary")
    if (next) next.focus({ preventScroll: true })
    else section.querySelector("h2").focus()
  }

  const refresh = async (more = {}) => {
    clearTimeout(pause)
    asking?.abort()
    const mine = (asking = new AbortController())
    const late = setTimeout(() => mine.abort(), LONGEST_WAIT)
    const data = new FormData()
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
    data.set("body", textarea.value)
    for (const [name, value] of Object.entries(more)) data.set(name, value)
    panel.setAttribute("aria-busy", "true")
    try {
      const answer = await fetch(section.dataset.beside, { method: "POST", body: data, signal: mine.signal })
      if (!answer.ok || answer.redirected) throw new Error(`${section.dataset.beside}: ${answer.status}`)
      if (told.textContent === section.dataset.failed) say("")
      show(await answer.text())
    } catch {
      // A newer question took the place of this one; otherwise the panel says that it is not up to date.
      if (mine === asking) say(section.dataset.failed)
    } finally {
      clearTimeout(late)
      if (mine === asking) panel.removeAttribute("aria-busy")
    }
  }

  const later = () => {
    clearTimeout(pause)
    pause = setTimeout(refresh, PAUSE)
  }
  textarea.addEventListener("change", later)
  textarea.addEventListener("input", later)
  textarea.addEventListener("editor:read", later)
  document.addEventListener("edition:suggest", () => refresh())

  const ask = (name, detail) => {
    const event = new CustomEvent(name, { detail })
    textarea.dispatchEvent(event)
    return detail.done
  }

  const take = ({ dataset: { what, kind, key, nth, words, href, name } }) =>
    ask("editor:take", { what, kind, key, nth: Number(nth), words, href, name })

  section.addEventListener("click", (event) => {
    const button = event.target.closest("button[name], a[data-jump]")
    if (!button) return
    if (button.matches("a")) {
      const done = ask("editor:jump", { words: button.dataset.jump })
      if (done !== undefined) event.preventDefault()
      if (done === false) say(section.dataset.gone)
    } else if (button.name === "_take") {
      const done = take(button)
      // Without an editor the form is sent, and the server marks the words.
      if (done === undefined) return
      event.preventDefault()
      say(done ? section.dataset.marked : section.dataset.gone)
      refresh()
    } else if (button.name === "_take_all") {
      // Of the same words the last place first: the places before it keep their numbers.
      const carried = [...panel.querySelectorAll("[data-carried]")].sort((a, b) => b.dataset.nth - a.dataset.nth)
      const done = carried.map(take)
      if (done.every((each) => each === undefined)) return
      event.preventDefault()
      say(done.every(Boolean) ? section.dataset.marked : section.dataset.gone)
      refresh()
    } else {
      event.preventDefault()
      refresh({ [button.name]: button.value })
    }
  })
}

const section = document.querySelector("[data-beside]")
if (section) start(section)
