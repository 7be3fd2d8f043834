// One passage or link more, around words that were found in the text. Counts places as articles/marking.py does.
const ofWord = /[\p{L}\p{N}_]/u

function* placesOf(words, text) {
  for (let place = text.indexOf(words); place >= 0; place = text.indexOf(words, place + words.length)) {
    const before = text.slice(0, place).at(-1) ?? ""
    const after = text[place + words.length] ?? ""
    if (!ofWord.test(before) && !ofWord.test(after)) yield place
  }
}

// Where the words stand by themselves; `isFree`: neither in a passage nor in a link. The `nth` of them, from 0.
function find(editor, words, nth, isFree) {
  const { doc, schema } = editor.state
  let left = nth
  let found = null
  doc.descendants((node, position) => {
    if (found) return false
    if (!node.isTextblock) return true
    const text = node.textBetween(0, node.content.size, "", "\n")
    for (const place of placesOf(words, text)) {
      const from = position + 1 + place
      const to = from + words.length
      const isHeld = ["passage", "link"].some((name) => doc.rangeHasMark(from, to, schema.marks[name]))
      if (isFree && isHeld) continue
      if (left === 0) {
        found = { from, to }
        break
      }
      left -= 1
    }
    return false
  })
  return found
}

// `take`: what (mark or link), kind, key, nth, words, href, name. Whether the words still stood there.
export function takeUp(editor, take, { projectNames }) {
  const place = find(editor, take.words, take.nth, true)
  if (!place) return false
  const { marks } = editor.state.schema
  if (take.what === "mark") projectNames.set(take.key, take.name)
  const mark =
    take.what === "mark"
      ? marks.passage.create({ project: take.key, relation: take.kind })
      : marks.link.create({ href: take.href })
  editor.view.dispatch(editor.state.tr.addMark(place.from, place.to, mark).scrollIntoView())
  return true
}

// Selects the words, so that they can be written anew.
export function jumpTo(editor, words) {
  const place = find(editor, words, 0, false)
  if (!place) return false
  editor.chain().focus().setTextSelection(place).scrollIntoView().run()
  return true
}
