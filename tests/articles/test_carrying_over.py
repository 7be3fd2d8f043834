"""Passages of the original come over into a translation: its projects at once, its words by one click."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.beside import carried_from_the_original, panel_of, seen_in
from articles.models import Edition
from pressoffice.accounts.models import User
from projects.models import Project
from tests.makers import make_document, make_edition, make_image, make_project, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def road() -> Project:
    return make_project("road", name_ru="Трасса", name_en="Highway", name_ky="Жол")


def mark(words: str, relation: str = "mentions", code: str = "road") -> str:
    return f'<span data-project="{code}" data-relation="{relation}">{words}</span>'


def translated(original_body: str, body: str, author: User) -> Edition:
    original = make_edition(language="ru", title="Дорога", summary="Коротко", body=original_body)
    edition = original.statement.start_edition(language="en", by=author)
    edition.write(by=author, title="Road", summary="In short", body=body)
    return edition


def offered(edition: Edition) -> list[tuple[str, str, str | None]]:
    carried = carried_from_the_original(seen_in(edition, edition.body))
    return [(each.exact, each.relation, each.take and each.take.words) for each in carried]


def test_a_new_translation_speaks_of_the_projects_of_its_original(road: Project, author: User) -> None:
    bridge = make_project("bridge")
    original = make_edition(language="ru", body=f"<p>{mark('Трасса')} и {mark('мост', code='bridge')}.</p>")

    edition = original.statement.start_edition(language="en", by=author)

    assert edition.about_as_a_whole() == [road, bridge]
    assert edition.content_hash == edition._hash_of_content()


def test_a_new_translation_has_the_pictures_and_files_of_its_original(author: User) -> None:
    lead, photograph, document = make_image(), make_image(), make_document()
    original = make_edition(
        language="ru",
        lead_image=lead,
        gallery=[photograph],
        attachments=[document],
        notes_to_editors="По-русски.",
    )

    edition = original.statement.start_edition(language="en", by=author)

    assert edition.lead_image == lead
    assert [row.image for row in edition.gallery_rows.all()] == [photograph]
    assert list(edition.attachments.all()) == [document]
    assert (edition.notes_to_editors, edition.title, edition.body) == ("", "", "")
    assert edition.content_hash == edition._hash_of_content()


def test_marked_words_take_the_place_of_the_whole(road: Project, author: User) -> None:
    edition = translated(f"<p>{mark('Трасса')}.</p>", "<p>It is built.</p>", author)
    assert edition.about_as_a_whole() == [road]

    edition.write(by=author, body=f"<p>{mark('It')} is built.</p>", about=[road])

    assert [(passage.project, passage.exact) for passage in edition.passages.all()] == [(road, "It")]


def test_a_figure_is_found_by_its_value(road: Project, author: User) -> None:
    body = f"<p>Построим трассу, это {mark('280 километров', 'figure')}.</p>"
    edition = translated(body, "<p>In 2030 we build a highway of 280 kilometres.</p>", author)

    assert offered(edition) == [("280 километров", "figure", "280 kilometres")]


def test_a_name_is_found_in_the_same_paragraph(road: Project, author: User) -> None:
    body = f"<p>Трасса нужна.</p><p>Сегодня {mark('трассу открыли', 'completes')}.</p>"
    edition = translated(body, "<p>The highway is needed.</p><p>Today the highway was opened.</p>", author)

    [carried] = carried_from_the_original(seen_in(edition, edition.body))

    assert carried.take is not None
    assert (carried.take.words, carried.take.nth, carried.take.kind) == ("highway", 1, "completes")


def test_else_the_sentence_of_the_same_number_is_offered(road: Project, author: User) -> None:
    body = f"<p>Встретились. {mark('Её откроют')} осенью.</p>"
    edition = translated(body, "<p>They met. It opens in autumn.</p>", author)

    assert offered(edition) == [("Её откроют", "mentions", "It opens in autumn")]


@pytest.mark.parametrize(
    "body",
    [
        "<p>They met.</p><p>It opens in autumn.</p>",  # another number of paragraphs
        "<p>They met and it opens.</p>",  # another number of sentences
        '<p>They met. <a href="/en/">It opens in autumn.</a></p>',  # linked elsewhere
    ],
)
def test_nothing_is_offered_where_it_would_be_a_guess(body: str, road: Project, author: User) -> None:
    edition = translated(f"<p>Встретились. {mark('Её откроют')} осенью.</p>", body, author)

    assert offered(edition) == [("Её откроют", "mentions", None)]


def test_what_is_marked_is_not_offered_again(road: Project, author: User) -> None:
    body = f"<p>{mark('Трасса', 'announces')} – {mark('280 км', 'figure')}.</p>"
    edition = translated(body, f"<p>The {mark('highway', 'announces')} is 280 km long.</p>", author)

    assert offered(edition) == [("280 км", "figure", "280 km")]
    [row] = panel_of(seen_in(edition, edition.body)).projects
    assert (row.is_done, [offer.label for offer in row.offers]) == (False, ["Mark «280 km»: gives a figure"])


def test_the_original_is_offered_nothing_of_its_own(road: Project, author: User) -> None:
    original = make_edition(language="ru", state="draft", body=f"<p>{mark('Трасса')}.</p>")

    assert offered(original) == []


def test_all_are_marked_by_one_button_without_script(road: Project, author: User, client: Client) -> None:
    body = f"<p>{mark('Трасса', 'announces')} строится.</p><p>{mark('Трасса', 'progress')} готова.</p>"
    edition = translated(body, "<p>The highway is being built.</p><p>The highway is ready.</p>", author)
    sign_in(client, author)
    address = reverse("admin:articles_edition_change", args=[edition.pk])
    assert 'name="_take_all"' in client.get(address).content.decode()

    client.post(
        address,
        {
            "title": edition.title,
            "summary": edition.summary,
            "body": edition.body,
            "revision": edition.revision,
            "_take_all": "1",
        },
    )

    edition.refresh_from_db()
    assert edition.body == (
        f"<p>The {mark('highway', 'announces')} is being built.</p>"
        f"<p>The {mark('highway', 'progress')} is ready.</p>"
    )
