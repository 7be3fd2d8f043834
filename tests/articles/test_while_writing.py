"""Beside the text: suggestions, saving by itself, who else is there."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Edition, NamedInText, Presence
from pressoffice.accounts.models import User
from pressoffice.ledger.models import DifferenceAnswer
from pressoffice.publishing import moment
from pressoffice.publishing.models import AuditEntry
from tests import makers
from tests.articles.test_admin_writing import page_of, text_of

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]


@pytest.fixture
def desk(logged_in: Desk) -> Desk:
    def opened(user: User) -> Client:
        client = logged_in(user)
        client.cookies["django_language"] = "en"
        return client

    return opened


def ask(client: Client, edition: Edition, body: str, **more: str) -> Any:
    return client.post(reverse("admin:articles_edition_beside", args=[edition.pk]), {"body": body, **more})


@pytest.fixture
def draft(author: User) -> Edition:
    return makers.make_edition(state="draft", by=author, body="<p>Начало.</p>")


# --- suggestions ---------------------------------------------------------------------------------


def test_project_person_and_event_of_the_typed_text_are_offered(
    desk: Desk, author: User, draft: Edition
) -> None:
    makers.make_project("road", name_ru="Дорога Ош — Нарын")
    makers.make_person(slug="aida", name_ru="Аида Исакова")
    makers.make_event("forum", title_ru="Форум горной энергетики")

    text = ask(
        desk(author), draft, "<p>На Форуме горной энергетики Аида Исакова рассказала о дороге Ош — Нарын.</p>"
    ).text

    assert 'value="mark|mentions|road|0|дороге Ош — Нарын"' in text
    assert 'value="link|person|aida|0|Аида Исакова"' in text
    assert 'data-href="/ru/people/aida/"' in text
    assert 'value="link|event|forum|0|Форуме горной энергетики"' in text


def test_what_is_marked_or_linked_is_not_offered_again(desk: Desk, author: User, draft: Edition) -> None:
    makers.make_project("road", name_ru="Дорога Ош — Нарын")
    makers.make_person(slug="aida", name_ru="Аида Исакова")

    text = ask(
        desk(author),
        draft,
        '<p><a href="/ky/people/aida/">Аида Исакова</a> о '
        '<span data-project="road" data-relation="mentions">дороге Ош — Нарын</span>.</p>',
    ).text

    assert "Marked in the text" in text
    assert "Linked in the text" in text
    assert 'name="_take"' not in text


def test_without_script_a_button_saves_what_was_typed_and_marks_the_words(
    desk: Desk, author: User, draft: Edition
) -> None:
    makers.make_project("road", name_ru="Дорога Ош — Нарын")

    answer = desk(author).post(
        page_of(draft),
        text_of(
            draft, body="<p>Открыта дорога Ош — Нарын.</p>", _take="mark|mentions|road|0|дорога Ош — Нарын"
        ),
    )

    assert answer.url == f"{page_of(draft)}#beside"
    assert draft.passages.get().exact == "дорога Ош — Нарын"


def test_a_button_whose_words_are_gone_loses_nothing(desk: Desk, author: User, draft: Edition) -> None:
    makers.make_project("road")

    answer = desk(author).post(
        page_of(draft),
        text_of(draft, body="<p>Новый текст.</p>", _take="mark|mentions|road|0|дорога"),
        follow=True,
    )

    draft.refresh_from_db()
    assert draft.body == "<p>Новый текст.</p>"
    assert "nothing was marked" in answer.text


def test_the_event_of_the_text_becomes_the_statement_s_with_one_click(
    desk: Desk, author: User, draft: Edition
) -> None:
    event = makers.make_event("forum", title_ru="Форум горной энергетики")
    body = "<p>О Форуме горной энергетики.</p>"
    assert 'name="_event" value="forum"' in ask(desk(author), draft, body).text

    answer = ask(desk(author), draft, body, _event="forum")

    draft.statement.refresh_from_db()
    assert draft.statement.event == event
    assert AuditEntry.objects.about(draft.statement).newest_first()[0].reason == "event"
    assert 'name="_event"' not in answer.text


def test_who_may_not_change_the_statement_s_facts_does_not_set_its_event(
    desk: Desk, author: User, translator: User
) -> None:
    makers.make_event("forum", title_ru="Форум горной энергетики")
    draft = makers.make_edition(state="draft", by=author)
    body = "<p>О Форуме горной энергетики.</p>"

    assert 'name="_event"' not in ask(desk(translator), draft, body).text
    assert ask(desk(translator), draft, body, _event="forum").status_code == 403
    draft.statement.refresh_from_db()
    assert draft.statement.event is None


def test_strangers_and_readers_are_told_nothing(
    desk: Desk, stranger: User, reader: Client, draft: Edition
) -> None:
    for name in ("beside", "autosave", "here"):
        address = reverse(f"admin:articles_edition_{name}", args=[draft.pk])
        assert desk(stranger).post(address).status_code == 403
        assert reader.post(address, headers={"Sec-Fetch-Dest": "empty"}).status_code == 302
        assert desk(stranger).get(address).status_code in {403, 405}


def test_a_text_without_measure_is_not_looked_through(desk: Desk, author: User, draft: Edition) -> None:
    answer = ask(desk(author), draft, "<p>" + "x" * 500_001)

    assert answer.status_code == 200
    assert "too long to be looked through" in answer.text


def test_what_the_panel_costs_does_not_grow_with_what_is_named(
    desk: Desk, author: User, draft: Edition
) -> None:
    client = desk(author)

    def cost(number: int) -> int:
        names = [f"Дорога номер {chr(0x410 + each)}ндреево" for each in range(number)]
        for each, name in enumerate(names):
            project = makers.make_project(f"road-{number}-{each}", name_ru=name)
            edition = makers.make_edition(body=makers.body_about(project))
            indicator = makers.make_indicator(project)
            makers.make_measurement(indicator, edition.statement)
            makers.make_milestone_date(makers.make_milestone(project), edition.statement)
        body = "".join(f"<p>{name}: 250 км.</p>" for name in names)
        ask(client, draft, body)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ask(client, draft, body)
        return len(queries)

    assert cost(1) == cost(8)


@pytest.mark.parametrize(
    "odd",
    [
        {"_answer": "other"},
        {"_answer": "\x00:\x00"},
        {"_answer": "delete:" + "0" * 32},
        {"_event": "\x00"},
        {"_event": "../forum"},
        {"_event": "x" * 5_000},
        {"body": "\x00\ud7ff\ufffe<p"},
        {"body": "<ul>" * 30_000},
        {"body": ""},
    ],
)
def test_whatever_is_sent_is_answered(desk: Desk, author: User, draft: Edition, odd: dict[str, str]) -> None:
    assert ask(desk(author), draft, **{"body": "<p>Слова.</p>", **odd}).status_code == 200
    assert report(desk(author), draft, revision=odd.get("_answer", "9" * 40)).status_code == 200


# --- links to people and events ------------------------------------------------------------------


def test_a_link_to_a_person_is_plain_words_until_there_is_a_page(reader: Client) -> None:
    person = makers.make_person(slug="aida")
    link = '<a href="/ru/people/aida/">Аида</a>'
    edition = makers.make_edition(body=f"<p>Сказала {link}.</p>")
    assert NamedInText.objects.get().person == person

    assert link not in reader.get(edition.get_absolute_url()).text
    assert "Сказала Аида." in reader.get(edition.get_absolute_url()).text
    makers.make_edition(statement=makers.make_statement(speakers=[person]))

    assert link in reader.get(edition.get_absolute_url()).text


def test_a_link_to_an_event_dies_with_the_event(reader: Client, chief: User) -> None:
    event = makers.make_event("forum")
    link = '<a href="/ru/events/forum/">форум</a>'
    edition = makers.make_edition(body=f"<p>Прошёл {link}.</p>")
    assert link in reader.get(edition.get_absolute_url()).text

    event.remove(by=chief, reason="A mistake.")

    assert link not in reader.get(edition.get_absolute_url()).text
    assert "Прошёл форум." in reader.get(edition.get_absolute_url()).text


def test_a_deleted_person_takes_no_text_along(reader: Client) -> None:
    person = makers.make_person(slug="aida")
    edition = makers.make_edition(body='<p>Сказала <a href="/ru/people/aida/">Аида</a>.</p>')

    person.delete()

    assert "Сказала Аида." in reader.get(edition.get_absolute_url()).text


# --- what was said before ------------------------------------------------------------------------


@pytest.fixture
def road() -> Any:
    """A road of which 280 km were announced in public."""
    project = makers.make_project("road", name_ru="Дорога Ош — Нарын")
    speaker = makers.make_person("Aida Isakova")
    statement = makers.make_statement(speakers=[speaker], delivered_on=date(2024, 12, 11))
    makers.make_edition(statement=statement, body=makers.body_about(project, words="280 км дороги"))
    indicator = makers.make_indicator(project, name_ru="Длина дороги")
    makers.make_measurement(indicator, statement, value=Decimal(280), words="280 км дороги")
    milestone = makers.make_milestone(project, name_ru="Открытие движения")
    makers.make_milestone_date(
        milestone, statement, on=date(2030, 1, 1), precision="year", stated_on=date(2024, 12, 11)
    )
    return project


def test_the_panel_tells_what_was_last_said_of_a_project(
    desk: Desk, author: User, road: Any, draft: Edition
) -> None:
    text = ask(desk(author), draft, "<p>О дороге Ош — Нарын.</p>").text

    assert "What was last said" in text
    assert "<mark>280 км дороги</mark>" in text
    assert "Aida Isakova" in text
    assert "280\u00a0km" in text
    assert "planned: 2030" in text


def test_another_figure_than_the_last_public_one_is_shown_with_the_earlier_sentence(
    desk: Desk, author: User, road: Any, draft: Edition
) -> None:
    text = ask(desk(author), draft, "<p>Дорога Ош — Нарын: 250 км.</p>").text

    assert "Differs from what was public last" in text
    assert "Of the joint work the minister said this: <mark>280 км дороги</mark> are under way." in text
    assert "11 December 2024" in text


@pytest.mark.parametrize(
    "words",
    [
        "Дорога Ош — Нарын: 280 км.",
        "Дорога Ош — Нарын. Отремонтировано 250 км других дорог.",
        "Дорога Ош — Нарын: 250 МВт.",
        "По дороге Ош — Нарын едут в 2030 году.",
        "По дороге Ош — Нарын поедут в декабре 2030 года.",
        "О дороге Ош — Нарын говорили 5 мая 2026 года.",
    ],
)
def test_the_same_another_thing_and_another_unit_are_no_difference(
    desk: Desk, author: User, road: Any, draft: Edition, words: str
) -> None:
    assert "Differs" not in ask(desk(author), draft, f"<p>{words}</p>").text


def test_another_date_than_the_last_public_one_is_shown(
    desk: Desk, author: User, road: Any, draft: Edition
) -> None:
    text = ask(desk(author), draft, "<p>Открытие движения по дороге Ош — Нарын ждут в 2032 году.</p>").text

    assert "Differs" in text
    assert "<strong>2030</strong>" in text


def test_a_figure_that_is_not_public_yet_is_no_last_word(desk: Desk, author: User, draft: Edition) -> None:
    project = makers.make_project("road", name_ru="Дорога Ош — Нарын")
    hidden = makers.make_edition(state="scheduled", body=makers.body_about(project, words="280 км дороги"))
    makers.make_measurement(
        makers.make_indicator(project), hidden.statement, words="280 км дороги", stated_on=date(2026, 8, 22)
    )

    text = ask(desk(author), draft, "<p>Дорога Ош — Нарын: 250 км.</p>").text

    assert "Differs" not in text
    assert "280" not in text


def key_in(text: str) -> str:
    return text.partition('value="update:')[2].partition('"')[0]


def test_something_else_is_not_asked_again_for_these_words(
    desk: Desk, author: User, road: Any, draft: Edition
) -> None:
    client, body = desk(author), "<p>Дорога Ош — Нарын: 250 км.</p>"
    key = key_in(ask(client, draft, body).text)

    answered = ask(client, draft, body, _answer=f"other:{key}").text

    assert "something else, you said" in answered
    assert "It is an update" not in answered
    draft.write(by=author, body=body)
    assert "something else, you said" in client.get(page_of(draft)).text
    assert "It is an update" in ask(client, draft, body.replace("250", "240")).text
    assert "It is an update" in ask(client, draft, body, _answer=f"ask:{key}").text
    assert not DifferenceAnswer.objects.exists()


def test_an_update_leads_to_the_fact_with_its_indicator(
    desk: Desk, editor: User, author: User, road: Any, draft: Edition
) -> None:
    client, body = desk(editor), "<p>Дорога Ош — Нарын: 250 км.</p>"
    key = key_in(ask(client, draft, body).text)
    offered = ask(client, draft, body, _answer=f"update:{key}").text
    assert 'value="mark|figure|road|0|250 км"' in offered

    client.post(page_of(draft), text_of(draft, body=body, _take="mark|figure|road|0|250 км"))
    draft.refresh_from_db()
    page = client.get(page_of(draft)).text

    indicator = road.indicators.get()
    address = f"{reverse('admin:ledger_from_passage', args=[draft.pk, 1])}?indicator={indicator.pk}"
    assert address in page
    form = client.get(address).text
    assert f'<option value="{indicator.pk}" selected>' in form


def test_an_answer_to_what_is_not_asked_is_none(desk: Desk, author: User, road: Any, draft: Edition) -> None:
    text = ask(desk(author), draft, "<p>Дорога Ош — Нарын: 250 км.</p>", _answer="other:" + "0" * 32).text

    assert "nothing to answer" in text
    assert not DifferenceAnswer.objects.exists()


def test_a_difference_keeps_nobody_from_saving_and_submitting(
    desk: Desk, author: User, road: Any, draft: Edition
) -> None:
    desk(author).post(page_of(draft), text_of(draft, body="<p>Дорога Ош — Нарын: 250 км.</p>", _submit="1"))

    draft.refresh_from_db()
    assert draft.state == "submitted"


# --- saving by itself ----------------------------------------------------------------------------


def autosave(client: Client, edition: Edition, **changes: Any) -> Any:
    return client.post(
        reverse("admin:articles_edition_autosave", args=[edition.pk]), text_of(edition, **changes)
    )


def test_a_draft_is_saved_while_it_is_written(desk: Desk, author: User, draft: Edition) -> None:
    entries = AuditEntry.objects.count()

    answer = autosave(desk(author), draft, title="Половина")

    draft.refresh_from_db()
    assert answer.json()["revision"] == draft.revision
    assert answer.json()["said"].startswith("Saved at ")
    assert (draft.title, draft.updated_by) == ("Половина", author)
    assert AuditEntry.objects.count() == entries


def test_what_a_colleague_saved_meanwhile_is_not_overwritten(
    desk: Desk, author: User, other_author: User, draft: Edition
) -> None:
    opened = text_of(draft, title="Моё")
    draft.write(by=other_author, title="Чужое")

    answer = desk(author).post(reverse("admin:articles_edition_autosave", args=[draft.pk]), opened)

    assert answer.status_code == 409
    assert "other-author" in answer.json()["said"]
    draft.refresh_from_db()
    assert draft.title == "Чужое"


def test_the_same_text_sent_twice_is_no_conflict(desk: Desk, author: User, draft: Edition) -> None:
    sent = text_of(draft, title="Моё")
    address = reverse("admin:articles_edition_autosave", args=[draft.pk])
    client = desk(author)
    client.post(address, sent)

    assert client.post(address, sent).status_code == 200


def test_a_text_that_others_read_is_saved_by_the_button_only(
    desk: Desk, editor: User, author: User, draft: Edition
) -> None:
    draft.submit(by=author)

    assert autosave(desk(editor), draft, title="Иначе").status_code == 409
    draft.refresh_from_db()
    assert draft.title != "Иначе"
    assert "data-autosave" not in desk(editor).get(page_of(draft)).text


def test_what_cannot_be_saved_is_answered_with_the_reason(desk: Desk, author: User, draft: Edition) -> None:
    answer = autosave(desk(author), draft, embargo_until="1890-01-01T00:00")

    assert answer.status_code == 422
    assert "between 1991 and 2100" in answer.json()["said"]


def test_the_conflict_page_tells_who_saved(
    desk: Desk, author: User, other_author: User, draft: Edition
) -> None:
    opened = text_of(draft, body="<p>Моё начало.</p>")
    draft.write(by=other_author, body="<p>Чужое начало.</p>")

    page = desk(author).post(page_of(draft), opened)

    assert page.status_code == 409
    assert "Saved by: other-author" in page.text
    assert "</span>Чужое<span" in page.text
    assert "</span>Моё<span" in page.text
    # A page with two texts on it saves neither by itself.
    assert "data-autosave" not in page.text


# --- who else is there ---------------------------------------------------------------------------


def report(client: Client, edition: Edition, **more: str) -> Any:
    data = {"revision": str(edition.revision), **more}
    return client.post(reverse("admin:articles_edition_here", args=[edition.pk]), data)


def test_two_who_have_one_text_open_are_told(desk: Desk, author: User, editor: User, draft: Edition) -> None:
    desk(author).get(page_of(draft))

    assert "Open here as well" in desk(editor).get(page_of(draft)).text
    assert "author, since" in report(desk(editor), draft).text
    assert "editor, since" in report(desk(author), draft).text
    assert "author" not in report(desk(author), draft).text


def test_ones_own_second_window_is_called_so_and_counts_once_for_others(
    desk: Desk, author: User, editor: User, draft: Edition
) -> None:
    first, second = "a" * 16, "b" * 16
    assert "another window" not in report(desk(author), draft, window=first).text

    told = report(desk(author), draft, window=second).text
    assert "You have this open in another window." in told
    assert "Open here as well" not in told
    assert report(desk(editor), draft).text.count("author, since") == 1

    report(desk(author), draft, window=first, left="1")
    assert "another window" not in report(desk(author), draft, window=second).text
    assert "author, since" in report(desk(editor), draft).text


def test_a_page_that_reads_itself_anew_is_no_second_window(desk: Desk, author: User, draft: Edition) -> None:
    address = reverse("admin:articles_edition_change", args=[draft.pk])
    client = desk(author)
    client.get(address, headers={"X-Window": "a" * 16})

    assert "another window" not in report(client, draft, window="a" * 16).text

    client.get(address, headers={"X-Window": "no name"})
    assert "another window" in report(client, draft, window="a" * 16).text


@pytest.mark.parametrize("name", ["lead_image", "attachments", "gallery", "about"])
def test_a_choice_that_is_none_is_a_mistake_in_the_form(
    name: str, desk: Desk, author: User, draft: Edition
) -> None:
    address = reverse("admin:articles_edition_change", args=[draft.pk])

    answer = desk(author).post(address, text_of(draft, title="Иначе", **{name: "abc"}))

    assert answer.status_code == 422
    assert "Иначе" in answer.text
    draft.refresh_from_db()
    assert draft.title != "Иначе"


def test_a_text_saved_in_ones_other_window_is_not_called_somebody_elses(
    desk: Desk, author: User, draft: Edition
) -> None:
    begun_with = str(draft.revision)
    draft.write(by=author, title="Из другого окна")

    told = report(desk(author), draft, revision=begun_with).text
    assert "You have saved a newer text in another window" in told
    assert "A newer text is saved" not in told
    answer = desk(author).post(
        reverse("admin:articles_edition_autosave", args=[draft.pk]),
        text_of(draft, title="Здесь", revision=begun_with),
    )
    assert answer.status_code == 409
    assert "in another window meanwhile" in answer.json()["said"]


def test_whoever_left_or_fell_silent_is_no_longer_there(
    desk: Desk, author: User, editor: User, draft: Edition
) -> None:
    report(desk(author), draft)
    assert "author" in report(desk(editor), draft).text

    report(desk(author), draft, left="1")
    assert "author" not in report(desk(editor), draft).text

    report(desk(author), draft)
    Presence.objects.filter(user=author).update(seen_at=moment.now() - timedelta(minutes=5))
    assert "author" not in report(desk(editor), draft).text


def test_a_page_is_told_that_a_newer_text_is_saved(
    desk: Desk, author: User, other_author: User, draft: Edition
) -> None:
    assert "newer text" not in report(desk(author), draft).text
    begun_with = str(draft.revision)
    draft.write(by=other_author, title="Новее")

    assert "A newer text is saved: other-author" in report(desk(author), draft, revision=begun_with).text
