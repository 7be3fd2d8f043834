// Leads from a finding to its place: a paragraph in the editor, or a field. Without this script the link leads to
// the field that holds it. Beside a translation it also shows which paragraph of the original is its like.
const PARAGRAPHS = "p, h2, h3, figcaption"

const paragraphs = () =>
  [...document.querySelectorAll("#id_body_box :is(p, h2, h3, figcaption)")].filter((each) => each.textContent.trim())

function showInEditor(number) {
  const paragraph = paragraphs()[number]
  if (!paragraph) return false
  paragraph.scrollIntoView({ block: "center" })
  const box = document.getElementById("id_body_box")
  box.focus({ preventScroll: true })
  const selection = getSelection()
  selection.selectAllChildren(paragraph)
  selection.collapseToStart()
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
  // A second click on the same link changes no hash.
  if (link && link.hash === location.hash) setTimeout(lead)
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
