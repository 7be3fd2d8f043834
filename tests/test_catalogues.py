"""The catalogues: translated, with the same placeholders, compiled as written, and nothing left out."""

import gettext
import os
import re
import shutil
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.core.management import call_command
from django.utils.formats import date_format
from django.utils.translation import override
from django.utils.translation.trans_real import DjangoTranslation

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = sorted((ROOT / "pressoffice").glob("locale*/*/LC_MESSAGES/*.po"))

# What a translation may not change: what Python and templates fill in, and tags.
FIXED = re.compile(r"%\(\w+\)[a-z]|%[sdif%]|\{\w*\}|</?\w[^>]*>")
LOOK_ALIKE = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
# A fourth Russian form is for fractions; without its header a catalogue falls back to two, as in English.
FORMS_IN_USE = {"ky": {0}, "ru": {0, 1, 2}}

# Words that are the same in Kyrgyz and Russian. Anything else that is the same was copied, not translated.
SHARED = {
    *("автор", "брифинг", "документ", "импорт", "медиатека", "меморандум", "меню", "номер", "пресс-релиз"),
    *("протокол", "редактор", "редакция", "таблица", "текст", "тема", "транспорт", "туризм", "файл"),
    *(
        "фестиваль",
        "форум",
        "цитата",
        "энергетика",
        "евро",
        "сумма",
        "валюта",
        "этап",
        "карта",
        "факт",
        "телефон",
    ),
    *("код", "браузер", "администратор: %(person)s"),
    *("архив", "аккредитация", "эмбарго", "календарь", "дизайн", "контраст", "типографика"),
    *(f"%(number)s {unit}" for unit in ("км", "м", "м²", "м³", "га", "т", "мвт")),
}

every_catalogue = pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))


def written(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def context_of(message: Message) -> str:
    context = message.context or ""
    return context.decode() if isinstance(context, bytes) else context  # as Babel reads them from a .mo


def texts(catalogue: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {
        (context_of(message), *forms(message.id)): forms(message.string) for message in messages(catalogue)
    }


def fixed(text: str) -> set[str]:
    return set(FIXED.findall(text))


def look_alikes(text: str) -> list[str]:
    return LOOK_ALIKE.findall(FIXED.sub(" ", text))


def test_both_languages_have_a_catalogue() -> None:
    main = {path.parts[-3] for path in CATALOGUES if path.match("locale/*/*/django.po")}

    assert main == {"ky", "ru"}


@every_catalogue
def test_every_text_is_translated(path: Path) -> None:
    catalogue = written(path)

    assert list(messages(catalogue))
    assert not [
        message.id
        for message in messages(catalogue)
        if message.fuzzy
        or not all(form.strip() for form in forms(message.string))
        or (message.pluralizable and len(forms(message.string)) != catalogue.num_plurals)
    ]


@every_catalogue
def test_placeholders_and_tags_agree(path: Path) -> None:
    # Any form may stand for many numbers (21, say), so each needs what the English plural has.
    assert not [
        (message.id, form)
        for message in messages(written(path))
        for form in forms(message.string)
        if form and fixed(form) != fixed(forms(message.id)[-1])
    ]


@every_catalogue
def test_no_word_mixes_latin_and_cyrillic_letters(path: Path) -> None:
    assert not [
        (form, look_alikes(form))
        for message in messages(written(path))
        for form in forms(message.string)
        if look_alikes(form)
    ]


def test_a_look_alike_is_seen() -> None:
    assert look_alikes("c\u043b\u043e\u0432\u043e")
    assert not look_alikes("%(words)s\u043d\u044b PDF-\u0444\u0430\u0439\u043b")


@every_catalogue
def test_what_is_compiled_is_what_is_written(path: Path) -> None:
    catalogue = written(path)
    with path.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
        file.seek(0)
        plural = gettext.GNUTranslations(file).plural  # type: ignore[attr-defined]

    said = {entry: strings for entry, strings in texts(catalogue).items() if any(strings)}
    assert texts(compiled) == said, "run: make messages"
    assert {plural(number) for number in range(200)} == FORMS_IN_USE[path.parts[-3]]


def test_nothing_in_the_kyrgyz_catalogue_is_russian() -> None:
    def said(language: str) -> dict[tuple[str, ...], tuple[str, ...]]:
        return texts(written(ROOT / "pressoffice" / "locale" / language / "LC_MESSAGES" / "django.po"))

    russian = said("ru")

    same = {text[0] for entry, text in said("ky").items() if russian.get(entry) == text}
    assert {text for text in same if re.search(r"[а-я]", text) and text.lower() not in SHARED} == set()


def sentences_of(package: str, domain: str) -> set[str | tuple[str, int]]:
    """What a library lets people translate, as the keys of a compiled catalogue."""
    folder = Path(find_spec(package).submodule_search_locations[0]) / "locale"  # type: ignore[union-attr, index]
    source = folder / "en" / "LC_MESSAGES" / f"{domain}.po"
    if not source.exists():
        keys = set()
        for path in folder.glob(f"*/LC_MESSAGES/{domain}.mo"):
            with path.open("rb") as file:
                keys |= set(gettext.GNUTranslations(file)._catalog) - {""}  # type: ignore[attr-defined]
        return {(key[0], 0) if isinstance(key, tuple) else key for key in keys}
    with source.open("rb") as file:
        return {
            (key, 0) if message.pluralizable else key
            for message in messages(read_po(file))
            for key in ["\x04".join(filter(None, [message.context, forms(message.id)[0]]))]
        }


@pytest.mark.parametrize("language", ["ky", "ru"])
@pytest.mark.parametrize(
    ("package", "domain"),
    [
        ("django.conf", "django"),
        ("django.contrib.admin", "django"),
        ("django.contrib.admin", "djangojs"),
        ("django.contrib.auth", "django"),
        ("django.contrib.contenttypes", "django"),
        ("django.contrib.sessions", "django"),
        ("django_filters", "django"),
        ("django_prose_editor", "django"),
        ("django_prose_editor", "djangojs"),
    ],
)
def test_no_library_is_left_in_english(package: str, domain: str, language: str) -> None:
    known = DjangoTranslation(language, domain=domain)._catalog  # what pages and scripts are given

    asked = sentences_of(package, domain)

    assert asked
    assert {sentence for sentence in asked if sentence not in known} == set()


def test_a_kyrgyz_date_has_the_month_in_its_possessive_form() -> None:
    with override("ky"):
        dates = " ".join(date_format(date(2026, month, 23), "E") for month in range(1, 13))
        day = date_format(date(2026, 11, 23))
        month_of_a_year = date_format(date(2026, 11, 1), "YEAR_MONTH_FORMAT")

    assert dates == "январы февралы марты апрели майы июну июлу августу сентябры октябры ноябры декабры"
    assert day == "2026-жылдын 23‑ноябры"
    assert month_of_a_year == "2026-жылдын ноябрь айы"


@pytest.fixture(scope="module")
def in_the_sources(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, ...]]:
    """What makemessages finds in a copy of the sources, which it may litter."""
    if not shutil.which("xgettext"):
        missing = "gettext is not on this machine: whether the catalogues are complete was not tested"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    copy = tmp_path_factory.mktemp("sources") / "copy"
    aside = shutil.ignore_patterns(".*", "__pycache__", "migrations", "locale*", "*.po", "*.mo")
    for folder in ("pressoffice", "projects", "events", "articles", "templates"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=aside)
    locale = copy / "pressoffice" / "locale"
    locale.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(copy)
        patch.setattr("django.conf.settings.LOCALE_PATHS", [locale])
        call_command("makemessages", locale=["ru"], no_location=True, verbosity=0)
    return set(texts(written(locale / "ru" / "LC_MESSAGES" / "django.po")))


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_every_text_of_the_sources_is_in_the_catalogue(
    language: str, in_the_sources: set[tuple[str, ...]]
) -> None:
    catalogue = written(ROOT / "pressoffice" / "locale" / language / "LC_MESSAGES" / "django.po")

    missing = in_the_sources - set(texts(catalogue))

    assert len(in_the_sources) > 500
    assert not missing, "run: make messages"
