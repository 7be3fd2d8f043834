"""Who publishes: nobody by default, an example in the demo, and no identifier that would break an address."""

from pathlib import Path

import pytest

from tests.test_settings import start

SHOW = "f'{s.PRESSOFFICE_IATI_ORGANISATION}|{s.PRESSOFFICE_OC4IDS_PREFIX}|{s.PRESSOFFICE_PUBLISHER_NAME}'"


@pytest.mark.parametrize(
    ("mode", "written"),
    [
        ("local", "||"),
        ("demo", "XX-DEMONSTRATION-0|oc4ids-demonstration|Demonstration, no real publisher"),
    ],
)
def test_only_the_demo_makes_up_a_publisher(mode: str, written: str, tmp_path: Path) -> None:
    assert start(tmp_path, SHOW, PRESSOFFICE_MODE=mode).stdout.strip() == written


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PRESSOFFICE_IATI_ORGANISATION", "KG/1"),
        ("PRESSOFFICE_OC4IDS_PREFIX", "oc4ids test"),
        ("PRESSOFFICE_IATI_ORGANISATION_TYPE", "government"),
    ],
)
def test_an_odd_identifier_stops_the_start_with_a_sentence(name: str, value: str, tmp_path: Path) -> None:
    found = start(tmp_path, PRESSOFFICE_MODE="local", **{name: value})

    assert found.returncode != 0
    assert name in found.stderr
