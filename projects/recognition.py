"""Finds where known projects are spoken of in running text: Kyrgyz, Russian, English, inflected.

No dictionary. A word of the text matches a word of a name when both can be cut into one stem with endings
that belong to one paradigm (tables in `inflection`). Names are a trie of such words, so that the work grows
with the text and not with the number of projects.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from .inflection import ARTICLES, STEMS_OF_NAMES, STEMS_OF_WORDS, folded, is_ending_of_a_designation
from .models import ProjectAlias

if TYPE_CHECKING:
    from .querysets import ProjectQuerySet

# Between two words of one name: blanks (one line end at most), hyphens and dashes, quotation marks.
_BETWEEN = frozenset('-\u2010\u2011\u2012\u2013\u2014\u2015\u2212«»“”„‟‹›"')
_HYPHENS = frozenset("-\u2010\u2011")
_LONGEST_GAP = 6
_LETTERS = r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060])*"
_TOKEN = re.compile(rf"(?P<word>{_LETTERS})(?P<possessive>['’ʼ](?:{_LETTERS}))?|\d+|&")
_POSSESSIVE = re.compile(r"^['’ʼ]s?")
# What follows would make it the name of something else: Kambar-Ata-2, CASA-1000/2.
_GOES_ON = re.compile(r"[-\u2010-\u2012/]\d|[.,]\d")


@dataclass(frozen=True)
class KnownProject:
    """A project as texts speak of it. `names`: its name and aliases in the language of the text."""

    code: str
    names: tuple[str, ...] = ()
    label: str = ""


class Occurrence(NamedTuple):
    """text[start:end] speaks of `project`. `also`: other projects with the very same name."""

    project: KnownProject
    start: int
    end: int
    also: tuple[KnownProject, ...] = ()


def find_projects(text: str, language: str, projects: Iterable[KnownProject]) -> list[Occurrence]:
    """Where `projects` are spoken of in `text` ("ky", "ru" or "en"), in reading order, without overlap.

    Offsets count the characters of `text` as given. For several texts, keep one `Recogniser`.
    """
    return Recogniser(projects, language).find(text)


_CYRILLIC = re.compile("[\u0400-\u052f]")


class _Token(NamedTuple):
    word: str  # as folded
    start: int
    end: int
    glued_before: bool = False
    glued_after: bool = False
    is_number: bool = False


@dataclass
class _Node:
    """A place in the trie of names: which words may follow, under each of their stems."""

    next: dict[str, "_Node"] = field(default_factory=dict)
    by_stem: dict[str, list["_Node"]] = field(default_factory=dict)
    projects: list[KnownProject] = field(default_factory=list)
    shortened: list[KnownProject] = field(default_factory=list)  # which a shortened name may mean


class Recogniser:
    """`shortened`: whether names count that leave out some of their common words, as texts do once a thing
    has been named: "the Naryn cascade" of the "Naryn hydropower cascade". They are likely, not certain."""

    def __init__(self, projects: Iterable[KnownProject], language: str, *, shortened: bool = False) -> None:
        self.language = language
        self._stems: Callable[[str], frozenset[str]] = cache(STEMS_OF_WORDS[language])
        self._root = _Node()
        self._order: dict[KnownProject, int] = {}
        for project in projects:
            self._order.setdefault(project, len(self._order))
            for name in project.names:
                self._learn(name, project)
        if shortened:
            self._learn_shortened()

    def _learn_shortened(self) -> None:
        """What could mean two projects means none."""
        meant: dict[tuple[str, ...], set[KnownProject]] = {}
        for project in self._order:
            for name in project.names:
                for words in _shortened(name, self.language):
                    meant.setdefault(words, set()).add(project)
        for words, projects in meant.items():
            if len(projects) == 1:
                self._place_of(words).shortened += projects

    def _learn(self, name: str, project: KnownProject) -> None:
        words = [token.word for token in _tokens(name, self.language)]
        articles = ARTICLES[self.language]
        # "Plan A" ends with a letter, not with an article.
        words = [word for word in words[:-1] if word not in articles] + words[-1:]
        for spelling in {tuple(words), *_in_one_word(name, self.language)} - {()}:
            node = self._place_of(spelling)
            if project not in node.projects:
                node.projects.append(project)

    def _place_of(self, words: Iterable[str]) -> _Node:
        node = self._root
        for word in words:
            if word not in node.next:
                node.next[word] = _Node()
                for stem in STEMS_OF_NAMES[self.language](word):
                    node.by_stem.setdefault(stem, []).append(node.next[word])
            node = node.next[word]
        return node

    def find(self, text: str) -> list[Occurrence]:
        """The longest name wins where names overlap (by words, then by characters, then the earlier one)."""
        tokens = list(_tokens(text, self.language))
        found = [
            (position - last, occurrence.start - occurrence.end, occurrence)
            for position in range(len(tokens))
            for last, occurrence in [self._longest_at(position, tokens, text)]
            if occurrence is not None
        ]
        found.sort(key=lambda one: (one[0], one[1], one[2].start))
        taken = bytearray(len(text))
        kept = []
        for _words, _characters, occurrence in found:
            if not any(taken[occurrence.start : occurrence.end]):
                taken[occurrence.start : occurrence.end] = b"\x01" * (occurrence.end - occurrence.start)
                kept.append(occurrence)
        return sorted(kept, key=lambda occurrence: occurrence.start)

    def _longest_at(self, first: int, tokens: list[_Token], text: str) -> tuple[int, Occurrence | None]:
        if tokens[first].glued_before:
            return first, None
        articles = ARTICLES[self.language]
        reached = {first: [self._root]}  # by the token that would come next
        best: tuple[int, Occurrence | None] = (first, None)
        position = first - 1
        while reached:
            position += 1
            nodes = reached.pop(position, [])
            if not nodes or position == len(tokens):
                continue
            token = tokens[position]
            if position > first and not _may_stand_between(text[tokens[position - 1].end : token.start]):
                continue
            for last, word in _spelt(position, tokens, text):
                following = [
                    node
                    for before in nodes
                    for stem in self._stems(word)
                    for node in before.by_stem.get(stem, ())
                ]
                following = list({id(node): node for node in following}.values())
                projects = self._in_order(project for node in following for project in node.projects)
                if not projects and _names_something(tokens[first : last + 1], text):
                    projects = self._in_order(p for node in following for p in node.shortened)
                if projects and (best[1] is None or last > best[0]):
                    end = self._end_of_name(last, tokens, text)
                    if end:
                        start, end = _with_quotation_marks(tokens[first].start, end, text)
                        best = (last, Occurrence(projects[0], start, end, tuple(projects[1:])))
                if position > first and word in articles:
                    following += nodes  # "in the Almaty region" for "in Almaty region"
                if following:
                    reached.setdefault(last + 1, []).extend(following)
        return best

    def _in_order(self, projects: Iterable[KnownProject]) -> list[KnownProject]:
        """As they were learnt; the order of stems differs from process to process."""
        return sorted(set(projects), key=lambda project: self._order[project])

    def _end_of_name(self, position: int, tokens: list[_Token], text: str) -> int:
        """Where a name that ends with this token ends in the text; 0 if it goes on to be another name."""
        token = tokens[position]
        if position + 1 < len(tokens):
            ending = tokens[position + 1]
            glued = token.is_number and token.glued_after
            hyphened = text[token.end : ending.start] in _HYPHENS
            # "CASA-1000дин", "ЕАЭС-ке": the ending belongs to the words that speak of the project.
            if (glued or hyphened) and is_ending_of_a_designation(ending.word, self.language):
                return 0 if ending.glued_after else ending.end
        if token.glued_after or _GOES_ON.match(text, token.end):
            return 0
        return token.end


def _tokens(text: str, language: str) -> Iterator[_Token]:
    conjunction = {"en": "and", "ru": "и", "ky": "жана"}[language]
    matches = list(_TOKEN.finditer(text))
    for number, match in enumerate(matches):
        start, end = match.span()
        whole_end = end
        word = match["word"]
        if word is not None and match["possessive"]:
            if language == "en" and match["possessive"][1:].lower() == "s":
                end = match.end("word")  # the complex's cost: the complex is meant
            else:
                word = match.group()
        glued_before = bool(number) and matches[number - 1].end() == start
        glued_after = number + 1 < len(matches) and matches[number + 1].start() == whole_end
        if match.group() == "&":
            yield _Token(conjunction, start, end)
        else:
            yield _Token(
                folded(word or match.group(), language),
                start,
                end,
                glued_before=glued_before or text[start - 1 : start] == "_",
                glued_after=glued_after or text[whole_end : whole_end + 1] == "_",
                is_number=word is None,
            )


def _spelt(position: int, tokens: list[_Token], text: str) -> Iterator[tuple[int, str]]:
    """The word at `position`, with the place of its last token; then what is hyphened to it as one word:
    "Камбар-Атинская" is "Камбаратинская"."""
    word = tokens[position].word
    yield position, word
    for last in range(position + 1, len(tokens)):
        before, token = tokens[last - 1], tokens[last]
        if before.is_number or token.is_number or text[before.end : token.start] not in _HYPHENS:
            return
        word += token.word
        yield last, word


def _in_one_word(name: str, language: str) -> set[tuple[str, ...]]:
    """The words of a name with all that is hyphened in it as one, if anything is."""
    tokens = list(_tokens(name, language))
    words, position = [], 0
    while position < len(tokens):
        *_others, (last, word) = _spelt(position, tokens, name)
        words.append(word)
        position = last + 1
    return {tuple(words)} if len(words) < len(tokens) else set()


_ROUTE = re.compile(r"\s[-\u2010-\u2015\u2212]\s|[\u2012-\u2015\u2212]")
_MOST_WORDS_LEFT_OUT = 4
_ENDS_A_SENTENCE = re.compile(r"(?:^|[.!?…:\n])[\s«“„\"(–—-]*$")


def _shortened(name: str, language: str) -> Iterator[tuple[str, ...]]:
    """The name without some of its common words, and a route ("Almaty – Issyk-Kul") without all of them.

    Common is what begins small, and an abbreviation; the first word stays, common or not: what goes before a
    place's name ("expansion of") tells what of it is meant.
    """
    tokens = list(_tokens(name, language))
    proper = [n for n, token in enumerate(tokens) if not n or _is_proper(name, token)]
    common = [n for n in range(len(tokens)) if n not in proper]
    if len(common) > _MOST_WORDS_LEFT_OUT:
        return
    kept_of_them = [kept for count in range(1, len(common)) for kept in combinations(common, count)]
    for kept in kept_of_them:
        yield tuple(tokens[n].word for n in sorted((*proper, *kept)))
    if len(tokens) > 1 and name[tokens[0].end : tokens[1].start].isspace():
        proper = proper[1:]
    if 1 < len(proper) < len(tokens) and _ROUTE.search(name, tokens[proper[0]].start, tokens[proper[-1]].end):
        for kept in ((), (0,)):
            yield tuple(tokens[n].word for n in sorted({*proper, *kept}))


def _is_proper(name: str, token: _Token) -> bool:
    is_abbreviation = name[token.start : token.start + 2].isupper() and token.end > token.start + 1
    return token.is_number or (name[token.start].isupper() and not is_abbreviation)


def _names_something(tokens: list[_Token], text: str) -> bool:
    """Whether one of the words has a capital letter that is not a sentence's."""
    return len(tokens) > 1 and any(
        text[token.start].isupper()
        and not _ENDS_A_SENTENCE.search(text[max(0, token.start - 20) : token.start])
        for token in tokens
    )


def _may_stand_between(gap: str) -> bool:
    gap = _POSSESSIVE.sub("", gap, count=1)
    return (
        len(gap) <= _LONGEST_GAP
        and gap.count("\n") <= 1
        and all(character in _BETWEEN or character.isspace() for character in gap)
    )


def _with_quotation_marks(start: int, end: int, text: str) -> tuple[int, int]:
    """«Достук» көпүрөсү, not Достук» көпүрөсү."""
    for opening, closing in ("«»", "„“", "“”", "‹›"):
        words = text[start:end]
        if words.count(closing) > words.count(opening) and text[start - 1 : start] == opening:
            return start - 1, end
        if words.count(opening) > words.count(closing) and text[end : end + 1] == closing:
            return start, end + 1
    return start, end


def known_names(projects: "ProjectQuerySet", language: str) -> list[KnownProject]:
    """The projects as texts in `language` speak of them. Two queries.

    Aliases in Latin letters count in every language: Kyrgyz and Russian texts keep CASA-1000 as it is.
    """
    rows = list(projects.order_by("code").values_list("pk", "code", f"name_{language}"))
    names: dict[int, list[str]] = {pk: [name] for pk, _code, name in rows}
    aliases = ProjectAlias.objects.filter(project__in=list(names)).order_by("project", "pk")
    for pk, alias_language, text in aliases.values_list("project", "language", "text"):
        if alias_language == language or not _CYRILLIC.search(text):
            names[pk].append(text)
    return [
        KnownProject(code, tuple(dict.fromkeys(filter(None, names[pk]))), label=name)
        for pk, code, name in rows
    ]
