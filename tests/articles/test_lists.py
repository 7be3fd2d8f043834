"""The list of statements: its counts, order, name and feed; the archive; what can be followed."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import feedparser
import pytest
from django.http import QueryDict
from django.test import Client

from articles.filters import EditionFilter
from articles.models import Edition
from pressoffice.accounts import roles
from pressoffice.publishing import moment
from pressoffice.search.nearest import nearest_statements, words_of
from tests.channels import under
from tests.makers import (
    make_country,
    make_edition,
    make_person,
    make_project,
    make_statement,
    make_topic,
    somebody,
)

pytestmark = pytest.mark.django_db

T = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
LIST = under("en", "articles:statement-list")


def get(address: str, status: int = 200) -> Any:
    response = Client().get(address)
    assert response.status_code == status
    return response


def body(address: str) -> str:
    return get(address).content.decode()


def offered(address: str, name: str) -> dict[str, str]:
    """The choices of a filter as they are printed, by value."""
    select = re.search(rf'<select name="{name}".*?</select>', body(address), re.DOTALL)
    assert select
    found = re.findall(r'<option value="([^"]*)"[^>]*>(.*?)</option>', select[0])
    return {value: label for value, label in found if value}


def titles(address: str) -> list[str]:
    return [edition.title for edition in get(address).context["page_obj"]]


def say(title: str, *, days: int = 0, language: str = "en", state: str = "live", **facts: Any) -> Edition:
    """Public from `days` after T."""
    return make_edition(
        statement=make_statement(original_language=language, **facts),
        language=language,
        title=title,
        state=state,
        at=T + timedelta(days=days),
    )


@pytest.fixture
def water():
    return make_topic("Water")


@pytest.fixture
def several(water):
    energy = make_topic("Energy")
    say("one", kind="interview", topics=[water], delivered_on=date(2026, 3, 1))
    say("two", days=1, kind="interview", topics=[water, energy], delivered_on=date(2025, 3, 9))
    say("three", days=2, kind="speech", topics=[energy], delivered_on=date(2025, 12, 31), form="notes")
    say("four", days=3, kind="news", delivered_on=None)


def test_each_choice_says_how_many_texts_it_would_show(several):
    assert offered(LIST, "kind") == {
        "speech": "Speech (1)",
        "interview": "Interview (2)",
        "news": "News (1)",
    }
    assert offered(LIST, "topic") == {"energy": "Energy (en) (2)", "water": "Water (en) (2)"}
    # What names no day is of the year in which it went public.
    assert offered(LIST, "year") == {"2026": "2026 (2)", "2025": "2025 (2)"}
    assert offered(LIST, "form") == {"notes": "Speaking notes (1)"}


def test_the_counts_keep_the_other_filters_but_not_their_own(several):
    assert offered(f"{LIST}?kind=interview", "kind")["speech"] == "Speech (1)"
    assert offered(f"{LIST}?kind=interview", "topic") == {
        "energy": "Energy (en) (1)",
        "water": "Water (en) (2)",
    }
    assert offered(f"{LIST}?topic=water&year=2025", "kind") == {"interview": "Interview (1)"}


def test_every_count_is_what_the_list_then_shows(several):
    for chosen in ("", "kind=interview", "topic=water", "year=2025", "topic=energy&year=2025"):
        address = f"{LIST}?{chosen}"
        for name in ("kind", "form", "topic", "year"):
            others = [part for part in chosen.split("&") if part and not part.startswith(f"{name}=")]
            for value, label in offered(address, name).items():
                shown = get(f"{LIST}?{'&'.join([*others, f'{name}={value}'])}").context["total"]
                assert label.endswith(f" ({shown})"), (chosen, name, value)


def test_a_choice_that_would_show_nothing_goes_and_the_chosen_one_stays(several):
    kinds = offered(f"{LIST}?kind=news&topic=water", "kind")

    assert kinds == {"interview": "Interview (2)", "news": "News (0)"}
    assert get(f"{LIST}?kind=news&topic=water").context["chosen"][0].value == "News"


def test_nothing_that_is_not_public_is_counted(several, water):
    for state in ("draft", "submitted", "approved", "scheduled", "removed", "discarded"):
        days = 9000 if state == "scheduled" else 0
        say(state, days=days, state=state, kind="interview", topics=[water], delivered_on=date(2025, 1, 1))
    say("Russian", language="ru", kind="interview", topics=[water])

    assert offered(LIST, "kind")["interview"] == "Interview (2)"
    assert offered(LIST, "topic")["water"] == "Water (en) (2)"
    assert offered(LIST, "year")["2025"] == "2025 (2)"


def test_the_counts_tell_what_was_public_on_the_day_asked_about(several):
    then = f"{LIST}?as_of=2026-09-01"

    assert offered(then, "kind") == {"interview": "Interview (1)"}
    assert offered(then, "year") == {"2026": "2026 (1)"}


def test_projects_speakers_and_countries_are_counted_each_text_once():
    project, person = make_project("road", at=T - timedelta(days=9)), make_person("Speaker")
    for number in range(3):
        statement = make_statement(original_language="en", speakers=[person], countries=[make_country("KZ")])
        make_edition(statement=statement, language="en", about=[project] if number else [], at=T)

    assert list(offered(LIST, "project").values())[0].endswith(" (2)")
    assert offered(LIST, "speaker")["speaker"].endswith(" (3)")
    assert offered(LIST, "country")["KZ"].endswith(" (3)")


def test_the_list_can_be_put_in_order_and_keeps_it(several):
    assert titles(LIST) == ["four", "three", "two", "one"]
    assert titles(f"{LIST}?sort=oldest") == ["one", "two", "three", "four"]
    assert titles(f"{LIST}?sort=delivered") == ["one", "three", "two", "four"]
    chip = get(f"{LIST}?kind=interview&sort=oldest").context["chosen"]
    assert [each.remove_url for each in chip] == ["?sort=oldest"]


def test_the_order_holds_over_the_pages():
    for number in range(25):
        say(f"text {number:02}", days=-number, delivered_on=date(2025, 1, 1 + number))

    first, second = titles(f"{LIST}?sort=delivered"), titles(f"{LIST}?sort=delivered&page=2")

    assert first + second == [f"text {number:02}" for number in reversed(range(25))]
    assert 'href="?sort=delivered&amp;page=2"' in body(f"{LIST}?sort=delivered")


def test_an_unknown_order_is_named_and_left_out(several):
    response = get(f"{LIST}?sort=by-colour")

    assert titles(f"{LIST}?sort=by-colour") == ["four", "three", "two", "one"]
    assert "“Order”" in response.content.decode()


def test_a_narrowed_list_is_named_by_its_filters(several):
    shown = body(f"{LIST}?year=2025&kind=interview&sort=oldest")

    assert "<title>Kind: Interview · Year: 2025 – Statements – " in shown
    assert '<span class="page__narrowed">Kind: Interview · Year: 2025</span></h1>' in shown
    assert '<meta name="description" content="Kind: Interview · Year: 2025. ' in shown


def test_the_same_list_has_one_address_however_it_was_asked_for(several):
    for query in (
        "kind=interview&year=2025",
        "year=2025&kind=interview",
        "page=1&year=2025&kind=interview&topic=&colour=red&sort=oldest",
        "year=2025&kind=interview&topic=unheard-of",
    ):
        canonical = get(f"{LIST}?{query}").context["canonical"]
        assert canonical.endswith("/en/statements/?kind=interview&year=2025"), query


@pytest.mark.parametrize(
    ("query", "indexed"),
    [
        ("", True),
        ("kind=interview", True),
        ("topic=water", True),
        ("year=2025", True),
        ("form=notes", False),
        ("kind=interview&topic=water", False),
        ("kind=interview&sort=oldest", False),
        ("kind=interview&page=1", False),
        ("kind=unheard-of", False),
        ("kind=statement", False),
        ("as_of=2026-09-01", False),
    ],
)
def test_search_engines_may_keep_whole_lists_and_those_with_one_telling_filter(several, query, indexed):
    assert ('content="noindex"' not in body(f"{LIST}?{query}")) is indexed


def test_a_narrowed_list_promises_nothing_of_other_languages(several):
    assert 'hreflang="x-default"' in body(LIST)
    shown = body(f"{LIST}?kind=interview")
    assert 'rel="alternate" hreflang' not in shown
    assert 'href="/ru/statements/?kind=interview"' in shown  # the switch keeps the filters


def test_an_empty_list_says_so_and_leads_on(several):
    shown = body(f"{LIST}?kind=news&topic=water")

    assert "No statement in this language fits all of these filters." in shown
    assert "Show all statements" in shown


def test_removing_all_filters_keeps_the_order_and_the_day_asked_about(several):
    shown = body(f"{LIST}?kind=interview&sort=oldest&as_of=2026-09-01&page=1")

    assert '<a data-filter-link href="?sort=oldest&amp;as_of=2026-09-01">Remove all filters</a>' in shown


# --- feeds -------------------------------------------------------------------------------------------


def feed(query: str, at: datetime = T + timedelta(days=9)) -> Any:
    with moment.fixed(at):
        response = get(under("en", "articles:feed", query=query))
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo, parsed.bozo_exception
    return parsed


def test_every_narrowed_list_leads_to_its_own_feed(several):
    shown = body(f"{LIST}?kind=interview&topic=water")
    address = "/en/statements/feed.rss?kind=interview&amp;topic=water"

    assert f'title="Statements – Kind: Interview · Topic: Water (en)" href="{address}"' in shown

    told = feed("topic=water&kind=interview")
    assert [entry.title for entry in told.entries] == ["two", "one"]
    assert told.feed.title == "Press office: statements. Kind: Interview · Topic: Water (en)"
    assert told.feed.link.endswith("/en/statements/?kind=interview&topic=water")


def test_a_feed_is_always_the_newest_first(several):
    assert [entry.title for entry in feed("sort=oldest").entries] == ["four", "three", "two", "one"]


def test_a_feed_of_what_is_not_known_is_empty_and_says_so(several):
    told = feed("topic=unheard-of&kind=interview")

    assert told.entries == []
    assert told.feed.title == "Press office: statements. Kind: Interview · Topic: –"
    assert told.feed.description == "Nothing that is public fits this address now. It may again later."


def test_who_follows_a_topic_is_not_sent_everything_when_its_last_text_is_removed(several):
    edition = say("alone", topics=[make_topic("Roads")])
    assert [entry.title for entry in feed("topic=roads").entries] == ["alone"]

    edition.remove(by=somebody(roles.CHIEF_EDITOR), reason="Taken down.")

    told = feed("topic=roads", at=moment.now() + timedelta(days=1))
    assert told.entries == []
    own = [link.href for link in told.feed.links if link.rel == "self"]
    assert own[0].endswith("/en/statements/feed.rss?topic=roads")


@pytest.mark.parametrize("value", ["%00", "<b>", "a" * 61, "%ED%A0%80", "тема"])
def test_a_feed_gives_no_odd_value_back(several, value):
    assert get(f"/en/statements/feed.rss?topic={value}").content.count(b"topic=") == 0


def test_a_narrowed_feed_is_new_when_something_leaves_it(several):
    edition = Edition.objects.get(title="two")
    address = under("en", "articles:feed", query="kind=interview")
    with moment.fixed(T + timedelta(days=9)):
        before = get(address).headers["Last-Modified"]
    with moment.fixed(T + timedelta(days=10)):
        edition.remove(by=somebody(roles.CHIEF_EDITOR), reason="Taken down.")

    with moment.fixed(T + timedelta(days=11)):
        answer = Client().get(address, headers={"if-modified-since": before})

    assert answer.status_code == 200
    assert [entry.title for entry in feedparser.parse(answer.content).entries] == ["one"]


def test_a_feed_looks_up_only_the_choices_that_are_asked_for(several, django_assert_num_queries):
    with django_assert_num_queries(1):
        EditionFilter(QueryDict("topic=water"), Edition.objects.all(), offering=False)


# --- the archive -------------------------------------------------------------------------------------


def test_the_archive_counts_by_year_and_month(several):
    years = get(under("en", "archive:archive")).context["years"]

    told = [(year.year, year.texts, [(m.first.month, m.texts) for m in year.months]) for year in years]
    assert told == [(2026, 2, [(3, 1), (9, 1)]), (2025, 2, [(3, 1), (12, 1)])]


def test_a_year_lists_its_texts_by_month_in_the_order_of_their_days(several):
    shown = get(under("en", "archive:year", 2025))

    listed = [(month.first, [e.title for e in month.editions]) for month in shown.context["listed"]]
    assert listed == [(date(2025, 3, 1), ["two"]), (date(2025, 12, 1), ["three"])]
    assert "<title>2025 – Archive – " in shown.content.decode()
    assert shown.context["next"].address == "/en/archive/2026/"
    assert shown.context["previous"] is None


def test_a_month_lists_its_texts_and_leads_to_the_nearest_others(several):
    shown = get(under("en", "archive:month", 2025, 12))

    assert [edition.title for edition in shown.context["page_obj"]] == ["three"]
    assert shown.context["previous"].address == "/en/archive/2025/03/"
    assert shown.context["next"].address == "/en/archive/2026/03/"
    assert "December 2025" in shown.content.decode()


def test_a_text_of_no_day_is_filed_under_the_day_in_bishkek_on_which_it_went_public():
    make_edition(
        statement=make_statement(original_language="en", delivered_on=None),
        language="en",
        title="At night",
        at=datetime(2025, 12, 31, 20, 0, tzinfo=UTC),
    )

    assert titles(under("en", "archive:month", 2026, 1)) == ["At night"]
    get(under("en", "archive:year", 2025), 404)


@pytest.mark.parametrize("path", ["1899/", "0000/", "99999/", "2025/00/", "2025/13/", "2025/3/", "٢٠٢٥/"])
def test_the_archive_has_no_page_for_what_is_no_month(several, path):
    get(f"/en/archive/{path}", 404)


def test_the_archive_is_told_of_by_the_list_and_the_foot_of_every_page(several):
    assert body(LIST).count('href="/en/archive/"') == 2
    assert 'href="/en/archive/"' in body(under("en", "about"))


# --- subscribing -------------------------------------------------------------------------------------


def test_what_can_be_followed_is_given_as_whole_addresses(several, settings):
    shown = get(under("en", "subscribe"))
    addresses = re.findall(r'readonly value="([^"]+)"', shown.content.decode())

    assert all(address.startswith(settings.PRESSOFFICE_ADDRESS) for address in addresses)
    assert f"{settings.PRESSOFFICE_ADDRESS}/en/statements/feed.rss?topic=water" in addresses
    for address in addresses:
        get(address.removeprefix(settings.PRESSOFFICE_ADDRESS))


def test_nothing_can_be_followed_that_no_public_text_has():
    say("hidden", state="draft", topics=[make_topic("Secret")], countries=[make_country("KZ")])

    shown = get(under("en", "subscribe"))

    assert "Secret" not in shown.content.decode()
    assert shown.context["groups"] == []


# --- an address that leads nowhere -------------------------------------------------------------------


def test_an_address_that_leads_nowhere_offers_the_nearest_texts_and_a_filled_search_box():
    for number in range(5):
        say(f"The canal of Talas {number}", days=number)
    say("Something else")

    shown = get("/en/statements/2026-zzzz/canal-talas-opens/", 404)

    assert len(shown.context["nearest"]) == 3
    page = shown.content.decode()
    assert 'value="canal talas opens"' in page
    assert "The canal of Talas 4" in page
    assert "Something else" not in page


def test_what_is_not_public_is_never_meant():
    say("The canal of Talas", state="draft")
    say("The canal of Talas", state="removed")

    assert get("/en/statements/2026-zzzz/canal-talas/", 404).context["nearest"] == []


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/en/statements/2025-k7mf/the-road-to-talas/", "the road talas"),
        ("/ru/statements/2025-k7mf/Дорога-в-Талас/", "Дорога Талас"),
        ("/en/statements/2025-k7mf/the-road/v2/changes/", "changes"),
        ("/en/roads/", "roads"),
        ("/en/statements/2026-zzzz/", ""),
        ("/en/12345/", ""),
        ("/en/", ""),
        ("/wp-login.php", ""),
        ("/de/statements/road/", ""),
    ],
)
def test_the_words_of_an_address(path, words):
    assert words_of(path) == words


def test_no_words_cost_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert nearest_statements("") == []
