// Buttons over the text: one tab stop, arrow keys from one to the next.
import { markPassage, insertPicture, setLink } from "./questions.js"

const on = (change) => (editor) => change(editor.chain().focus()).run()
const within = (name, attributes) => (editor) => editor.isActive(name, attributes)

// name; icon of the font that comes with the editor, or words; what it does; when it is on, possible, there
const BUTTONS = [
  { name: "passage", icon: "flag", words: "passageShort", run: markPassage, isOn: within("passage") },
  null,
  { name: "bold", icon: "format_bold", run: on((chain) => chain.toggleBold()), isOn: within("bold") },
  { name: "italic", icon: "format_italic", run: on((chain) => chain.toggleItalic()), isOn: within("italic") },
  { name: "link", icon: "link", run: setLink, isOn: within("link") },
  null,
  {
    name: "heading2",
    sign: "H2",
    run: on((chain) => chain.toggleHeading({ level: 2 })),
    isOn: within("heading", { level: 2 }),
  },
  {
    name: "heading3",
    sign: "H3",
    run: on((chain) => chain.toggleHeading({ level: 3 })),
    isOn: within("heading", { level: 3 }),
  },
  {
    name: "bulletList",
    icon: "format_list_bulleted",
    run: on((chain) => chain.toggleBulletList()),
    isOn: within("bulletList"),
  },
  {
    name: "orderedList",
    icon: "format_list_numbered",
    run: on((chain) => chain.toggleOrderedList()),
    isOn: within("orderedList"),
  },
  { name: "quote", icon: "format_quote", run: on((chain) => chain.toggleBlockquote()), isOn: within("blockquote") },
  { name: "pullQuote", icon: "chat", run: on((chain) => chain.toggleWrap("pullQuote")), isOn: within("pullQuote") },
  null,
  { name: "picture", icon: "image", run: insertPicture },
  {
    name: "table",
    icon: "grid_on",
    run: on((chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true })),
    isPossible: (editor) => !editor.isActive("table"),
  },
  { name: "subscript", icon: "subscript", run: on((chain) => chain.toggleSubscript()), isOn: within("subscript") },
  {
    name: "superscript",
    icon: "superscript",
    run: on((chain) => chain.toggleSuperscript()),
    isOn: within("superscript"),
  },
  null,
  { name: "undo", icon: "undo", run: on((chain) => chain.undo()), isPossible: (editor) => editor.can().undo() },
  { name: "redo", icon: "redo", run: on((chain) => chain.redo()), isPossible: (editor) => editor.can().redo() },
  null,
  ...[
    ["addRow", (chain) => chain.addRowAfter()],
    ["addColumn", (chain) => chain.addColumnAfter()],
    ["removeRow", (chain) => chain.deleteRow()],
    ["removeColumn", (chain) => chain.deleteColumn()],
    ["removeTable", (chain) => chain.deleteTable()],
  ].map(([name, change]) => ({ name, words: name, run: on(change), isThere: within("table") })),
]

function drawn({ name, icon, sign, words }, texts) {
  const button = document.createElement("button")
  button.type = "button"
  button.className = `editor-toolbar__button editor-toolbar__button--${name}`
  if (icon || sign) {
    const picture = document.createElement("span")
    picture.className = icon ? "material-icons" : "editor-toolbar__sign"
    picture.setAttribute("aria-hidden", "true")
    picture.textContent = icon ?? sign
    button.append(picture)
  }
  if (words) button.append(texts[words])
  if (words !== name) {
    button.title = texts[`${name}Hint`] ?? texts[name]
    button.setAttribute("aria-label", button.title)
  }
  return button
}

export function addToolbar(editor, settings, before) {
  const bar = document.createElement("div")
  bar.className = "editor-toolbar"
  bar.setAttribute("role", "toolbar")
  bar.setAttribute("aria-label", settings.texts.toolbar)
  bar.setAttribute("aria-controls", editor.view.dom.id)
  const tools = []
  for (const tool of BUTTONS) {
    if (!tool) {
      const gap = document.createElement("span")
      gap.className = "editor-toolbar__gap"
      bar.append(gap)
      continue
    }
    const button = drawn(tool, settings.texts)
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") !== "true") tool.run(editor, settings)
    })
    tools.push({ ...tool, button })
    bar.append(button)
  }
  const there = () => tools.map(({ button }) => button).filter((button) => !button.hidden)
  const tabTo = (chosen) => {
    for (const { button } of tools) button.tabIndex = button === chosen ? 0 : -1
  }
  bar.addEventListener("keydown", (event) => {
    const shown = there()
    const now = shown.indexOf(document.activeElement)
    const next = {
      ArrowRight: shown[(now + 1) % shown.length],
      ArrowLeft: shown.at(now - 1),
      Home: shown[0],
      End: shown.at(-1),
    }[event.key]
    if (!next) return
    tabTo(next)
    next.focus()
    event.preventDefault()
  })
  const refresh = () => {
    for (const { button, isOn, isPossible, isThere } of tools) {
      if (isOn) button.setAttribute("aria-pressed", String(isOn(editor)))
      if (isPossible) button.setAttribute("aria-disabled", String(!isPossible(editor)))
      if (isThere) button.hidden = !isThere(editor)
    }
    const shown = there()
    if (!shown.some((button) => button.tabIndex === 0)) tabTo(shown[0])
  }
  editor.on("transaction", refresh)
  refresh()
  // Every new button is a stop of Tab: without this, there were thirteen before the text.
  tabTo(there()[0])
  before.before(bar)
}
