// Word pastes lists as paragraphs that begin with a bullet or a number: make lists of them.
import { Extension, Plugin } from "django-prose-editor/editor"

const isItem = (element) =>
  element.tagName === "P" &&
  (/mso-list/i.test(element.getAttribute("style") ?? "") || /MsoListParagraph/.test(element.className))

export function withLists(html) {
  const body = new DOMParser().parseFromString(html, "text/html").body
  for (const paragraph of [...body.querySelectorAll("p")]) {
    if (!paragraph.isConnected || !isItem(paragraph)) continue
    const words = paragraph.textContent.trim()
    const list = document.createElement(/^\(?\d+[.)]/.test(words) ? "ol" : "ul")
    paragraph.before(list)
    let next = paragraph
    while (next && isItem(next)) {
      const item = next
      next = item.nextElementSibling
      for (const marker of item.querySelectorAll('[style*="mso-list"]')) marker.remove()
      const first = document.createTreeWalker(item, NodeFilter.SHOW_TEXT).nextNode()
      if (first) first.data = first.data.replace(/^\s*(?:[·•o§–-]|\(?\d+[.)])[\s\u00a0]+/, "")
      const li = document.createElement("li")
      li.append(...item.childNodes)
      item.remove()
      list.append(li)
    }
  }
  return body.innerHTML
}

export const WordLists = Extension.create({
  name: "wordLists",
  addProseMirrorPlugins: () => [new Plugin({ props: { transformPastedHTML: withLists } })],
})
