// What statements have beside the usual: project passages, pull quotes, pictures of the library.
import { Heading, Mark, Node } from "django-prose-editor/editor"

const fromData = (name) => ({
  default: null,
  parseHTML: (element) => element.dataset[name],
  renderHTML: (attributes) => ({ [`data-${name}`]: attributes[name] }),
})

export const Passage = Mark.create({
  name: "passage",
  // Above the link's, so that the mark is the outermost and a link within it goes.
  priority: 1100,
  inclusive: false,
  excludes: "passage link",
  addOptions: () => ({ names: new Map() }),
  addAttributes: () => ({ project: fromData("project"), relation: fromData("relation") }),
  parseHTML: () => [{ tag: "span[data-project]" }],
  renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],
  addMarkView() {
    return ({ HTMLAttributes, mark }) => {
      const dom = document.createElement("span")
      for (const [name, value] of Object.entries(HTMLAttributes)) dom.setAttribute(name, value)
      dom.title = this.options.names.get(mark.attrs.project) ?? mark.attrs.project
      return { dom, contentDOM: dom }
    }
  },
})

// A text's own heading is its title, so what is pasted begins one level lower.
export const Headings = Heading.configure({ levels: [2, 3] }).extend({
  parseHTML: () => [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: level < 3 ? 2 : 3 } })),
})

export const PullQuote = Node.create({
  name: "pullQuote",
  group: "block",
  content: "paragraph+",
  defining: true,
  parseHTML: () => [{ tag: "aside.pull-quote" }],
  renderHTML: () => ["aside", { class: "pull-quote" }, 0],
})

export const Picture = Node.create({
  name: "picture",
  group: "block",
  content: "inline*",
  isolating: true,
  draggable: true,
  addOptions: () => ({ thumbnails: "" }),
  addAttributes: () => ({ image: fromData("image") }),
  parseHTML: () => [
    {
      tag: "figure[data-image]",
      contentElement: (figure) => figure.querySelector("figcaption") ?? document.createElement("figcaption"),
    },
  ],
  renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes, ["figcaption", 0]],
  addNodeView() {
    return ({ node }) => {
      const dom = document.createElement("figure")
      const img = document.createElement("img")
      img.src = this.options.thumbnails.replace("TOKEN", node.attrs.image)
      img.alt = ""
      img.contentEditable = "false"
      const contentDOM = document.createElement("figcaption")
      dom.append(img, contentDOM)
      return { dom, contentDOM }
    }
  },
})
