// What Word puts on the clipboard: lists as paragraphs that begin with a bullet, words that were struck out,
// comments, footnotes. Headings, lists, tables, emphasis and links stay; nothing else comes in with them.
import { Extension, Plugin } from "django-prose-editor/editor"

const isWord = (html) => /urn:schemas-microsoft-com|class="?'?Mso|mso-|<!--StartFragment/i.test(html)

const styleOf = (element) => element.getAttribute("style") ?? ""

const isItem = (element) =>
  element?.tagName === "P" && (/mso-list:\s*(?!none|skip)/i.test(styleOf(element)) || /MsoListParagraph/.test(element.className))

// 1 for a list's own items, 2 for those of a list within it.
const levelOf = (item) => Number(/\blevel(\d)/i.exec(styleOf(item))?.[1] ?? 1)

const MARKER = /^\s*(?:[·•▪◦§o–—-]|\(?(?:\d{1,3}|[ivxlc]{1,5}|[a-zа-я])[.)])[\s\u00a0]+/i
const NUMBER = /^\s*\(?(?:\d{1,3}|[ivxlc]{1,5}|[a-zа-я])[.)]/i

const unwrap = (element) => element.replaceWith(...element.childNodes)

// Struck out words, comments and what Word tells itself; of words that were put in the words.
function withoutRevisions(body) {
  for (const gone of body.querySelectorAll("del, .msoDel, .MsoCommentReference, [style*='mso-element:comment']")) gone.remove()
  for (const gone of body.querySelectorAll("[class*=MsoCommentText], style, script, meta, link, title, xml")) gone.remove()
  for (const put of body.querySelectorAll("ins, .msoIns")) unwrap(put)
}

// "[1]" stays where it stands and before its note, as words: an address within Word's file leads nowhere.
function withoutLinksIntoTheFile(body) {
  for (const link of body.querySelectorAll("a")) {
    const address = link.getAttribute("href") ?? ""
    if (!address || address.startsWith("#") || /^(?:file|about):/i.test(address)) unwrap(link)
  }
}

function renamed(element, name) {
  const other = document.createElement(name)
  other.append(...element.childNodes)
  element.replaceWith(other)
}

// The highest level used becomes h2 and every other one h3, as in imported files (articles/importing/structure.py).
function withLevels(body) {
  const headings = [...body.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  const highest = Math.min(...headings.map((each) => Number(each.tagName[1])))
  for (const each of headings) renamed(each, Number(each.tagName[1]) === highest ? "h2" : "h3")
}

function withHeadings(body) {
  // The editor would make the weight of a heading's style a mark within it.
  for (const heading of body.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    for (const bold of heading.querySelectorAll("b, strong")) unwrap(bold)
    for (const styled of heading.querySelectorAll("[style]")) styled.removeAttribute("style")
  }
  withLevels(body)
  for (const title of body.querySelectorAll("p.MsoTitle")) renamed(title, "h2")
}

function takeMarker(item) {
  const isOrdered = NUMBER.test(item.textContent)
  const markers = item.querySelectorAll('[style*="mso-list"]')
  for (const marker of markers) marker.remove()
  const first = document.createTreeWalker(item, NodeFilter.SHOW_TEXT).nextNode()
  if (first && !markers.length) first.data = first.data.replace(MARKER, "")
  return isOrdered ? "ol" : "ul"
}

// A run of Word's list paragraphs, as lists within one another.
function asLists(items) {
  const lists = []
  const open = []
  for (const item of items) {
    const level = levelOf(item)
    const kind = takeMarker(item)
    while (open.length && open.at(-1).level > level) open.pop()
    // Bullets after numbers of one level are another list.
    if (open.at(-1)?.level === level && open.at(-1).list.tagName !== kind.toUpperCase()) open.pop()
    if (open.at(-1)?.level !== level) {
      const list = document.createElement(kind)
      const within = open.at(-1)?.list.lastElementChild
      if (within) within.append(list)
      else lists.push(list)
      open.push({ level, list })
    }
    const li = document.createElement("li")
    const paragraph = document.createElement("p")
    paragraph.append(...item.childNodes)
    li.append(paragraph)
    open.at(-1).list.append(li)
  }
  return lists
}

function withLists(body) {
  for (const paragraph of [...body.querySelectorAll("p")]) {
    if (!paragraph.isConnected || !isItem(paragraph)) continue
    const items = []
    for (let next = paragraph; isItem(next); next = next.nextElementSibling) items.push(next)
    const place = document.createComment("list")
    paragraph.before(place)
    place.replaceWith(...asLists(items))
    for (const item of items) item.remove()
  }
}

export function fromWord(html) {
  const isOurs = /data-pm-slice/.test(html)
  if (isOurs || !(isWord(html) || /<h1[\s>]/i.test(html))) return html
  const body = new DOMParser().parseFromString(html, "text/html").body
  if (!isWord(html)) {
    withLevels(body)
    return body.innerHTML
  }
  withoutRevisions(body)
  withoutLinksIntoTheFile(body)
  withHeadings(body)
  withLists(body)
  return body.innerHTML
}

export const FromWord = Extension.create({
  name: "fromWord",
  addProseMirrorPlugins: () => [new Plugin({ props: { transformPastedHTML: fromWord } })],
})
