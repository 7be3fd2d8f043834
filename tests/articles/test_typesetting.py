"""Line ends are a matter of the page: what is stored, sent, compared, searched and quoted keeps its words."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Edition
from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from pressoffice.publishing import moment
from tests.channels import under
from tests.makers import make_edition, make_project, make_statement, sign_in, somebody

pytestmark = pytest.mark.django_db

TITLE = "Дорога длиной 280 км — к 2030 г."
SUMMARY = "Её цена — 3 млрд сомов."
WORDS = "длина дороги — 280 км"
LONG = "Кызматташтыктарыбыздын жыйынтыгы"


@pytest.fixture
def edition() -> Edition:
    project = make_project("road")
    body = (
        f'<p>Сегодня <span data-project="{project.code}" data-relation="figure">{WORDS}</span>, '
        "сказал С. Жапаров.</p>"
    )
    return make_edition(language="ru", title=TITLE, summary=SUMMARY, body=body)


def shown(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return response.content.decode()


def main_of(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


def test_on_the_page_no_line_ends_before_a_dash_or_a_unit(edition: Edition) -> None:
    text = main_of(shown(edition.get_absolute_url()))

    assert ">Дорога длиной 280\u00a0км\u00a0— к\u00a02030\u00a0г.</h1>" in text
    assert "Её цена\u00a0— 3\u00a0млрд\u00a0сомов." in text
    assert ">длина дороги\u00a0— 280\u00a0км</a>, сказал С.\u00a0Жапаров." in text


def test_the_passage_keeps_its_anchor_and_its_words(edition: Edition) -> None:
    [passage] = edition.passages.all()

    assert passage.exact == WORDS
    assert f'id="{passage.anchor}"' in shown(edition.get_absolute_url())
    assert WORDS in shown(under("ru", "projects:project", "road"))


def test_lists_bind_the_headline_too(edition: Edition) -> None:
    assert "280\u00a0км\u00a0— к\u00a02030\u00a0г.</a>" in shown(under("ru", "articles:statement-list"))


@pytest.mark.parametrize("name", ["articles:feed", "projects:feed"])
def test_feeds_keep_plain_spaces(edition: Edition, name: str) -> None:
    assert "\u00a0км" not in shown(under("ru", name))


def test_what_machines_read_of_the_page_keeps_plain_spaces(edition: Edition) -> None:
    head = shown(edition.get_absolute_url()).partition("</head>")[0]

    assert head.count(TITLE) >= 3  # title, og:title, JSON-LD
    assert "\u00a0" not in head


def test_the_press_kit_keeps_plain_spaces(edition: Edition) -> None:
    answer = b"".join(Client().get(edition.get_press_kit_url()).streaming_content)  # type: ignore[attr-defined]

    with zipfile.ZipFile(io.BytesIO(answer)) as kit:
        pages = [kit.read(name).decode() for name in kit.namelist() if name.endswith((".html", ".txt"))]
    assert any(WORDS in page for page in pages)
    assert not any("280\u00a0км" in page for page in pages)


def test_nothing_that_is_stored_changes_when_the_page_is_read(edition: Edition) -> None:
    before = Edition.objects.filter(pk=edition.pk).values().get()

    shown(edition.get_absolute_url())

    assert Edition.objects.filter(pk=edition.pk).values().get() == before
    assert "\u00a0" not in before["title"] + before["summary"] + before["body"]


@pytest.mark.parametrize(
    "typed",
    [
        f"Сегодня {WORDS}",
        f"Сегодня {WORDS}".replace(" ", "\u00a0"),
        "«Сегодня длина дороги\u00a0— 280\u00a0км, сказал С.\u00a0Жапаров»",
        "Дорога длиной 280\u00a0км\u00a0— к 2030\u00a0г.",
        "Доро\u00adга длиной 280 км — к 2030 г.",
    ],
)
def test_words_copied_from_the_page_are_still_there(edition: Edition, typed: str) -> None:
    answer = Client().get(under("ru", "search:quote"), {"text": typed})

    [place] = answer.context["checked"].places
    assert place.edition == edition
    address = answer.content.decode().partition("#:~:text=")[2].partition('"')[0]
    assert address
    assert "%C2%A0" not in address
    assert "%C2%AD" not in address


@pytest.mark.parametrize("typed", ["280 км", "280\u00a0км", "Жапаров"])
def test_the_search_finds_it_as_ever(edition: Edition, typed: str) -> None:
    found = Client().get(under("ru", "search:search"), {"q": typed})

    assert edition.get_absolute_url() in found.content.decode()


def test_what_changed_is_told_of_the_words_alone() -> None:
    first = make_edition(
        language="ru", title=TITLE, body=f"<p>{WORDS}.</p>", at=moment.now() - timedelta(days=40)
    )
    second = make_edition(
        language="ru", statement=first.statement, title=TITLE, body="<p>длина дороги — 277 км.</p>"
    )

    text = main_of(shown(second.get_changes_url())).partition('<div class="pieces">')[2]
    assert "<del>" in text
    assert "\u00a0" not in text


def test_only_kyrgyz_headlines_may_part_within_a_word() -> None:
    kyrgyz = make_edition(language="ky", title=LONG)

    page = shown(kyrgyz.get_absolute_url())

    assert ">Кызмат\u00adташ\u00adтык\u00adта\u00adры\u00adбыздын жыйынтыгы</h1>" in page
    assert f"<title>{LONG}" in page


# --- quotation marks ---------------------------------------------------------------------------------


@pytest.fixture
def written(client: Client) -> Any:
    """`written(title)`: what the writer is told after saving a draft with that title."""
    author: User = somebody(roles.AUTHOR)
    sign_in(client, author)
    draft = make_edition(language="ru", state="draft", statement=make_statement(), by=author)

    def write(title: str) -> tuple[Edition, list[str]]:
        address = reverse("admin:articles_edition_change", args=[draft.pk])
        form = client.get(address).context["form"]
        data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
        data = {name: value for name, value in data.items() if value not in (None, "")}
        response = client.post(address, {**data, "title": title}, follow=True)
        draft.refresh_from_db()
        return draft, [str(message) for message in response.context["messages"]]

    return write


def test_the_writer_is_told_of_marks_that_are_not_of_the_language(written: Any) -> None:
    draft, told = written('Газета "Слово" пишет')

    assert any('"Слово" → «Слово»' in each for each in told)
    assert draft.title == 'Газета "Слово" пишет'


def test_the_writer_is_told_nothing_where_the_marks_are_right(written: Any) -> None:
    draft, told = written("Газета «Слово» пишет")

    assert draft.title == "Газета «Слово» пишет"
    assert not any("→" in each for each in told)
