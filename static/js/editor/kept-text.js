// What is typed stays in this browser until it is saved, and is offered again after a crash, a lost connection
// or a lost session. One entry for each time a page is opened: two windows do not overwrite one another.
// A draft is sent to the server as well, in pauses; once it says that it has the text, the copy here goes.
import { saveItself } from "./autosave.js"

const PREFIX = "press-office:text:"
const MOST_DAYS = 7
const PAUSE = 400 // milliseconds without a key

const entriesUnder = (prefix) => {
  const keys = Array.from({ length: localStorage.length }, (_each, index) => localStorage.key(index))
  return keys.filter((key) => key.startsWith(prefix)).map((key) => ({ key, ...JSON.parse(localStorage.getItem(key)) }))
}

function keep(key, entry) {
  try {
    localStorage.setItem(key, JSON.stringify(entry))
  } catch {
    // The browser's store is full or switched off: the page works without.
  }
}

const fieldsOf = (form) =>
  [...form.elements].filter(
    ({ name, type }) => name && !["hidden", "submit", "button"].includes(type) && name !== "csrfmiddlewaretoken",
  )

const nameOf = (field) => (field.type === "checkbox" ? `${field.name}=${field.value}` : field.name)

function valueOf(field) {
  if (field.type === "checkbox") return field.checked
  if (field.tagName !== "SELECT") return field.value
  return [...field.selectedOptions].filter(({ value }) => value).map(({ value, text }) => [value, text])
}

const read = (form) => Object.fromEntries(fieldsOf(form).map((field) => [nameOf(field), valueOf(field)]))

// Of fields that both have: which passages are asked about depends on the text that is saved.
const same = (one, other) =>
  Object.keys(one).every((name) => !(name in other) || JSON.stringify(one[name]) === JSON.stringify(other[name]))

function putBack(form, values) {
  for (const field of fieldsOf(form)) {
    const value = values[nameOf(field)]
    if (value === undefined) continue
    if (field.type === "checkbox") field.checked = value
    else if (field.tagName === "SELECT") {
      for (const [each, text] of value) {
        if (![...field.options].some((option) => option.value === each)) field.add(new Option(text, each))
      }
      for (const option of field.options) option.selected = value.some(([each]) => each === option.value)
      window.django?.jQuery?.(field).trigger("change")
    } else field.value = value
    field.dispatchEvent(new Event("editor:read"))
  }
}

const wordsOf = (html) => {
  const { body } = new DOMParser().parseFromString(html ?? "", "text/html")
  return [...body.children].map((block) => block.textContent).join("\n\n")
}

function offer(section, entry, { onBack, onAway }) {
  let time = section.querySelector("time")
  if (!time) {
    time = document.createElement("time")
    section.querySelector("[data-kept-at]").append(" ", time)
  }
  time.dateTime = entry.at
  // Figures only: browsers do not know the months in Kyrgyz.
  const figures = { dateStyle: "short", timeStyle: "short", timeZone: "Asia/Bishkek" }
  time.textContent = new Intl.DateTimeFormat("ru", figures).format(new Date(entry.at))
  section.querySelector("pre").textContent = [entry.values.title, entry.values.summary, wordsOf(entry.values.body)]
    .filter(Boolean)
    .join("\n\n")
  section.querySelector("[data-put-back]")?.addEventListener("click", onBack, { once: true })
  section.querySelector("[data-throw-away]").addEventListener("click", onAway, { once: true })
  section.hidden = false
}

function start(page) {
  const mine = `${PREFIX}${page.dataset.keptText}:`
  const saved = document.cookie.match(/(?:^|; )saved-text=(\w+)/)?.[1]
  const oldest = new Date(Date.now() - MOST_DAYS * 86_400_000).toISOString()
  for (const { key, id, at } of entriesUnder(PREFIX)) {
    if (at < oldest || (saved && id === saved)) localStorage.removeItem(key)
  }
  const key = `${mine}${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`
  const form = page.querySelector("form[data-kept-as]")
  const section = page.querySelector("[data-kept-offer]")
  let opened = form && read(form)
  let isUnsaved = page.querySelector(".errornote, .conflict") !== null
  let begun = form?.elements.revision.value

  const keepNow = () => {
    const values = read(form)
    if (!isUnsaved && same(values, opened)) {
      localStorage.removeItem(key)
      return false
    }
    const id = Math.random().toString(36).slice(2)
    form.elements.kept_as.value = id
    keep(key, { id, at: new Date().toISOString(), revision: begun, values })
    return true
  }

  const offerNewest = () => {
    section.hidden = true
    const others = entriesUnder(mine).filter((entry) => entry.key !== key && !(opened && same(opened, entry.values)))
    const newest = others.sort((one, other) => one.at.localeCompare(other.at)).at(-1)
    if (!newest) return
    offer(section, newest, {
      onBack: () => {
        putBack(form, newest.values)
        // Who saved in between is found out at saving, as if this page had never been left.
        begun = form.elements.revision.value = newest.revision
        atOnce()
        localStorage.removeItem(newest.key)
        section.hidden = true
        form.elements.title.focus()
      },
      onAway: () => {
        localStorage.removeItem(newest.key)
        offerNewest()
      },
    })
  }

  offerNewest()
  if (!form) return
  // A text that came back unsaved takes the place of its copy from before.
  for (const entry of entriesUnder(mine)) {
    if (!same(opened, entry.values)) continue
    if (isUnsaved) begun = entry.revision
    localStorage.removeItem(entry.key)
  }
  if (isUnsaved) keepNow()
  const server = saveItself(form, page.querySelector("[data-saved]"), {
    read: () => read(form),
    // The server has what `values` say: what was typed since then is still to be kept.
    onSaved: (values, revision) => {
      opened = values
      isUnsaved = false
      begun = form.elements.revision.value = String(revision)
      if (!keepNow()) form.dispatchEvent(new Event("edition:saved"))
      return !same(read(form), values)
    },
  })
  let pause = null
  const atOnce = () => {
    clearTimeout(pause)
    pause = null
    if (keepNow()) server?.later()
  }
  const later = () => {
    clearTimeout(pause)
    pause = setTimeout(atOnce, PAUSE)
  }
  form.addEventListener("input", later)
  form.addEventListener("change", later)
  window.django?.jQuery?.(form).on("change", "select", later)
  form.addEventListener("submit", (event) => {
    atOnce()
    const underWay = server?.underWay()
    if (underWay) {
      event.preventDefault()
      underWay.then(() => form.requestSubmit(event.submitter))
    } else server?.stop()
  })
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && pause !== null) atOnce()
  })
}

const page = document.querySelector("[data-kept-text]")
try {
  if (page) start(page)
} catch (error) {
  // Without a store in the browser the form works as ever.
  console.warn(error)
}
