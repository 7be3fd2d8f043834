// Sends a draft to the server while it is written. What it could not send stays in the browser (kept-text.js).
const PAUSE = 3000 // milliseconds without a change
const LONGEST = 20_000 // of typing without such a pause
const AGAIN = 15_000 // after a broken line

// `status`: where it is told. `read()`: the values of the form. `onSaved(values, revision)`: the server has them;
// it answers whether something was typed meanwhile.
export function saveItself(form, status, { read, onSaved }) {
  const address = form.dataset.autosave
  if (!address || !status) return null
  let pause
  let first = 0
  let isStopped = false

  const tell = (sentence, kind = "") => {
    status.textContent = sentence
    status.dataset.kind = kind
  }

  const wait = (milliseconds) => {
    clearTimeout(pause)
    if (!isStopped) pause = setTimeout(send, milliseconds)
  }

  let sending = null

  function send() {
    if (!isStopped && !sending) sending = deliver().finally(() => (sending = null))
  }

  async function deliver() {
    first = 0
    const values = read()
    let answer
    let told = {}
    try {
      answer = await fetch(address, { method: "POST", body: new FormData(form) })
      if (answer.headers.get("Content-Type")?.includes("json")) told = await answer.json()
    } catch {
      answer = null
    }
    form.toggleAttribute("data-unanswered", !answer || answer.status >= 500)
    if (isStopped) return
    if (answer?.ok && told.revision !== undefined) {
      tell(told.said, "saved")
      if (onSaved(values, told.revision)) wait(PAUSE)
    } else if (!answer || answer.status >= 500) {
      tell(form.dataset.noLine, "kept")
      wait(AGAIN)
    } else if (told.said) {
      tell(told.said, "kept")
      // Both texts are to be looked at first; anything else may be mended by going on writing.
      if (answer.status === 409) isStopped = true
    } else {
      tell(form.dataset.noSession, "kept")
      isStopped = true
    }
  }

  addEventListener("online", () => status.dataset.kind === "kept" && wait(0))
  return {
    later() {
      const now = Date.now()
      first ||= now
      wait(Math.max(0, Math.min(PAUSE, first + LONGEST - now)))
    },
    // What is on its way now; a form that overtook it would be in conflict with its own writer.
    underWay: () => sending,
    stop() {
      isStopped = true
      clearTimeout(pause)
    },
  }
}
