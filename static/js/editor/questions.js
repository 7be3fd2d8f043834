// What the editor has to ask before it can do it.
import { addressOf } from "./addresses.js"
import { askForAddress, askForPassage, askForPicture } from "./dialogs.js"

// How much of the selected words helps to find the project they speak of.
const ENOUGH_WORDS = 400

// A selection without the blanks at its ends: whoever selects with double clicks takes one too many.
function words(editor) {
  const { from, to } = editor.state.selection
  const text = editor.state.doc.textBetween(from, to, "\n", "\n")
  return {
    from: from + text.length - text.trimStart().length,
    to: to - (text.length - text.trimEnd().length),
    text: text.trim(),
  }
}

function crossesBlocks(editor, { from, to }) {
  const begin = editor.state.doc.resolve(from)
  return !begin.parent.inlineContent || !begin.sameParent(editor.state.doc.resolve(to))
}

export async function markPassage(editor, settings) {
  const { texts, say, projectNames } = settings
  const current = editor.isActive("passage") ? editor.getAttributes("passage") : null
  const selected = words(editor)
  if (!current && !selected.text) return say(texts.selectFirst)
  if (!current && crossesBlocks(editor, selected)) return say(texts.oneParagraph)
  const answer = await askForPassage(settings, current, selected.text.slice(0, ENOUGH_WORDS))
  const chain = editor.chain().focus()
  if (answer) {
    if (current) chain.extendMarkRange("passage")
    else chain.setTextSelection(selected)
    if (answer.remove) chain.unsetMark("passage")
    else {
      projectNames.set(answer.project, answer.name)
      chain.unsetMark("link").setMark("passage", { project: answer.project, relation: answer.relation })
    }
  }
  chain.run()
  if (answer && !answer.remove) {
    // Beyond the words, so that what is typed next is no part of them.
    editor.chain().setTextSelection(editor.state.selection.to).unsetMark("passage").run()
  }
}

export async function setLink(editor, settings) {
  const { texts, say } = settings
  const current = editor.getAttributes("link").href
  if (!current && editor.state.selection.empty) return say(texts.selectLinkFirst)
  if (editor.isActive("passage")) return say(texts.noLinkInPassage)
  const typed = await askForAddress(settings, current)
  const chain = editor.chain().focus()
  if (typed !== null) {
    if (current) chain.extendMarkRange("link")
    if (typed) chain.setMark("link", { href: addressOf(typed) })
    else chain.unsetMark("link")
  }
  chain.run()
}

// Where a picture goes: after the paragraph, list or table of the cursor, which it would part otherwise.
// An empty paragraph gives it its place.
function placeForPicture(editor) {
  const { $from, $to } = editor.state.selection
  if ($to.depth === 0) return $to.pos
  if ($from.sameParent($to) && $to.depth === 1 && $to.parent.content.size === 0) {
    return { from: $to.before(1), to: $to.after(1) }
  }
  return $to.after(1)
}

export async function insertPicture(editor, settings) {
  const token = await askForPicture(settings)
  const chain = editor.chain().focus()
  if (token) chain.insertContentAt(placeForPicture(editor), { type: "picture", attrs: { image: token } })
  chain.run()
}
