"""Whether differences between languages are seen: the triples of the bench, and what is let through."""

import importlib.util
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from articles.language_truth import Mismatch, Place, compare, read
from projects.recognition import KnownProject, Recogniser

BENCH = Path(__file__).resolve().parents[2] / "bench"
_spec = importlib.util.spec_from_file_location("bench_truth", BENCH / "truth.py")
assert _spec
assert _spec.loader
bench = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(bench)
JUDGED = {name: tomllib.loads((BENCH / file).read_text()) for name, file in bench.SETS.items()}


def all_trials() -> Iterator[Any]:
    for name, judged in JUDGED.items():
        for number, trial in enumerate(bench.trials(judged)):
            yield pytest.param(name, trial, id=f"{name} {number}")


@pytest.mark.parametrize(("name", "trial"), list(all_trials()))
def test_a_fault_is_seen_and_nothing_else(name: str, trial: Any) -> None:
    found = bench.differences(JUDGED[name], trial.texts)

    if trial.fault is None:
        assert [bench.shown(each) for each in found] == []
    else:
        assert bench.is_seen(trial.fault, found)


def test_there_are_enough_triples_to_judge_by() -> None:
    trials = {name: list(bench.trials(judged)) for name, judged in JUDGED.items()}

    assert sum(trial.fault is None for trial in trials["tried on"]) >= 50
    assert sum(trial.fault is not None for trial in trials["tried on"]) >= 50
    assert sum(trial.fault is None for trial in trials["held out"]) >= 15
    assert sum(trial.fault is not None for trial in trials["held out"]) >= 15


def between(ru: str, en: str, more: dict[str, dict[str, Any]] | None = None) -> list[Mismatch]:
    """`more`: by language what else read() takes."""
    readings = [
        read(
            language,
            [(Place("body", number), part) for number, part in enumerate(text.split("\n\n"))],
            stated_on=date(2025, 9, 18),
            **(more or {}).get(language, {}),
        )
        for language, text in (("ru", ru), ("en", en))
    ]
    return compare(*readings)


def words(found: list[Mismatch]) -> list[tuple[str, str]]:
    return [
        (each.mine.words if each.mine else "", each.theirs.words if each.theirs else "") for each in found
    ]


def test_what_stands_in_a_figures_place_is_shown_beside_it() -> None:
    found = between("Выделено 3 млрд сомов.", "Some 3 million soms were set aside.")

    assert words(found) == [("3 млрд сомов", "3 million soms")]
    assert found[0].mine
    assert (found[0].mine.before, found[0].mine.after) == ("Выделено ", ".")


def test_a_figure_that_only_one_language_has_stands_alone() -> None:
    assert words(between("Построен мост.", "A bridge of 84 metres was built.")) == [("", "84 metres")]


@pytest.mark.parametrize(
    ("ru", "en"),
    [
        ("В 2024 году начали, в 2024 году закончили.", "It was begun and finished in 2024."),
        ("22 августа подписано соглашение.", "The agreement was signed on 22 August 2025."),
        ("3 млрд сомов", "3,000,000,000 soms"),
        ("Стороны договорились.", "Both sides agreed."),
        ("Один из мостов готов.", "A bridge is ready."),
        ("Работы закончат в следующем году.", "The work will be finished in 2026."),
        ("с 9 до 18 часов", "from 9 to 18 hours"),
        ("Половина работ выполнена.", "50 per cent of the work is done."),
    ],
)
def test_legitimate_variance_is_let_through(ru: str, en: str) -> None:
    assert words(between(ru, en)) == []


def test_the_key_is_the_same_from_both_sides_and_changes_with_the_figure() -> None:
    ru, en = "Выделено 3 млрд сомов.", "3 million soms were set aside."
    readings = {
        language: read(language, [(Place("body"), text)], stated_on=date(2025, 9, 18))
        for language, text in (("ru", ru), ("en", en))
    }

    key = compare(readings["ru"], readings["en"])[0].key
    assert compare(readings["en"], readings["ru"])[0].key == key
    assert between("Теперь выделено 3 млрд сомов.", en)[0].key == key
    assert between("Выделено 4 млрд сомов.", en)[0].key != key


def test_two_figures_that_changed_places_are_seen_only_paragraph_by_paragraph() -> None:
    ru = "Первый участок – 250 км.\n\nВторой – 280 км."

    assert words(between(ru, "The first section is 280 km.\n\nThe second is 250 km.")) == [
        ("250 км", "280 km"),
        ("280 км", "250 km"),
    ]
    assert words(between(ru, "The second section is 280 km, the first 250 km.")) == []


def test_a_name_counts_where_the_other_language_has_one() -> None:
    person = {"people": Recogniser([KnownProject("asanov", ("Бакыт Асанов",))], "ru")}
    known = {"known_names": frozenset({"person:asanov"})}

    assert words(between("Об этом сказал Бакыт Асанов.", "He said so.", {"ru": person, "en": known})) == [
        ("Бакыт Асанов", "")
    ]
    assert words(between("Об этом сказал Бакыт Асанов.", "He said so.", {"ru": person})) == []
