"""The database's index against the same predicate in Python: whichever database, the same entries."""

import random

import pytest
from django.db import connection

from pressoffice.search.asking import Unit, units
from pressoffice.search.engines import engine
from pressoffice.search.models import Entry
from tests.makers import make_edition, make_project

pytestmark = pytest.mark.django_db

WORDS = {
    "ru": "дорога дороги железная мост мосты тоннель Камбар-Ата-1 CASA-1000 Токаев 1860 вода Баткен ё к 北京",
    "ky": "жол жолу темир көпүрө суу мектеби Ысык-Көл Токаевдин Кеңеш 1860 айыл долбоор or and not near",
    "en": "road roads railway bridge tunnel Kambar-Ata-1 CASA-1000 Tokayev 1860 OR AND NOT NEAR near or not",
}


@pytest.mark.parametrize("language", WORDS)
def test_the_index_holds_what_the_texts_hold(language):
    draw = random.Random(language)
    words = WORDS[language].split()
    for _each in range(25):
        make_edition(
            language=language,
            title=" ".join(draw.sample(words, 2)),
            summary=" ".join(draw.sample(words, 2)),
            body=f"<p>{' '.join(draw.sample(words, 3))}</p>",
        )
    entries = list(Entry.objects.all())
    assert len(entries) == 25

    for _each in range(60):
        asked = units(" ".join(draw.sample(words, draw.randint(1, 3))), language)
        if draw.random() < 0.4:
            asked[-1] = asked[-1].or_beginning()
        any_of_them, in_title = draw.random() < 0.3, draw.random() < 0.3
        told = set(
            Entry.objects.filter(
                engine().holding(asked, any_of_them=any_of_them, in_title=in_title)
            ).values_list("pk", flat=True)
        )
        meets = any if any_of_them else all
        expected = {
            entry.pk
            for entry in entries
            if meets(
                unit.is_in(set((entry.title_words if in_title else entry.words).split(" "))) for unit in asked
            )
        }
        assert told == expected, asked


def test_what_changes_and_goes_leaves_the_index():
    project = make_project("road", name_ru="Мост", name_ky="Көпүрө", name_en="Bridge")
    asked = units("мост", "ru")

    def found() -> int:
        return Entry.objects.filter(engine().holding(asked)).count()

    assert found() == 1
    Entry.objects.filter(project=project).update(words="tunel")
    assert found() == 0
    Entry.objects.filter(project=project, language="ru").update(words="most x")
    assert found() == 1
    Entry.objects.all().delete()
    assert found() == 0


def test_words_of_the_databases_own_languages_are_words():
    """Nothing typed reaches a database but as keys of letters and digits."""
    for typed in (
        '"',
        "NEAR(a b)",
        "a* OR b:c",
        "'; DROP TABLE x; --",
        "a & !b | <-> c:*",
        "words : x",
        "-x",
    ):
        for unit in units(typed, "ru"):
            assert all(key.isalnum() and key.isascii() for key in unit.every_key)


def test_the_index_is_there_after_every_migrate():
    engine().install(connection)  # a second time

    assert engine().is_installed(connection)
    assert Entry.objects.filter(engine().holding([Unit("x", ((frozenset({"x"}),),))])).count() == 0
