"""The page and the suggestions: what they cost, what they say, and what nobody can make them do."""

from datetime import date, timedelta
from string import printable
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pressoffice.accounts import roles
from pressoffice.publishing import moment
from tests.channels import under
from tests.makers import (
    in_three,
    make_agreement,
    make_edition,
    make_event,
    make_person,
    make_project,
    make_statement,
    make_topic,
    somebody,
)

pytestmark = pytest.mark.django_db


def searched(words: str, language: str = "ru", **more: str):
    return Client().get(under(language, "search:search"), {"q": words, **more})


def test_the_words_looked_for_are_marked_and_everything_is_escaped():
    make_edition(
        title="Мост <b>& «дорога»",
        summary="У моста",
        body="<p>По дорогам &lt;script&gt;alert(1)&lt;/script&gt; к мосту</p>",
    )

    page = searched("дорога мост").content.decode()

    assert "<mark>Мост</mark> &lt;b&gt;&amp; «<mark>дорога</mark>»" in page
    assert "У <mark>моста</mark>" in page
    assert "<mark>дорогам</mark> &lt;script&gt;" in page
    assert "<script>" not in page


def test_a_snippet_is_cut_where_the_words_stand():
    filling = "Погода хорошая и ничего не случилось. " * 40
    make_edition(title="Обзор", summary="Разное", body=f"<p>{filling}Тоннель пройден вчера. {filling}</p>")

    (result,) = searched("тоннель").context["results"]
    shown = "".join(piece.text for piece in result.snippet)

    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 260
    assert [piece.text for piece in result.snippet if piece.is_marked] == ["Тоннель"]


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>"])
def test_what_was_typed_is_given_back_as_text(words):
    page = searched(words).content.decode()

    assert words not in page
    assert 'type="search" name="q" value="' in page


def test_an_event_that_moved_is_found_at_its_new_day_and_says_so():
    event = make_event("briefing", **in_three("title", "Брифинг"))
    event.starts_at += timedelta(days=3)
    event.ends_at += timedelta(days=3)
    event.save()
    event.write_down("change", by=somebody(roles.EDITOR), columns=["starts_at", "ends_at"])

    page = searched("брифинг").text

    assert f'<time datetime="{timezone.localdate(event.starts_at)}">' in page
    assert "Перенесено" in page


def test_a_statement_shows_the_day_on_which_lists_show_it():
    edition = make_edition(statement=make_statement(delivered_on=date(2024, 5, 1)), title="Мост")

    page = searched("мост").text

    assert f'<time datetime="{timezone.localdate(edition.public_since)}">' in page


def test_filters_by_kind_and_year():
    make_project("most", **in_three("name", "Мост"))
    for year in (2024, 2025, 2025):
        make_edition(statement=make_statement(delivered_on=date(year, 5, 1)), title="Мост")

    everything = searched("мост")
    of_a_year = searched("мост", what="statement", year="2025")
    of_none = searched("мост", year="2020")

    assert dict(everything.context["years"]) == {2025: 2, 2024: 1}
    assert [(value, count) for value, _label, count in everything.context["kinds"]] == [
        ("statement", 3),
        ("project", 1),
    ]
    assert of_a_year.context["total"] == 2
    assert [chip.value for chip in of_a_year.context["chosen"]] == ["Заявления", "2025"]
    assert of_none.context["total"] == 0
    assert [chip.value for chip in of_none.context["chosen"]] == ["2020"]


@pytest.mark.parametrize("asked", [{"what": "secret"}, {"year": "²"}, {"year": "9" * 5000}, {"year": "-1"}])
def test_an_odd_filter_is_named_and_left_out(asked):
    make_edition(title="Мост")

    page = searched("мост", **asked)

    assert page.status_code == 200
    assert page.context["total"] == 1
    assert len(page.context["problems"]) == 1


def test_a_long_list_has_pages_and_no_more_of_them():
    for number in range(25):
        make_edition(title=f"Мост {number}")

    first, second, third = (searched("мост", page=number) for number in "123")

    assert (len(first.context["results"]), len(second.context["results"])) == (20, 5)
    assert third.status_code == 404
    assert "q=%D0%BC%D0%BE%D1%81%D1%82" in first.content.decode()


def test_answers_are_for_people_and_not_for_search_engines():
    make_edition(title="Мост")

    for page in (searched("мост"), searched("")):
        assert page.status_code == 200
        assert '<meta name="robots" content="noindex">' in page.content.decode()
        assert page.headers["Cache-Control"] == "public, no-cache"


def test_the_form_by_itself_may_be_found():
    content = Client().get(under("ru", "search:search")).content.decode()

    assert "noindex" not in content
    assert '<meta property="og:title" content="Поиск по сайту">' in content
    assert f'hreflang="ky" href="https://press.example{under("ky", "search:search")}"' in content


def test_an_empty_box_asks_nothing():
    with CaptureQueriesContext(connection) as queries:
        page = searched("  ")

    assert page.status_code == 200
    assert len(queries) == 0


def test_where_nothing_is_found_the_page_says_so():
    page = Client().get(under("en", "search:search"), {"q": "xyzzy"}).content.decode()

    assert "Nothing public in this language holds these words." in page
    assert under("en", "articles:statement-list") in page


def test_a_result_leads_to_its_thing():
    person, topic = make_person("Соловьёва"), make_topic("Water")
    edition = make_edition(statement=make_statement(speakers=[person], topics=[topic]), title="О погоде")
    project, event = make_project("road"), make_event("visit")
    make_agreement("treaty", projects=[project])

    def first(words: str) -> str:
        return searched(words).context["results"][0].url

    assert first("погода") == edition.get_absolute_url()
    assert first("road") == under("ru", "projects:project", "road")
    assert first("visit") == under("ru", "events:event", event.code)
    assert first("treaty") == under("ru", "agreements:agreement", "treaty")
    assert first("water") == under("ru", "topics:topic", "water")
    assert first("соловьева") == under("ru", "people:person", person.slug)


def test_every_page_has_the_box_and_the_page_of_the_search_has_one():
    home = Client().get(under("ky", "home")).content.decode()
    missing = Client().get("/ky/nowhere/").content.decode()
    own = searched("мост").content.decode()

    for page in (home, missing, own):
        assert page.count('role="search"') == 1
        assert page.count('name="q"') == 1
    assert f'action="{under("ky", "search:search")}"' in home


HOSTILE = {
    "quotes": "\"'`«»",
    "FTS5": 'NEAR("a" "b", 2) AND title_words : x* OR - ^ + {a b}',
    "tsquery": "a & !b | (c <-> d):*A \\ '",
    "SQL": "'; DROP TABLE search_entry; --",
    "NUL": "мост\x00мост",
    "only NUL": "\x00",
    "controls": "\x01\x02\x1b[0m\u202e\u2066\ufeff",
    "emoji": "🏔️🇰🇬 👩‍👩‍👧",
    "joiners": "\u200d\u200b\u00ad",
    "combining": "й" + "\u0301" * 300,
    "10,000 letters": "ж" * 10_000,
    "10,000 words": "мост " * 10_000,
    "all different": " ".join(f"слово{number}" for number in range(2000)),
    "hyphens": "-".join("абвгде") * 100,
    "percent": "%s %(x)s {} {0} %25_%",
    "Chinese": "吉尔吉斯斯坦",
    "Arabic": "قيرغيزستان",
    "digits": "٢٠٢٥ ² ½ Ⅷ 9" + "9" * 500,
    "Turkish": "İIıi",
    "ligatures": "ﬁ ﷺ ㎞ ß",
    "star": "* *** мос*",
    "template": "{{ settings.SECRET_KEY }}{% debug %}",
    "newline": "a\r\nSet-Cookie: b=c",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_words(name):
    make_edition(title="Мост открыт")
    make_edition(title="Bridge open", language="en")

    for language in ("ky", "ru", "en"):
        for page in ("search:search", "search:suggest"):
            response = Client().get(under(language, page), {"q": HOSTILE[name]})
            assert response.status_code == 200
            assert "\x00" not in response.content.decode()


@pytest.mark.parametrize("query", ["q=%FF%FE", "q=%ED%A0%80", "q=%00", "q=a&q=b&q=c", "q[]=a", "q", "=&&&="])
def test_a_broken_query_is_a_page(query):
    for page in ("search:search", "search:suggest"):
        assert Client().get(quote(under("ru", page, query=query), safe=printable)).status_code == 200


def test_only_reading():
    for page in ("search:search", "search:suggest"):
        assert Client().post(under("ru", page), {"q": "мост"}).status_code == 405


def test_the_past_is_not_kept_and_the_future_is_not_told():
    at = moment.now() - timedelta(days=3)
    make_edition(title="Мост", at=at)

    past = searched("мост", as_of=(at - timedelta(days=1)).date().isoformat())
    future = searched("мост", as_of=(moment.now() + timedelta(days=9)).date().isoformat())

    assert past.context["total"] == 0
    assert past.headers["Cache-Control"] == "private, no-store"
    assert future.status_code == 404


BUDGETS = {
    # found, elsewhere, what stands on the page
    "found": ({"q": "мост"}, 4),
    "filtered": ({"q": "мост", "what": "statement", "year": "2026"}, 3),
    "an agreement": ({"q": "treaty"}, 3),
    "begun": ({"q": "мост отк"}, 4),
    "misspelt": ({"q": "мозт"}, 7),
    "some of the words": ({"q": "мост тыква"}, 8),
    "most of the words": ({"q": "мост открыт тыква"}, 6),
    "nothing": ({"q": "тыква"}, 4),
}


@pytest.mark.parametrize("number", [1, 30])
def test_an_answer_costs_the_same_whatever_there_is(number):
    project = make_project("road", **in_three("name", "Мост"))
    for _each in range(number):
        speakers, topics = [make_person("")], [make_topic("")]
        make_edition(statement=make_statement(speakers=speakers, topics=topics), title="Мост открыт")
        make_event("", **in_three("title", "Мост"))
        make_agreement("", projects=[project], **in_three("title", "Treaty"))
    costs = {}

    for name, (query, _budget) in BUDGETS.items():
        with CaptureQueriesContext(connection) as queries:
            Client().get(under("ru", "search:search"), query)
        costs[name] = len(queries)
    with CaptureQueriesContext(connection) as queries:
        Client().get(under("ru", "search:suggest"), {"q": "мос"})

    assert costs == {name: budget for name, (_query, budget) in BUDGETS.items()}
    assert len(queries) == 1
