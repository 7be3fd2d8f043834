"""What a body may be made of."""

import re

RELATIONS = frozenset({"mentions", "announces", "progress", "figure", "date", "changes", "completes"})
PROJECT_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
IMAGE_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
CONTEXT_LENGTH = 32  # characters of text before and after a passage that a text-quote selector keeps

RENAMED = {"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "b": "strong", "i": "em", "div": "p"}
INLINE = frozenset({"a", "strong", "em", "sub", "sup", "br", "span"})
TABLE = frozenset({"table", "thead", "tbody", "tr", "th", "td"})
# What may hold paragraphs; everything else that is a block holds words.
CONTAINERS = frozenset({"blockquote", "aside", "li", "td", "th"})
BLOCKS = frozenset({"p", "h2", "h3", "ul", "ol", "hr", "figure", "figcaption", *CONTAINERS, *TABLE})
VOID = frozenset({"br", "hr"})
SCHEMES = {"http", "https", "mailto", "tel"}
ATTRIBUTES = {
    "a": {"href"},
    "aside": {"class"},
    "figure": {"data-image"},
    "ol": {"start"},
    "span": {"data-project", "data-relation"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
DEEPEST = 60
BLANK = " \t\n\r\f"
