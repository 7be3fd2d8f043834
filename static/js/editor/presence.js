// Tells that this window has the text open, and shows where else it is open. Locks nothing.
const EVERY = 20_000 // milliseconds; articles/models/presence.py forgets whoever is silent for longer

function start(page) {
  const shown = page.querySelector("[data-present]")
  const form = page.querySelector("#edition_form")
  const address = page.dataset.here
  const told = (more = {}) => {
    const data = new FormData()
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
    data.set("window", page.dataset.window)
    data.set("revision", form.elements.revision.value)
    for (const [name, value] of Object.entries(more)) data.set(name, value)
    return data
  }
  const report = async () => {
    try {
      const answer = await fetch(address, { method: "POST", body: told() })
      form.toggleAttribute("data-unanswered", answer.status >= 500)
      if (!answer.ok || answer.redirected) return
      const html = (await answer.text()).trim()
      if (html !== shown.dataset.last) {
        shown.dataset.last = html
        shown.innerHTML = html
      }
    } catch {
      // No line: the next report tells, and saving asks first (js/admin/line.js).
      form.toggleAttribute("data-unanswered", true)
    }
  }
  shown.setAttribute("role", "status")
  report()
  setInterval(report, EVERY)
  document.addEventListener("edition:present", report)
  addEventListener("pageshow", (event) => event.persisted && report())
  addEventListener("pagehide", () => navigator.sendBeacon(address, told({ left: "1" })))
}

const page = document.querySelector("[data-here]")
if (page) start(page)
