// Leads from a finding to its place: a paragraph in the editor, or a field. What a finding names word for word
// (`data-words`) is selected there. Without this script the link leads to the field that holds it. Beside a
// translation it also shows which paragraph of the original is its like.
const PARAGRAPHS = "p, h2, h3, figcaption"

const paragraphs = () =>
  [...document.querySelectorAll("#id_body_box :is(p, h2, h3, figcaption)")].filter((each) => each.textContent.trim())

let sought = "" // the words of the link that was followed

function rangeOf(words, paragraph) {
  let begin = paragraph.textContent.indexOf(words)
  if (!words || begin < 0) return null
  let end = begin + words.length
  const range = document.createRange()
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { length } = walker.currentNode
    if (begin >= 0 && begin < length) range.setStart(walker.currentNode, begin)
    if (end <= length) {
      range.setEnd(walker.currentNode, end)
      return range
    }
    begin -= length
    end -= length
  }
  return null
}

function showInEditor(number) {
  const paragraph = paragraphs()[number]
  if (!paragraph) return false
  paragraph.scrollIntoView({ block: "center" })
  const box = document.getElementById("id_body_box")
  box.focus({ preventScroll: true })
  const selection = getSelection()
  const range = rangeOf(sought, paragraph)
  selection.selectAllChildren(paragraph)
  if (range) selection.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset)
  else selection.collapseToStart()
  return true
}

function lead() {
  const name = location.hash.slice(1)
  const block = /^block-(\d+)$/.exec(name)
  if (block && document.getElementById("id_body_box")) {
    showInEditor(Number(block[1]))
    return
  }
  const place = name && document.getElementById(name)
  if (!place?.matches("input, textarea, select, [tabindex]")) return
  place.focus()
  const begin = sought && place.matches("input[type=text], textarea") ? place.value.indexOf(sought) : -1
  if (begin >= 0) place.setSelectionRange(begin, begin + sought.length)
}

function follow(original) {
  const box = document.getElementById("id_body_box")
  if (!box || !original) return
  document.addEventListener("selectionchange", () => {
    const node = getSelection().anchorNode
    const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node
    if (!element || !box.contains(element)) return
    const number = paragraphs().indexOf(element.closest(PARAGRAPHS))
    for (const each of original.querySelectorAll("[data-paragraph]")) {
      const here = Number(each.dataset.paragraph) === number
      if (here && !each.classList.contains("is-here")) {
        const text = each.closest(".facing__text")
        text.scrollTop = each.offsetTop - text.offsetTop - text.clientHeight / 3
      }
      each.classList.toggle("is-here", here)
    }
  })
}

// The editor is made by another module of the page, which may be later.
function start() {
  follow(document.querySelector("[data-original]"))
  if (location.hash) lead()
}

addEventListener("hashchange", lead)
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]')
  if (!link) return
  sought = link.dataset.words ?? ""
  // A second click on the same link changes no hash.
  if (link.hash === location.hash) setTimeout(lead)
})
if (document.getElementById("id_body_box") || !document.querySelector("[data-statement-editor]")) start()
else {
  const watch = new MutationObserver(() => {
    if (!document.getElementById("id_body_box")) return
    watch.disconnect()
    start()
  })
  watch.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["id"] })
}
