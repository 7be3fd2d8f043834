"""WordPress eXtended RSS: the posts of a blog, one at a time, however long the file is."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from django.utils.translation import gettext as _

from .lines import LONGEST, Row

CHUNK = 256 * 1024
CONTENT = "http://purl.org/rss/1.0/modules/content/ encoded"
# The fields of a post that say something here, by the last part of their names.
WANTED = {
    "title": "title",
    "link": "url",
    "post_id": "id",
    "post_date_gmt": "published_at",
    "post_type": "post_type",
    "status": "status",
    "post_password": "password",
}
# [name …] and [/name] of what WordPress and its page builder put into a text; [[name]] shows itself.
SHORTCODE = re.compile(
    r"(?<!\[)\[/?(gallery|wp_caption|caption|embed|audio|video|playlist|vc_[a-z_]{1,40})(?:[\s/][^\[\]]*)?\](?!\])"
)


class _Posts:
    def __init__(self) -> None:
        self.done: list[dict[str, str]] = []
        self.post: dict[str, str] | None = None
        self.field = ""
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.words
        # Without a document type there are no entities that could grow or fetch anything.
        self.parser.StartDoctypeDeclHandler = self.refuse

    def refuse(self, *_declaration: object) -> None:
        raise ValueError(_("The file declares a document type."))

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "item":
            self.post = {}
        elif self.post is not None:
            last = name.rpartition(" ")[2]
            self.field = "body_html" if name == CONTENT else WANTED.get(last, "")

    def end(self, name: str) -> None:
        if name == "item" and self.post is not None:
            self.done.append(self.post)
            self.post = None
        self.field = ""

    def words(self, words: str) -> None:
        if self.post is not None and self.field and len(self.post.get(self.field, "")) <= LONGEST:
            self.post[self.field] = self.post.get(self.field, "") + words


def posts(path: Path, language: str) -> Iterator[Row]:
    """Posts that were public; drafts, pages and attachments are passed over. Paragraphs that WordPress keeps
    as empty lines become paragraphs."""
    reading = _Posts()
    number = 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(CHUNK)
            try:
                reading.parser.Parse(chunk, not chunk)
            except (expat.ExpatError, ValueError) as trouble:
                yield Row(path.name, {}, _("The file cannot be read on: %(reason)s.") % {"reason": trouble})
                return
            for post in reading.done:
                number += 1
                if post.get("status") == "publish" and post.get("post_type") == "post":
                    yield _row(f"{path.name}:{number}", post, language)
            reading.done.clear()
            if not chunk:
                return


def _row(where: str, post: dict[str, str], language: str) -> Row:
    html = post.get("body_html", "")
    if len(html) > LONGEST:
        return Row(where, {}, _("The text is longer than %(megabytes)s MB.") % {"megabytes": LONGEST >> 20})
    if post.get("password"):
        return Row(where, {}, _("It is protected by a password there."))
    shortcodes = tuple(dict.fromkeys(SHORTCODE.findall(html)))
    html = SHORTCODE.sub("", html)
    if "<p" not in html:
        html = "".join(f"<p>{part}</p>" for part in html.split("\n\n") if part.strip())
    moment = post.get("published_at", "").replace(" ", "T")
    return Row(
        where,
        {
            "id": f"wp-{post.get('id', '')}",
            "lang": language,
            "type": "news",
            "title": post.get("title", ""),
            "body_html": html,
            "url": post.get("url", ""),
            "published_at": f"{moment}Z" if moment else "",
        },
        left_out=tuple(_("the shortcode [%(name)s]") % {"name": name} for name in shortcodes),
    )
