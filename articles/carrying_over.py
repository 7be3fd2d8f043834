"""Where a translation says what the original links to a project: the passages that it has still to take over.

Nothing is translated. What stands in the same paragraph decides: the same figure or day, then the project's
name, then the sentence of the same number, where both paragraphs have as many.
"""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from pressoffice.stated.mentions import mentions_in

from .bodies import text_and_marks
from .marking import LONGEST_WORDS, Take, free_place
from .models import Edition, Passage
from .recognition import Kind
from .recognition.sentences import sentences

if TYPE_CHECKING:
    from .beside import Seen

SAID_BY_A_FIGURE = {Passage.Relation.FIGURE, Passage.Relation.DATE}


class Span(NamedTuple):
    start: int
    end: int


class Carried(NamedTuple):
    """A passage of the original, and the words of the translation that say the same; None where none are
    found, or where they are marked or linked already."""

    project_code: str
    relation: str
    exact: str
    take: Take | None


class _Line(NamedTuple):
    begin: int
    text: str

    def sentences(self) -> list[Span]:
        return [Span(self.begin + start, self.begin + end) for start, end in sentences(self.text)]


def _lines(text: str) -> list[_Line]:
    begins, lines = 0, []
    for line in text.split("\n"):
        lines.append(_Line(begins, line))
        begins += len(line) + 1
    return lines


def carried_over(seen: "Seen", original: Edition) -> list[Carried]:
    """The passages of `original` that are not marked in the text yet, in the original's order. No query."""
    text, held = text_and_marks(original.body)
    theirs, mine = _lines(text), _lines(seen.text)
    marked = Counter((each.project_code, each.relation) for each in seen.held if each.project_code)
    found: list[Carried] = []
    taken: list[Span] = []
    for each in held:
        if not each.project_code:
            continue
        key = each.project_code, each.relation
        if marked[key] > 0:
            marked[key] -= 1
            continue
        exact = text[each.start : each.end]
        number = text.count("\n", 0, each.start)
        place = None
        if len(theirs) == len(mine):
            there, here = theirs[number], mine[number]
            candidates = _candidates(seen, original, key, exact, Span(each.start, each.end), there, here)
            place = next(
                (
                    (span, nth)
                    for span in candidates
                    if not any(span.start < other.end and other.start < span.end for other in taken)
                    and (nth := _free(seen, span)) is not None
                ),
                None,
            )
        if place is None:
            found.append(Carried(*key, exact, None))
            continue
        span, nth = place
        taken.append(span)
        found.append(
            Carried(*key, exact, Take("mark", each.relation, each.project_code, nth, _words(seen, span)))
        )
    return found


def _words(seen: "Seen", span: Span) -> str:
    return seen.text[span.start : span.end]


def _free(seen: "Seen", span: Span) -> int | None:
    words = _words(seen, span)
    return free_place(words, span.start, seen.text, seen.held) if len(words) <= LONGEST_WORDS else None


def _candidates(
    seen: "Seen",
    original: Edition,
    key: tuple[str, str],
    exact: str,
    passage: Span,
    there: _Line,
    here: _Line,
) -> Iterator[Span]:
    code, relation = key
    if relation in SAID_BY_A_FIGURE:
        yield from _figures(seen, original, exact, here)
    for named in seen.found:
        is_it = named.kind == Kind.PROJECT and named.key == code and not named.also
        if is_it and here.begin <= named.start and named.end <= here.begin + len(here.text):
            yield Span(named.start, named.end)
    theirs, mine = there.sentences(), here.sentences()
    if len(theirs) == len(mine):
        for sentence, same in zip(theirs, mine, strict=True):
            if sentence.start <= passage.start and passage.end <= sentence.end:
                yield _without_stop(seen.text, same)


def _figures(seen: "Seen", original: Edition, exact: str, here: _Line) -> Iterator[Span]:
    """From the first to the last of the values that the passage names, where one sentence has them all."""
    wanted = {
        (each.kind, each.value) for each in mentions_in(exact, original.language, stated_on=seen.stated_on)
    }
    if not wanted:
        return
    said = mentions_in(here.text, seen.language, stated_on=seen.stated_on)
    for sentence in here.sentences():
        spans = {
            (each.kind, each.value): Span(here.begin + each.start, here.begin + each.end)
            for each in said
            if sentence.start <= here.begin + each.start < sentence.end and (each.kind, each.value) in wanted
        }
        if len(spans) == len(wanted):
            yield Span(min(span.start for span in spans.values()), max(span.end for span in spans.values()))


def _without_stop(text: str, sentence: Span) -> Span:
    words = text[sentence.start : sentence.end]
    begin = sentence.start + len(words) - len(words.lstrip())
    return Span(begin, begin + len(words.strip().rstrip(".!?…")))
