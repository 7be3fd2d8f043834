"""What a reader finds on the pages of statements."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pressoffice.accounts import roles
from pressoffice.directory.models import Office
from pressoffice.publishing import moment
from tests.channels import under
from tests.makers import (
    body_about,
    in_three,
    make_edition,
    make_event,
    make_person,
    make_project,
    make_statement,
    somebody,
)

pytestmark = pytest.mark.django_db


def page(address: str, status: int = 200) -> str:
    response = Client().get(address)
    assert response.status_code == status
    return response.content.decode()


def corrected(edition, **content):
    author, editor = somebody(roles.AUTHOR), somebody(roles.EDITOR)
    following = edition.statement.start_edition(language=edition.language, by=author)
    following.write(by=author, **{"title": "Исправлено", "change_note": "Было 280, стало 277.", **content})
    following.submit(by=author)
    following.approve(by=editor)
    following.publish(by=editor)
    return following


def test_a_passage_leads_to_its_project_and_back():
    project = make_project("road")
    edition = make_edition(language="ru", body=body_about(project))

    shown = page(edition.get_absolute_url())
    assert '<a class="passage" id="passage-1" data-relation="figure" href="/ru/projects/road/"' in shown

    said = page(under("ru", "projects:project", "road"))
    assert f'href="{edition.get_absolute_url()}#passage-1"' in said
    assert "280 km of road" in said
    assert "Of the joint work the minister said this: " in said


def test_a_text_about_a_project_as_a_whole_says_so():
    project = make_project("road")
    make_edition(language="en", about=[project])

    assert "as a whole is about this project" in page(under("en", "projects:project", "road"))


def test_a_correction_is_told_on_the_page_and_the_old_version_stays():
    first = make_edition(language="ru", body="<p>280</p>", title="Как было")
    second = corrected(first, body="<p>277</p>")

    now = page(second.get_absolute_url())
    assert "Было 280, стало 277." in now
    assert "277</p>" in now
    old = page(first.get_version_url())
    assert "280</p>" in old
    assert "Было 280, стало 277." in old  # both lead to one another
    assert f'href="{second.get_absolute_url()}"' in old
    assert 'name="robots" content="noindex"' in old
    response = Client().get(under("ru", "articles:statement", first.statement.reference, first.slug))
    assert (response.status_code, response.headers["Location"]) == (301, second.get_absolute_url())


def test_a_minor_change_is_told_to_nobody():
    first = make_edition(language="ru")
    second = corrected(first, is_minor=True, change_note="Опечатка.")

    assert "Опечатка." not in page(second.get_absolute_url())


def test_a_withdrawn_text_stands_under_its_reason():
    edition = make_edition(state="withdrawn", language="ru")

    for address in (edition.get_absolute_url(), edition.get_version_url()):
        assert "The figures were wrong." in page(address)


def test_a_removed_text_answers_410_with_the_reason_under_each_of_its_addresses():
    edition = make_edition(state="removed", language="ru", title="Имя ребёнка")

    for address in (
        edition.get_absolute_url(),
        edition.get_version_url(),
        under("ru", "articles:statement", edition.statement.reference, "x"),
    ):
        shown = page(address, 410)
        assert "It named a private person." in shown
        assert "Имя" not in shown


def test_a_removed_text_may_lead_elsewhere():
    edition = make_edition(language="ru")
    edition.remove(by=somebody(roles.CHIEF_EDITOR), reason="Объединено.", redirect_to="/ru/statements/")

    response = Client().get(edition.get_absolute_url())

    assert (response.status_code, response.headers["Location"]) == (302, "/ru/statements/")


def test_a_removed_language_does_not_take_the_others_with_it():
    statement = make_statement()
    removed = make_edition(state="removed", statement=statement, language="ru")
    kept = make_edition(statement=statement, language="ky")

    page(removed.get_absolute_url(), 410)
    shown = page(kept.get_absolute_url())
    assert removed.slug not in shown
    page(under("en", "articles:statement", statement.reference, "x"), 404)


def test_a_translation_says_so_and_that_it_is_behind():
    statement = make_statement(original_language="ru")
    original = make_edition(statement=statement, language="ru", at=timezone.now() - timedelta(days=9))
    translation = make_edition(statement=statement, language="en", at=timezone.now() - timedelta(days=5))

    shown = page(translation.get_absolute_url())
    assert f'href="{original.get_absolute_url()}" lang="ru" hreflang="ru">Русский</a>' in shown
    assert '<span aria-current="true">English</span> <span class="statement__since"><time' in shown
    assert 'Русский</a> <span class="statement__since">original, ' in shown
    assert "The original has changed" not in shown

    corrected(original)
    assert "The original has changed" in page(translation.get_absolute_url())

    corrected(translation, title="Caught up")
    assert "The original has changed" not in page(
        statement.editions.live().get(language="en").get_absolute_url()
    )


def test_speakers_stand_in_the_office_they_held_then():
    person = make_person("Speaker", office="")
    for title, begin, end in [
        ("Deputy", date(2020, 1, 1), date(2023, 12, 31)),
        ("Minister", date(2024, 1, 1), None),
    ]:
        Office.objects.create(person=person, from_on=begin, until_on=end, **in_three("title", title))
    then = make_edition(
        language="en", statement=make_statement(delivered_on=date(2023, 12, 31), speakers=[person])
    )
    now = make_edition(
        language="en", statement=make_statement(delivered_on=date(2024, 1, 1), speakers=[person])
    )

    assert "Deputy (en)" in page(then.get_absolute_url())
    assert "Minister" not in page(then.get_absolute_url())
    assert "Minister (en)" in page(now.get_absolute_url())


def test_search_engines_hear_of_public_languages_only():
    statement = make_statement()
    russian = make_edition(statement=statement, language="ru")
    make_edition(statement=statement, language="ky", state="draft")

    shown = page(russian.get_absolute_url())

    assert f'<link rel="canonical" href="https://press.example{russian.get_absolute_url()}">' in shown
    assert 'hreflang="ru"' in shown
    assert 'hreflang="ky"' not in shown
    assert 'hreflang="en"' not in shown


def test_words_of_editors_are_words_and_no_markup():
    evil = '"><script>alert(1)</script>{{ 7 }}'
    event = make_event("visit", **in_three("title", evil), **in_three("venue", evil))
    project = make_project("road", **in_three("name", evil), **in_three("summary", evil))
    statement = make_statement(event=event, **in_three("place", evil))
    edition = make_edition(
        statement=statement,
        language="ru",
        title=evil,
        summary=evil,
        notes_to_editors=evil,
        media_contact=evil,
        body=body_about(project),
    )
    second = corrected(edition, title=f"{evil} 2", change_note=evil)
    second.withdraw(by=somebody(roles.EDITOR), reason=evil)

    for address in [
        second.get_absolute_url(),
        edition.get_version_url(),
        under("ru", "home"),
        under("ru", "articles:statement-list"),
        under("ru", "projects:project-list"),
        under("ru", "projects:project", "road"),
        under("ru", "events:event-list"),
        under("ru", "events:event", "visit"),
        under("en", "articles:statement", statement.reference, "x"),
    ]:
        shown = Client().get(address).content.decode()
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert(1)" in shown


def test_lists_are_in_the_order_of_first_publication():
    """A correction does not bring an old text to the top."""
    now = timezone.now()
    old = make_edition(language="ru", title="Старое", at=now - timedelta(days=9))
    new = make_edition(language="ru", title="Новое", at=now - timedelta(days=5))
    with moment.fixed(now):
        corrected(old, title="Исправленное старое")

    shown = page(under("ru", "articles:statement-list"))

    assert shown.index(new.title) < shown.index("Исправленное старое")


def test_twenty_on_a_page():
    for _each in range(21):
        make_edition(language="ru")

    first, second = (Client().get(under("ru", "articles:statement-list"), {"page": n}) for n in (1, 2))

    assert (len(first.context["page_obj"]), len(second.context["page_obj"])) == (20, 1)
    assert first.context["total"] == 21
    assert 'content="noindex"' in second.content.decode()
