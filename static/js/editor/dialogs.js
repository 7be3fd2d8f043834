// The editor's dialogs: which project and what the words do, which picture, which address.
import { addressOf } from "./addresses.js"

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}

let names = 0

const labelled = (text, control) => {
  control.id = `editor-dialog-${(names += 1)}`
  return make("p", {}, make("label", { htmlFor: control.id, textContent: text }), control)
}

// Shows a dialog; resolves to what `answer()` gives for the pressed button's value, or null.
function ask(title, content, buttons, answer) {
  return new Promise((resolve) => {
    const heading = make("h2", { textContent: title, id: `editor-dialog-${(names += 1)}` })
    const row = make(
      "div",
      { className: "editor-dialog__buttons" },
      ...buttons.map(([value, text], index) =>
        make("button", {
          type: value ? "submit" : "button",
          value,
          textContent: text,
          className: index ? "button button--quiet" : "button default",
          formNoValidate: value !== "set",
        }),
      ),
    )
    const form = make("form", { method: "dialog" }, heading, ...content, row)
    const dialog = make("dialog", { className: "editor-dialog" }, form)
    dialog.setAttribute("aria-labelledby", heading.id)
    row.querySelector('button[value=""]').addEventListener("click", () => dialog.close(""))
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      event.stopPropagation()
      dialog.close(event.submitter?.value ?? buttons[0][0])
    })
    dialog.addEventListener("close", () => {
      dialog.remove()
      resolve(dialog.returnValue ? answer(dialog.returnValue) : null)
    })
    // Outside the writing form: a form within a form is none.
    document.body.append(dialog)
    dialog.showModal()
  })
}

async function found(address, query) {
  const answer = await fetch(`${address}?${new URLSearchParams(query)}`, {
    headers: { Accept: "application/json" },
  })
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`)
  return answer.json()
}

// Calls `show` with what is found now and after each pause in typing; an answer that comes late is let go.
// Enter takes what is found for the words as they are, not for those of a moment ago.
function search(input, address, show, failed, query = {}) {
  let turn = 0
  let pause
  let sought
  let looking
  const look = async () => {
    clearTimeout(pause)
    const mine = (turn += 1)
    sought = input.value
    try {
      const { results, count } = await found(address, { ...query, q: sought })
      if (mine === turn) show(results, count - results.length)
    } catch {
      if (mine === turn) failed()
    }
  }
  input.addEventListener("input", () => {
    clearTimeout(pause)
    pause = setTimeout(() => (looking = look()), 180)
  })
  input.addEventListener("keydown", async (event) => {
    if (event.key !== "Enter") return
    event.preventDefault()
    if (sought !== input.value) looking = look()
    await looking
    if (input.isConnected) input.form.requestSubmit(input.form.querySelector("button[value=set]"))
  })
  looking = look()
}

const toldOf = (results, more, none, { more: words }) => {
  if (!results.length) return none
  return more > 0 ? words.replace("#", more) : ""
}

const option = ({ code, name }) => make("option", { value: code, textContent: name })

// `words`: the selected ones, in which the server may recognise a project.
export function askForPassage({ texts, relations, projects, projectNames, language }, current, words) {
  const input = make("input", { type: "search", autocomplete: "off" })
  const list = make("select", { size: 7, required: true })
  const relation = make(
    "select",
    {},
    ...relations.map(([value, text]) => make("option", { value, textContent: text })),
  )
  const status = make("p", { className: "editor-dialog__status" })
  status.setAttribute("role", "status")
  const kept = current && { code: current.project, name: projectNames.get(current.project) ?? current.project }
  if (current) relation.value = current.relation
  const show = (results, more) => {
    const chosen = list.value || current?.project
    // What is chosen stays in reach, whatever is searched for.
    const others = results.filter(({ code }) => code !== kept?.code)
    list.replaceChildren(...(kept ? [option(kept)] : []), ...others.map(option))
    const likely = results.find(({ recognised }) => recognised) ?? (input.value.trim() ? results[0] : undefined)
    list.value = [...list.options].some(({ value }) => value === chosen) ? chosen : (likely?.code ?? "")
    status.textContent = toldOf(results, more, texts.noProject, texts)
  }
  list.addEventListener("dblclick", () => list.form.requestSubmit())
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") list.focus()
  })
  const buttons = [["set", texts.markPassage], ...(current ? [["unset", texts.unmarkPassage]] : []), ["", texts.cancel]]
  const answer = ask(
    texts.passage,
    [
      ...(words ? [make("blockquote", { className: "editor-dialog__words", lang: language, textContent: words })] : []),
      labelled(texts.searchProject, input),
      status,
      labelled(texts.project, list),
      labelled(texts.relation, relation),
    ],
    buttons,
    (value) =>
      value === "unset"
        ? { remove: true }
        : { project: list.value, name: list.selectedOptions[0].textContent, relation: relation.value },
  )
  input.focus()
  search(input, projects, show, () => (status.textContent = texts.failed), { words, language })
  return answer
}

export function askForPicture({ texts, pictures }) {
  const input = make("input", { type: "search", autocomplete: "off" })
  const list = make("div", { className: "editor-dialog__pictures" })
  list.setAttribute("role", "radiogroup")
  list.setAttribute("aria-label", texts.picture)
  const status = make("p", { className: "editor-dialog__status" })
  status.setAttribute("role", "status")
  const show = (results, more) => {
    status.textContent = toldOf(results, more, texts.noPicture, texts)
    list.replaceChildren(
      ...results.map(({ token, title, thumb }, index) =>
        make(
          "label",
          {},
          make("input", { type: "radio", name: "editor-picture", value: token, checked: index === 0 }),
          make("img", { src: thumb, alt: "", loading: "lazy" }),
          make("span", { textContent: title }),
        ),
      ),
    )
  }
  const answer = ask(
    texts.picture,
    [labelled(texts.searchPicture, input), status, list],
    [["set", texts.insertPicture], ["", texts.cancel]],
    () => list.querySelector("input:checked")?.value ?? null,
  )
  input.focus()
  search(input, pictures, show, () => (status.textContent = texts.failed))
  return answer
}

export function askForAddress({ texts }, current) {
  const input = make("input", {
    type: "text",
    inputMode: "url",
    required: true,
    value: current ?? "",
    placeholder: "https://",
  })
  const check = () => input.setCustomValidity(!input.value.trim() || addressOf(input.value) ? "" : texts.noAddress)
  input.addEventListener("input", check)
  const buttons = [["set", texts.setLink], ...(current ? [["unset", texts.unsetLink]] : []), ["", texts.cancel]]
  const answer = ask(texts.link, [labelled(texts.address, input)], buttons, (value) =>
    value === "unset" ? "" : input.value.trim(),
  )
  input.focus()
  return answer
}
