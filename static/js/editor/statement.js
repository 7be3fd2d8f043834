// The body of a statement: without this script the textarea takes HTML and saves just the same.
import {
  Blockquote,
  Bold,
  BulletList,
  createTextareaEditor,
  Document,
  Dropcursor,
  Extension,
  Gapcursor,
  HardBreak,
  History,
  HorizontalRule,
  initializeEditors,
  Italic,
  Link,
  ListItem,
  OrderedList,
  Paragraph,
  Subscript,
  Superscript,
  Table,
  TableCell,
  TableHeader,
  TableRow,
  Text,
} from "django-prose-editor/editor"

import { Headings, Passage, Picture, PullQuote } from "./marks-and-blocks.js"
import { markPassage, setLink } from "./questions.js"
import { jumpTo, takeUp } from "./suggestions.js"
import { addToolbar } from "./toolbar.js"
import { FromWord } from "./word.js"

const HOOK = "data-statement-editor"

const keys = (settings) =>
  Extension.create({
    name: "statementKeys",
    // Before the link's own, which would open a dialog of the editor's.
    priority: 2000,
    addKeyboardShortcuts() {
      // Browsers tell of words selected by the key before only after this one.
      const asking = (question) => () => {
        setTimeout(() => question(this.editor, settings), 20)
        return true
      }
      return { "Mod-Alt-p": asking(markPassage), "Mod-k": asking(setLink) }
    },
  })

// Says of which project the words at the cursor speak: a mark's colour alone does not.
function tellPassage(editor, { say, texts, relations, projectNames }) {
  let told
  editor.on("transaction", () => {
    const { project, relation } = editor.isActive("passage") ? editor.getAttributes("passage") : {}
    const here = project ? `${projectNames.get(project) ?? project} · ${new Map(relations).get(relation)}` : ""
    if (here === told) return
    told = here
    say(here)
  })
}

function start(textarea) {
  if (textarea.closest(".prose-editor")) return
  const settings = JSON.parse(textarea.getAttribute(HOOK))
  settings.projectNames = new Map(settings.projectNames)
  settings.language = textarea.lang
  const status = document.createElement("p")
  status.className = "editor-status"
  status.setAttribute("role", "status")
  settings.say = (sentence) => {
    status.textContent = sentence
  }
  const editor = createTextareaEditor(textarea, [
    Document,
    Paragraph,
    Text,
    Dropcursor,
    Gapcursor,
    History,
    HardBreak,
    HorizontalRule,
    Bold,
    Italic,
    Subscript,
    Superscript,
    Headings,
    BulletList,
    OrderedList,
    ListItem,
    Blockquote,
    // Autolinks would make the mark go on into what is typed after it.
    Link.configure({ enableTarget: false, openOnClick: false, autolink: false }),
    Table,
    TableRow,
    TableHeader,
    TableCell,
    Passage.configure({ names: settings.projectNames }),
    PullQuote,
    Picture.configure({ thumbnails: settings.thumbnails }),
    FromWord,
    keys(settings),
  ])
  // As it is after every change, so that a copy kept in the browser can be compared with it.
  if (textarea.value) textarea.value = editor.getHTML()
  const box = editor.view.dom
  box.id = `${textarea.id}_box`
  box.setAttribute("role", "textbox")
  box.setAttribute("aria-multiline", "true")
  box.setAttribute("aria-label", settings.texts.text)
  box.setAttribute("spellcheck", "true")
  box.lang = textarea.lang
  const label = document.querySelector(`label[for="${textarea.id}"]`)
  label?.addEventListener("click", () => editor.commands.focus())
  const frame = textarea.closest(".prose-editor")
  addToolbar(editor, settings, box.parentElement === frame ? box : box.parentElement)
  frame.append(status)
  tellPassage(editor, settings)
  editor.on("update", () => textarea.dispatchEvent(new Event("change", { bubbles: true })))
  // Somebody else, such as the text kept in the browser, has set the textarea.
  // Asked from beside the text (beside.js); whoever asks reads `done`.
  textarea.addEventListener("editor:take", ({ detail }) => {
    detail.done = takeUp(editor, detail, settings)
  })
  textarea.addEventListener("editor:jump", ({ detail }) => {
    detail.done = jumpTo(editor, detail.words)
  })
  textarea.addEventListener("editor:read", () => editor.commands.setContent(textarea.value))
}

initializeEditors(start, `[${HOOK}]`)
