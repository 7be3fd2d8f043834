"""Agreements: who signed, what amends what, and the projects that rest on them; and the list of projects as
a feed."""

from datetime import date, timedelta

import feedparser
import pytest
from django.test import Client
from django.utils import timezone

from tests.channels import text, under
from tests.makers import (
    in_three,
    make_agreement,
    make_commitment,
    make_country,
    make_edition,
    make_person,
    make_project,
    make_statement,
    make_status,
)

pytestmark = pytest.mark.django_db


def page(code: str, language: str = "en") -> str:
    return text(Client().get(under(language, "agreements:agreement", code)))


def test_an_agreement_and_its_protocol_lead_to_one_another() -> None:
    road = make_project("road")
    treaty = make_agreement(
        "treaty", projects=[road], signed_on=date(2003, 12, 25), **in_three("title", "Treaty")
    )
    protocol = make_agreement(
        "protocol",
        amends=treaty,
        kind="protocol",
        signed_on=date(2020, 2, 1),
        **in_three("title", "Protocol"),
    )
    treaty.parties.add(make_country("KG"))

    assert protocol.get_absolute_url().replace("/ky/", "/en/") in page("treaty")
    assert "Amended by" in page("treaty")
    assert treaty.get_absolute_url().replace("/ky/", "/en/") in page("protocol")
    assert under("en", "projects:project", "road") in page("treaty")
    assert under("en", "countries:country", "kg") in page("treaty")


def test_what_is_not_known_is_said_to_be_unknown() -> None:
    make_agreement("treaty", signed_on=date(2003, 12, 25), in_force_on=None)

    assert "No entry into force is on record." in page("treaty")


def test_an_agreement_that_amends_one_that_is_not_public_does_not_name_it() -> None:
    hidden = make_agreement("hidden", state="draft", **in_three("title", "Secret"))
    make_agreement("protocol", amends=hidden)

    assert "Secret" not in page("protocol")


def test_a_removed_agreement_says_why(chief) -> None:
    agreement = make_agreement("treaty")
    agreement.remove(by=chief, reason="It was never signed.")

    response = Client().get(under("en", "agreements:agreement", "treaty"))

    assert response.status_code == 410
    assert "It was never signed." in text(response)


def test_the_list_is_narrowed_down_by_kind_and_party() -> None:
    treaty = make_agreement("treaty", kind="treaty", **in_three("title", "Treaty"))
    treaty.parties.add(make_country("KZ"))
    make_agreement("roadmap", kind="roadmap", **in_three("title", "Plan"))

    def listed(query: str) -> list[str]:
        response = Client().get(under("en", "agreements:agreement-list", query=query))
        return [agreement.code for agreement in response.context["page_obj"]]

    assert sorted(listed("")) == ["roadmap", "treaty"]
    assert listed("kind=treaty") == ["treaty"]
    assert listed("country=KZ") == ["treaty"]
    assert listed("kind=treaty&country=KZ") == ["treaty"]
    assert listed("kind=protocol") == []


def test_the_newest_signature_comes_first_page_by_page() -> None:
    for year in range(1992, 2022):
        make_agreement(f"of-{year}", signed_on=date(year, 1, 1))
    address = under("en", "agreements:agreement-list")

    first, second = (
        [each.code for each in Client().get(address, {"page": page}).context["page_obj"]] for page in (1, 2)
    )

    assert first + second == [f"of-{year}" for year in range(2021, 1991, -1)]
    assert second


def test_the_list_names_the_parties_in_the_order_of_their_names() -> None:
    treaty = make_agreement("treaty")
    make_agreement("plan")
    treaty.parties.set(make_country(code) for code in ("UZ", "KZ", "KG"))

    shown = text(Client().get(under("en", "agreements:agreement-list")))

    names = sorted(country.name_en for country in treaty.parties.all())
    assert f"Parties: {', '.join(names)}" in shown
    # Of an agreement without parties nothing is said of them.
    assert shown.count("Parties:") == 1


def test_an_agreement_is_there_as_of_a_day_after_it_became_public() -> None:
    make_agreement("treaty", at=timezone.now() - timedelta(days=3))
    before = (timezone.localdate() - timedelta(days=10)).isoformat()
    address = under("en", "agreements:agreement", "treaty")

    assert Client().get(address).status_code == 200
    assert Client().get(address, {"as_of": before}).status_code == 404


# --- the list of projects as a feed ----------------------------------------------------------------


def feed(query: str = "") -> feedparser.FeedParserDict:
    response = Client().get(under("en", "projects:feed", query=query))
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    found = feedparser.parse(response.content)
    assert not found.bozo
    return found


def test_a_project_comes_first_again_when_a_statement_says_where_it_stands() -> None:
    old, new = make_project("old", at=timezone.now() - timedelta(days=90)), make_project("new")
    edition = make_edition(about=[old], title="It has begun")
    assert [entry.link.split("/")[-2] for entry in feed().entries] == ["new", "old"]

    make_status(old, edition.statement, stated_on=timezone.localdate() + timedelta(days=1))

    entries = feed().entries
    assert [entry.link.split("/")[-2] for entry in entries] == ["old", "new"]
    assert "It has begun" in entries[0].content[0].value
    assert new.name in entries[1].title


def test_a_project_comes_first_again_when_any_fact_of_it_is_stated() -> None:
    old = make_project("old", at=timezone.now() - timedelta(days=90))
    make_project("new")
    edition = make_edition(about=[old])
    make_status(old, edition.statement, stated_on=timezone.localdate() - timedelta(days=80))

    make_commitment(old, edition.statement, stated_on=timezone.localdate() + timedelta(days=1))

    first, second = feed().entries
    assert first.link.endswith("/old/")
    assert "Newer facts:" in first.content[0].value
    assert "Newer facts:" not in second.content[0].value


@pytest.mark.parametrize("state", ["draft", "scheduled", "withdrawn"])
def test_what_is_not_public_or_does_not_hold_brings_no_project_first(state: str) -> None:
    old = make_project("old", at=timezone.now() - timedelta(days=90))
    make_project("new")
    edition = make_edition(about=[old], state=state)

    make_commitment(old, edition.statement, stated_on=timezone.localdate() + timedelta(days=1))

    assert [entry.link.split("/")[-2] for entry in feed().entries] == ["new", "old"]


def test_the_feed_names_who_said_where_a_project_stands() -> None:
    road = make_project("road")
    statement = make_statement(speakers=[make_person("Asanov", office="Minister")])
    edition = make_edition(statement=statement, language="ru", title="Дорога начата", about=[road])
    make_status(road, edition.statement)

    (entry,) = feed().entries

    assert "Asanov" in entry.content[0].value
    assert "Дорога начата" in entry.content[0].value
    # Whoever parses the feed may drop the language; the site does not.
    assert 'lang="ru" hreflang="ru"' in text(Client().get(under("en", "projects:feed")))


def test_the_feed_takes_the_filters_of_the_list_and_names_them() -> None:
    make_project("road", sector="transport")
    make_project("dam", sector="energy")

    found = feed("sector=energy")

    assert [entry.link.split("/")[-2] for entry in found.entries] == ["dam"]
    assert found.feed.title == "Joint projects: Energy"
    assert found.feed.link.endswith("/en/projects/?sector=energy")


def test_the_list_offers_its_feed_with_its_filters() -> None:
    make_project("dam", sector="energy")

    shown = text(Client().get(under("en", "projects:project-list", query="sector=energy&as=table")))

    assert '<link rel="alternate" type="application/rss+xml"' in shown
    # For feed readers, beside the list, at the foot of the page.
    assert shown.count('/en/projects/feed.rss?sector=energy"') == 3


def test_an_unchanged_feed_is_not_sent_twice_and_a_new_project_makes_it_new() -> None:
    make_project("road", at=timezone.now() - timedelta(days=9))
    first = Client().get(under("en", "projects:feed"))
    known = {"if-none-match": first.headers["ETag"]}
    assert Client().get(under("en", "projects:feed"), headers=known).status_code == 304

    make_project("dam", at=timezone.now())

    later = Client().get(under("en", "projects:feed"), headers=known)
    assert later.status_code == 200
    assert later.headers["Last-Modified"] != first.headers["Last-Modified"]
