"""What a step would do to readers, in one breath: written on the button before it is pressed."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pressoffice.publishing import moment
from pressoffice.publishing.admin_steps import moment_in_words
from pressoffice.publishing.languages import name_in_sentence
from pressoffice.publishing.periods import Standing
from projects.models import Project

from .models import Edition

# Whom the apps above this one would tell: asked with an edition and the step ("publish", "withdraw" or
# "remove"), each gives a sentence, or nothing.
_also: list[Callable[[Edition, str], str]] = []


def also(teller: Callable[[Edition, str], str]) -> None:
    if teller not in _also:
        _also.append(teller)


def _told_besides(edition: Edition, step: str) -> list[str]:
    return [sentence for teller in _also if (sentence := teller(edition, step))]


def _words(edition: Edition) -> dict[str, str]:
    return {"language": name_in_sentence(edition.language)}


def of_publication_now(edition: Edition) -> str:
    return " ".join([_("Goes public at once. Language: %(language)s.") % _words(edition), *_told(edition)])


def of_urgent_publication(edition: Edition) -> str:
    flag = _("Nobody else has read it: it stays flagged until somebody has.")
    return f"{of_publication_now(edition)} {flag}"


def of_scheduling(edition: Edition) -> str:
    begins = _("Goes public by itself at the moment you choose. Language: %(language)s.") % _words(edition)
    if edition.embargo_until:
        until = {"moment": moment_in_words(edition.embargo_until)}
        begins += " " + _("Not before the end of the embargo: %(moment)s, Bishkek time.") % until
    return " ".join([begins, *_told(edition)])


def of_what_is_scheduled(edition: Edition, at: datetime) -> str:
    """For those who look at a text whose moment is decided."""
    begins = _("Goes public on %(moment)s, Bishkek time. Language: %(language)s.")
    return " ".join([begins % {**_words(edition), "moment": moment_in_words(at)}, *_told(edition)])


def of_calling_off(edition: Edition) -> str:
    sentence = _("It does not go public on %(moment)s, Bishkek time. It is approved as before.")
    words = {"moment": moment_in_words(edition.live_from)} if edition.live_from else {"moment": "—"}
    stays = _("Version %(number)s stays in force.") % {"number": edition.base.number} if edition.base else ""
    return " ".join(filter(None, [sentence % words, stays]))


def of_withdrawal(edition: Edition) -> str:
    return " ".join(
        [
            _(
                "It stays readable in this language, under a notice that it no longer holds, "
                "with your reason."
            ),
            _("Feeds show it as withdrawn; the press kit goes; facts that rest on it are marked."),
            *_other_languages(edition),
            *_told_besides(edition, "withdraw"),
        ]
    )


def of_removal(edition: Edition) -> str:
    addresses = ngettext(
        "%(count)s version in this language disappears from pages, feeds, search and data.",
        "%(count)s versions in this language disappear from pages, feeds, search and data.",
        edition.number or 1,
    )
    return " ".join(
        [
            addresses % {"count": edition.number or 1},
            _(
                "Their addresses say why, or lead elsewhere. Nothing is deleted: "
                "a chief editor can restore them."
            ),
            *_other_languages(edition),
            *_told_besides(edition, "remove"),
        ]
    )


def _other_languages(edition: Edition) -> list[str]:
    """What goes on as it was, for whoever takes a text down: each language by itself. One query."""
    now, named = moment.now(), []
    others = Edition.objects.filter(statement=edition.statement_id, standing=Standing.IN_FORCE)
    for each in others.exclude(language=edition.language).order_by("language", "pk"):
        language = {"language": name_in_sentence(each.language)}
        if each.is_live(now):
            named.append(_("%(language)s is public") % language)
        elif each.live_from and each.live_from > now:
            words = {**language, "moment": moment_in_words(each.live_from)}
            named.append(_("%(language)s goes public on %(moment)s, Bishkek time") % words)
        elif each.state in Edition.UNPUBLISHED:
            named.append(_("%(language)s is in work") % language)
    return (
        [_("Other languages stay as they are: %(languages)s.") % {"languages": "; ".join(named)}]
        if named
        else []
    )


def _told(edition: Edition) -> list[str]:
    """Who is told of it, and what becomes of the edition before it. Two queries."""
    named = [
        f"«{project.name}»"
        for project in Project.objects.filter(passages__edition=edition).distinct().order_by("pk")
    ]
    sentences = [_("Feeds that will be told: all statements, and those of its kind, topics and speakers.")]
    if named:
        sentences.append(
            _("Projects whose pages and feeds will show it: %(projects)s.") % {"projects": ", ".join(named)}
        )
    sentences.extend(_told_besides(edition, "publish"))
    if edition.base:
        sentences.append(
            _("Version %(number)s gives way and stays readable under its own address.")
            % {"number": edition.base.number}
        )
        sentences.append(
            _("A minor change: no public date moves.")
            if edition.is_minor
            else _("The change note stands on the page and in the feeds for good.")
        )
    return sentences
