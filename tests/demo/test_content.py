"""The demo content as it lies in its files: whole, clean, and saying the same in each language."""

import re
import tomllib
from collections import Counter
from functools import cache
from html import unescape

import pytest

from articles.bodies import clean_body, marked_passages
from pressoffice.demo import loader, pictures
from pressoffice.demo.content import Table, body_of, corrected, keys, read
from pressoffice.publishing.languages import CODES

# Left in one language on purpose: so that readers see the page that says so, and editors work to be done.
IN_ONE_LANGUAGE = {
    "20-press-tour-advisory": "ru",
    "22-kambar-ata-round-table": "ru",
    "23-border-complex-new-competition": "ky",
}
REAL_PEOPLE = {"sadyr-japarov", "kassym-jomart-tokayev", "adylbek-kasymaliev"}
DESIGNATIONS = re.compile(r"CASA-1000|Камбар-Ата-1|Kambar-Ata-1")
UNITS = "км|мм|МВт|кВ|миллиард|миллион|гектар|km|mm|MW|kV|billion|million|hectares"


@cache
def statement(key: str) -> Table:
    return read(f"statements/{key}")


TEXTS = [(key, language) for key in keys("statements") for language in CODES if language in statement(key)]
every_statement = pytest.mark.parametrize("key", keys("statements"))
every_text = pytest.mark.parametrize(("key", "language"), TEXTS)


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


def figures(text: Table) -> Counter[str]:
    said = " ".join([text["title"], text["summary"], words(body_of(text)), text["notes"]])
    return Counter(re.findall(r"\d+", DESIGNATIONS.sub("", said)))


def in_three_languages(table: Table) -> bool:
    return set(table) == set(CODES) and all(text.strip() for text in table.values())


@every_statement
def test_a_statement_is_there_in_three_languages(key: str) -> None:
    languages = {language for language in CODES if language in statement(key)}

    assert languages == ({IN_ONE_LANGUAGE[key]} if key in IN_ONE_LANGUAGE else set(CODES))


def test_enough_statements_are_public_in_three_languages() -> None:
    public = [key for key in keys("statements") if "state" not in statement(key)]

    assert len([key for key in public if key not in IN_ONE_LANGUAGE]) >= 14


@every_text
def test_a_body_passes_the_sanitiser_unchanged(key: str, language: str) -> None:
    text = statement(key)[language]
    body = body_of(text)

    assert clean_body(body) == body
    if "correction" in text:
        assert corrected(text)["body"] != body
        assert clean_body(corrected(text)["body"]) == corrected(text)["body"]


@every_text
def test_a_text_is_long_enough_and_fits_its_columns(key: str, language: str) -> None:
    text = statement(key)[language]

    body = re.sub("<(blockquote|li|td|th)[^>]*><p>", r"<\1>", body_of(text))
    assert len(re.findall("<(?:p|blockquote|ul|table|figure)>?", body)) >= 4
    assert 0 < len(text["title"]) <= 250
    assert 0 < len(text["summary"]) <= 600


@every_text
def test_passages_speak_of_known_projects(key: str, language: str) -> None:
    marked = marked_passages(body_of(statement(key)[language]))

    assert {mark.project_code for mark in marked} <= set(keys("projects"))
    assert 1 <= len(marked) <= 7


@every_statement
def test_passages_are_the_same_in_each_language(key: str) -> None:
    content = statement(key)
    marked = [
        Counter((mark.project_code, mark.relation) for mark in marked_passages(body_of(content[language])))
        for language in CODES
        if language in content
    ]

    assert all(one == marked[0] for one in marked)


@every_statement
def test_figures_are_the_same_in_each_language(key: str) -> None:
    content = statement(key)
    found = [figures(content[language]) for language in CODES if language in content]

    assert all(one == found[0] for one in found)


@every_text
def test_pictures_in_a_text_are_drawn_and_not_its_lead_picture(key: str, language: str) -> None:
    content = statement(key)
    shown = re.findall(r'<figure data-image="([^"]+)"><figcaption>', body_of(content[language]))

    assert set(shown) <= set(pictures.SCENES)
    assert content.get("lead_image", "picture-lake-shore") in pictures.SCENES
    assert content.get("lead_image") not in shown


@every_text
def test_quotation_marks_are_those_of_the_language_and_close(key: str, language: str) -> None:
    opening, closing = ("“", "”") if language == "en" else ("«", "»")
    foreign = set('«»„"') if language == "en" else set('“”„"')

    for line in statement(key)[language]["body"].splitlines():
        text = words(line)
        assert text.count(opening) == text.count(closing), text
        assert not foreign & set(text), text


@every_text
def test_a_number_and_its_unit_are_not_parted_at_the_end_of_a_line(key: str, language: str) -> None:
    text = statement(key)[language]
    said = " ".join([text["title"], text["summary"], words(text["body"])])

    assert not re.findall(rf"\d (?:{UNITS})", said)
    assert language == "en" or not re.findall("[^\u00a0]—", said)


@every_text
def test_a_text_says_that_it_is_a_demonstration_and_what_is_invented(key: str, language: str) -> None:
    text = statement(key)[language]

    assert re.match("Демонстраци|Demonstration", text["notes"])
    assert ("*" in text["body"]) == ("*" in text["notes"])


@every_text
def test_only_invented_people_are_quoted(key: str, language: str) -> None:
    names = {person["name"][language] for person in read("people")["person"] if person["slug"] in REAL_PEOPLE}

    for quotation in re.findall(r"<blockquote>(.*?)</blockquote>", body_of(statement(key)[language])):
        assert not any(name in quotation for name in names)
        assert set(statement(key)["speakers"]) - REAL_PEOPLE


@every_statement
def test_a_status_is_stated_of_a_project_the_statement_speaks_of(key: str) -> None:
    content = statement(key)
    for language in CODES:
        if language in content:
            spoken_of = {mark.project_code for mark in marked_passages(body_of(content[language]))}
            assert {change["project"] for change in content.get("status", [])} <= spoken_of


def test_every_project_has_a_status_and_two_statements() -> None:
    contents = [statement(key) for key in keys("statements")]
    with_status = {change["project"] for content in contents for change in content.get("status", [])}
    spoken_of = Counter(
        code
        for content in contents
        for code in {
            mark.project_code for mark in marked_passages(body_of(content[content["original_language"]]))
        }
    )

    assert with_status == set(keys("projects"))
    assert all(spoken_of[code] >= 2 for code in keys("projects"))


def test_there_is_as_much_as_was_promised() -> None:
    assert len(keys("projects")) == 8
    assert len(read("events")["event"]) >= 10
    assert len(read("people")["person"]) >= 10
    assert len(read("topics")["topic"]) == 8
    assert len(read("agreements")["agreement"]) >= 4
    states = Counter(statement(key).get("state") for key in keys("statements"))
    assert states["draft"] == states["submitted"] == 1


def test_records_are_there_in_three_languages() -> None:
    for code in keys("projects"):
        project = read(f"projects/{code}")
        assert all(in_three_languages(project[name]) for name in ("name", "summary", "description"))
        assert set(project["aliases"]) == set(CODES)
    for event in read("events")["event"]:
        assert all(in_three_languages(event[name]) for name in ("title", "summary", "description", "venue"))
    for agreement in read("agreements")["agreement"]:
        assert in_three_languages(agreement["title"])
    for person in read("people")["person"]:
        assert in_three_languages(person["name"])
        assert all(in_three_languages(office["title"]) for office in person["office"])


@pytest.mark.parametrize("code", keys("projects"))
def test_figures_of_a_project_are_the_same_in_each_language(code: str) -> None:
    project = read(f"projects/{code}")
    for name in ("summary", "description"):
        found = [
            Counter(re.findall(r"\d+", DESIGNATIONS.sub("", project[name][language]))) for language in CODES
        ]
        assert all(one == found[0] for one in found), name


def test_references_differ() -> None:
    years = {key: statement(key).get("delivered_on") for key in keys("statements")}
    references = {
        loader.reference(loader.statement_uuid(key), day.year if day else 2026) for key, day in years.items()
    }

    assert len(references) == len(years)


def test_files_are_valid_and_end_their_lines_as_readers_of_diffs_expect() -> None:
    from pressoffice.demo.content import FOLDER

    for path in FOLDER.rglob("*.toml"):
        text = path.read_text(encoding="utf-8")
        tomllib.loads(text)
        assert text.endswith("\n"), path
        assert "\r" not in text, path
        assert not re.search(r"[ \t]$", text, re.MULTILINE), path
