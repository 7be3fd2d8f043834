"""What pages say of themselves to search engines, feed readers and networks."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from lxml import etree
from lxml import html as documents
from PIL import Image

from articles.share_card import HEIGHT, SMALLEST, WIDTH, Card, _fitted, card_address, card_of
from pressoffice.accounts import roles
from pressoffice.publishing import moment
from pressoffice.publishing.structured_data import as_script
from tests.channels import under
from tests.makers import (
    in_three,
    make_agreement,
    make_country,
    make_edition,
    make_event,
    make_image,
    make_person,
    make_project,
    make_statement,
    make_topic,
    somebody,
)

pytestmark = pytest.mark.django_db

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


def get(address: str, status: int = 200) -> Any:
    response = Client().get(address.removeprefix("http://localhost:8000").removeprefix("http://testserver"))
    assert response.status_code == status, address
    return response


def told(address: str) -> list[dict[str, Any]]:
    page = documents.fromstring(get(address).content)
    return [json.loads(each.text) for each in page.iterfind('.//script[@type="application/ld+json"]')]


def of_type(address: str, kind: str) -> dict[str, Any]:
    return next(each for each in told(address) if each["@type"] == kind)


def xml(address: str) -> Any:
    return etree.fromstring(get(address).content)


def path(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def listed(address: str) -> list[str]:
    return [path(each.text) for each in xml(address).iterfind(".//s:loc", NAMES)]


# --- structured data ---------------------------------------------------------------------------------


def test_a_statement_says_who_spoke_of_what_where_and_when():
    project = make_project("road")
    statement = make_statement(
        original_language="en",
        speakers=[make_person("Speaker", office="Minister")],
        countries=[make_country("KG")],
        topics=[make_topic("Roads")],
        **in_three("place", "Osh"),
    )
    edition = make_edition(statement=statement, language="en", title="A road", about=[project])
    translated = make_edition(statement=statement, language="ru")

    article = of_type(edition.get_absolute_url(), "NewsArticle")

    assert article["headline"] == "A road"
    assert article["inLanguage"] == "en"
    assert article["identifier"] == statement.reference
    assert article["contributor"][0]["name"] == "Speaker (en)"
    assert article["contributor"][0]["jobTitle"] == "Minister (en)"
    assert article["contentLocation"]["name"] == "Osh (en)"
    assert article["about"][0]["@type"] == "Project"
    assert path(article["about"][0]["url"]) == "/en/projects/road/"
    assert [path(each["@id"]) for each in article["workTranslation"]] == [translated.get_absolute_url()]
    assert datetime.fromisoformat(article["datePublished"]) == edition.public_since.replace(microsecond=0)
    assert article["publisher"]["@type"] == "GovernmentOrganization"

    of_translation = of_type(translated.get_absolute_url(), "NewsArticle")
    assert path(of_translation["translationOfWork"][0]["@id"]) == edition.get_absolute_url()
    assert "workTranslation" not in of_translation


def test_a_correction_and_a_withdrawal_are_said():
    edition = make_edition(language="en", state="superseded").successors.get()
    article = of_type(edition.get_absolute_url(), "NewsArticle")
    assert article["correction"][0]["@type"] == "CorrectionComment"
    assert article["correction"][0]["text"] == edition.change_note
    assert article["creativeWorkStatus"] == "Published"

    edition.withdraw(by=somebody(roles.CHIEF_EDITOR), reason="The figures were wrong.")
    assert of_type(edition.get_absolute_url(), "NewsArticle")["creativeWorkStatus"] == "Withdrawn"


@pytest.mark.parametrize("words", ["</script><script>alert(1)</script>", "<!-- & -->", "a\u2028b\u2029c"])
def test_no_title_can_end_the_data_it_stands_in(words):
    written = as_script({"@type": "NewsArticle", "headline": words})

    assert not re.search("[<>&\u2028\u2029]", written)
    assert json.loads(written)["headline"] == words


def test_a_title_with_markup_is_read_back_as_it_was():
    edition = make_edition(language="en", title="A </script><b>road</b> & more")

    assert of_type(edition.get_absolute_url(), "NewsArticle")["headline"] == "A </script><b>road</b> & more"


def test_neither_an_old_version_nor_the_past_claims_to_be_the_article():
    edition = make_edition(language="en", state="superseded", at=moment.now() - timedelta(days=20))

    assert told(edition.get_version_url()) == []
    day = (moment.now() - timedelta(days=18)).date()
    assert told(f"{edition.get_absolute_url()}?as_of={day}") == []


def test_a_cancelled_event_says_so_with_its_hours():
    begin = datetime(2030, 1, 2, 4, tzinfo=UTC)
    event = make_event("visit", state="cancelled", starts_at=begin, ends_at=begin + timedelta(hours=1))

    data = of_type(under("en", "events:event", event.code), "Event")
    assert data["eventStatus"] == "https://schema.org/EventCancelled"
    assert data["startDate"] == "2030-01-02T10:00:00+06:00"
    assert data["location"]["name"] == "Bishkek (en)"


def test_a_project_and_a_person_say_what_they_are():
    project = make_project("road")
    person = make_person("Speaker", office="Minister")
    make_edition(language="en", statement=make_statement(speakers=[person]))

    assert of_type(under("en", "projects:project", project.code), "Project")["identifier"] == "road"
    profile = of_type(under("en", "people:person", person.slug), "ProfilePage")
    assert profile["mainEntity"]["jobTitle"] == ["Minister (en)"]


def test_the_way_to_a_page_is_shown_and_told():
    project = make_project("road")
    address = under("en", "projects:project", project.code)

    steps = of_type(address, "BreadcrumbList")["itemListElement"]
    assert [path(step["item"]) for step in steps] == ["/en/", "/en/projects/", address]
    assert [step["position"] for step in steps] == [1, 2, 3]
    shown = get(address).content.decode()
    assert '<a class="trail__step" href="/en/projects/">' in shown


def test_the_front_page_says_whose_site_it_is_and_how_to_search_it():
    site = of_type("/ru/", "WebSite")

    assert site["inLanguage"] == "ru"
    assert site["potentialAction"]["target"].endswith("/ru/search/?q={query}")
    assert of_type("/ru/", "GovernmentOrganization")["name"] == "Пресс-служба"


def test_versions_and_what_they_changed_are_shared_under_their_own_names():
    statement = make_statement(original_language="en")
    make_edition(statement=statement, language="en", title="A road", at=moment.now() - timedelta(days=9))
    edition = make_edition(
        statement=statement, language="en", title="A road", change_note="It is 280 km.",
        at=moment.now() - timedelta(days=5),
    )  # fmt: skip

    def told(address: str) -> dict[str, str]:
        head = documents.fromstring(get(address).content).find("head")
        shared = {each.get("property"): each.get("content") for each in head.iter("meta")}
        return {"title": head.findtext("title").partition(" – ")[0], **shared}

    plain, version, changes = map(
        told, [edition.get_absolute_url(), edition.get_version_url(), edition.get_changes_url()]
    )
    assert (plain["title"], plain["og:title"]) == ("A road", "A road")
    assert (version["title"], version["og:title"]) == ("A road (version 2)", "A road (version 2)")
    assert changes["og:title"] == "What changed in version 2: A road"
    assert (changes["og:type"], changes["og:locale"]) == ("article", "en_GB")
    assert changes["og:description"] == "It is 280 km."


# --- share card --------------------------------------------------------------------------------------


def card_of_page(edition: Any) -> str:
    page = documents.fromstring(get(edition.get_absolute_url()).content)
    return path(page.find('.//meta[@property="og:image"]').get("content"))


def test_a_statement_has_a_picture_of_its_own_to_be_shared():
    address = card_of_page(make_edition(language="ky", title="Жол ачылды"))

    response = get(address)
    assert response.headers["Content-Type"] == "image/png"
    with Image.open(BytesIO(response.content)) as picture:
        assert picture.size == (WIDTH, HEIGHT)
    assert Client().get(address, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    head = Client().head(address)
    assert (head.status_code, head.content) == (200, b"")


def test_another_headline_is_another_picture_under_another_address():
    edition = make_edition(language="en", state="superseded", at=moment.now() - timedelta(days=20))
    with moment.fixed(moment.now() - timedelta(days=18)):
        before = card_of_page(edition)
        get(before)
    after = card_of_page(edition.successors.get())

    assert before != after
    # It stands in what was shared before.
    answer = get(before, 302)
    assert (answer.headers["Location"], answer.headers["Cache-Control"]) == (after, "public, max-age=300")


@pytest.mark.parametrize("state", ["draft", "submitted", "approved", "scheduled", "discarded"])
def test_what_is_not_public_has_no_picture(state):
    edition = make_edition(language="en", state=state)

    get(card_address(edition, card_of(edition)), 404)


def test_a_removed_text_takes_its_picture_with_it():
    edition = make_edition(language="en")
    address = card_of_page(edition)
    edition.remove(by=somebody(roles.CHIEF_EDITOR), reason="It named a private person.")

    get(address, 410)


def test_a_withdrawn_text_is_shared_as_withdrawn():
    statement = make_statement(delivered_on=date(2026, 8, 22))
    edition = make_edition(language="en", statement=statement)
    before = card_of_page(edition)
    assert card_of(edition).day == "22 August 2026"
    with moment.fixed(at := moment.now() + timedelta(hours=1)):
        edition.withdraw(by=somebody(roles.CHIEF_EDITOR), reason="The figures were wrong.")
    edition.refresh_from_db()

    with moment.fixed(at + timedelta(hours=1)):
        card = card_of(edition)
        assert (card.kind, card.day) == ("Withdrawn", date_format(timezone.localtime(at), "DATE_FORMAT"))
        assert get(before, 302).headers["Location"] == card_of_page(edition)


@pytest.mark.parametrize(
    "headline",
    ["", "Ы" * 250, "Сүйлөшүүлөрдүн жыйынтыгы " * 10, "🚂漢字", "a\u0301\u200b\u202eb", "В " * 125],
    ids=["nothing", "one word", "many words", "strange signs", "invisible signs", "short words"],
)
def test_every_headline_fits_its_picture(headline):
    font, lines = _fitted(headline)

    assert font.size >= SMALLEST
    assert all(font.getlength(line) <= WIDTH - 128 for line in lines)
    assert len(lines) * font.size * 1.2 <= 300
    with Image.open(BytesIO(Card("Office", "Kind", "Day", headline, "x" * 300).drawn())) as picture:
        assert picture.size == (WIDTH, HEIGHT)


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("Ңөү ҢӨҮ ёъэ Road", "Ңөү ҢӨҮ ёъэ Road"),
        # A sign that the typeface lacks is never a gap within a word or a number.
        ("17\u201122\u00a0км\u202f−\u20035\u00adм² 3\u00a0₸", "17-22\u00a0км\u202f− 5м2 3\u00a0KZT"),
        ("за\u0301мок", "замок"),
        ("Спор о границе", "Спор о\u00a0границе"),
    ],
)
def test_every_sign_of_all_three_languages_is_drawn(typed, drawn):
    _font, lines = _fitted(typed)

    assert lines == [drawn]


# --- sitemaps ----------------------------------------------------------------------------------------


def test_every_sitemap_of_the_index_answers_and_lists_only_pages_that_do():
    project = make_project("road")
    person = make_person("Speaker")
    statement = make_statement(speakers=[person], topics=[make_topic("Water")])
    make_edition(statement=statement, language="ru", about=[project])
    make_edition(statement=statement, language="en")
    make_event("visit")
    make_agreement("treaty", projects=[project]).parties.add(make_country("KZ"))

    addresses = {address for sitemap in listed("/sitemap.xml") for address in listed(sitemap)}

    assert {f"/ru/statements/{statement.reference}/"} <= {
        re.sub(r"(\d{4}-\w{4}/).*", r"\1", address) for address in addresses
    }
    for expected in ("projects/road/", "events/visit/", "people/speaker/", "topics/water/", "countries/kz/"):
        assert {f"/{code}/{expected}" for code in ("ky", "ru", "en")} <= addresses
    for address in addresses:
        page = documents.fromstring(get(address).content)
        assert path(page.find('.//link[@rel="canonical"]').get("href")) == address
        assert page.find('.//meta[@name="robots"]') is None, address


def test_a_text_is_listed_with_its_live_languages_only():
    statement = make_statement()
    russian = make_edition(statement=statement, language="ru")
    english = make_edition(statement=statement, language="en")
    make_edition(statement=statement, language="ky", state="scheduled")

    since = russian.public_since
    whole = xml(f"/sitemap-statements-{since:%Y}-{since:%m}.xml")
    entries = {
        path(url.find("s:loc", NAMES).text): {
            link.get("hreflang"): path(link.get("href")) for link in url.iterfind("x:link", NAMES)
        }
        for url in whole
    }
    alternates = {"ru": russian.get_absolute_url(), "en": english.get_absolute_url()}
    assert set(entries) == set(alternates.values())
    for each in entries.values():
        assert {code: each[code] for code in ("ru", "en")} == alternates
        assert "ky" not in each


def test_the_day_of_a_change_is_that_of_the_last_one_readers_were_told_of():
    edition = make_edition(language="en", state="superseded").successors.get()

    since = edition.public_since
    whole = xml(f"/sitemap-statements-{since:%Y}-{since:%m}.xml")
    assert datetime.fromisoformat(whole.findtext(".//s:lastmod", None, NAMES)) == edition.revised_at


def test_a_month_of_bishkek_is_not_one_of_greenwich():
    last_hours_of_the_year = datetime(2024, 12, 31, 20, tzinfo=UTC)
    edition = make_edition(language="en", at=last_hours_of_the_year)

    assert "/sitemap-statements-2025-01.xml" in listed("/sitemap.xml")
    assert listed("/sitemap-statements-2025-01.xml") == [edition.get_absolute_url()]
    assert listed("/sitemap-statements-2024-12.xml") == []


def test_news_are_two_days_old_at_most_and_hold():
    fresh = make_edition(language="ky", at=moment.now() - timedelta(hours=47), title="Жол & көпүрө")
    make_edition(language="en", at=moment.now() - timedelta(hours=49))
    withdrawn = make_edition(language="en", at=moment.now() - timedelta(hours=3))
    withdrawn.withdraw(by=somebody(roles.CHIEF_EDITOR), reason="The figures were wrong.")
    make_edition(language="en", state="scheduled")

    entries = xml("/sitemap-news.xml").findall("s:url", NAMES)
    assert [path(each.findtext("s:loc", None, NAMES)) for each in entries] == [fresh.get_absolute_url()]
    news = entries[0].find("n:news", NAMES)
    assert news.findtext("n:title", None, NAMES) == "Жол & көпүрө"
    assert news.findtext("n:publication/n:language", None, NAMES) == "ky"
    assert news.findtext("n:publication/n:name", None, NAMES) == "Басма сөз кызматы"


@pytest.mark.parametrize(
    "address", ["/sitemap-nothing.xml", "/sitemap-statements-2025-13.xml", "/sitemap-statements-0000-01.xml"]
)
def test_there_is_no_other_sitemap(address):
    get(address, 404)


# --- besides -----------------------------------------------------------------------------------------


def test_robots_are_told_of_the_sitemaps_and_kept_from_what_has_no_end(settings):
    settings.PRESSOFFICE_ADDRESS = "https://press.example"

    lines = get("/robots.txt").content.decode().splitlines()
    assert "Sitemap: https://press.example/sitemap.xml" in lines
    assert "Sitemap: https://press.example/sitemap-news.xml" in lines
    assert "Disallow: /admin/" in lines
    assert "Disallow: /*?*as_of=" in lines


def test_who_finds_a_hole_is_told_whom_to_tell(settings):
    get("/.well-known/security.txt", 404)

    settings.PRESSOFFICE_SECURITY_CONTACT = "mailto:security@press.example"
    with moment.fixed(datetime(2026, 11, 24, 20, tzinfo=UTC)):
        lines = get("/.well-known/security.txt").content.decode().splitlines()
    assert "Contact: mailto:security@press.example" in lines
    assert "Expires: 2027-05-24T00:00:00+06:00" in lines
    assert "Preferred-Languages: ky, ru, en" in lines


@pytest.mark.parametrize(("language", "name"), [("ky", "Басма сөз кызматы"), ("en", "Press office")])
def test_a_telephone_can_keep_the_site_on_its_first_screen(language, name):
    manifest = get(f"/{language}/manifest.webmanifest")

    assert manifest.headers["Content-Type"] == "application/manifest+json"
    assert manifest.json()["name"] == name
    assert manifest.json()["start_url"] == f"/{language}/"
    assert {icon["sizes"] for icon in manifest.json()["icons"]} == {"192x192", "512x512"}


def test_a_browser_that_looks_for_the_icon_finds_it():
    assert get("/favicon.ico", 302).headers["Location"].endswith("favicon.ico")


def test_titles_and_descriptions_tell_pages_apart():
    project = make_project("road")
    person = make_person("Speaker")
    statement = make_statement(speakers=[person], topics=[make_topic("Water")], delivered_on=date(2026, 8, 1))
    make_edition(statement=statement, language="en", about=[project], lead_image=make_image())
    make_event("visit")
    make_agreement("treaty", projects=[project]).parties.add(make_country("KZ"))

    heads: dict[str, tuple[str, str]] = {}
    for sitemap in listed("/sitemap.xml"):
        for address in listed(sitemap):
            if address.startswith("/en/"):
                page = documents.fromstring(get(address).content)
                description = page.find('.//meta[@name="description"]').get("content")
                heads[address] = (page.findtext(".//title").strip(), description)

    titles = [title for title, _description in heads.values()]
    assert len(set(titles)) == len(titles) >= 16
    assert all(description.strip() for _title, description in heads.values())
