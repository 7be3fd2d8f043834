"""Statements and editions: references, addresses, ids."""

import re

import pytest
from django.db import IntegrityError

from articles.models import REFERENCE_ALPHABET, Statement
from articles.models import statement as module
from tests.makers import make_edition, make_statement

pytestmark = pytest.mark.django_db


def test_a_reference_can_be_said_and_never_spells_a_word():
    for _each in range(50):
        assert re.fullmatch(rf"2026-[{REFERENCE_ALPHABET}]{{4}}", make_statement().reference)
    assert not set(REFERENCE_ALPHABET) & set("aeiouyl01")
    assert len(set(REFERENCE_ALPHABET)) == len(REFERENCE_ALPHABET)


def test_a_reference_is_of_the_year_it_speaks_of():
    assert make_statement(delivered_on=None).reference.startswith(
        str(make_statement(delivered_on=None).created_at.year)
    )
    from datetime import date

    assert make_statement(delivered_on=date(2003, 12, 25)).reference.startswith("2003-")


def test_a_reference_that_is_taken_is_drawn_again(monkeypatch):
    first = make_statement()
    drawn = iter([*first.reference[-4:], *first.reference[-4:], *"2345"])
    monkeypatch.setattr(module.secrets, "choice", lambda _letters: next(drawn))

    second = make_statement()

    assert second.reference == "2026-2345"
    assert Statement.objects.count() == 2


def test_another_mistake_is_not_taken_for_a_collision():
    first = make_statement()

    with pytest.raises(IntegrityError):
        make_statement(uuid=first.uuid)


def test_a_reference_never_changes():
    statement = make_statement()
    reference = statement.reference
    statement.delivered_on = None
    statement.save()

    statement.refresh_from_db()
    assert statement.reference == reference


def test_an_edition_lives_under_its_own_language():
    edition = make_edition(language="ky", title="Жаңы жол")
    reference = edition.statement.reference

    assert edition.get_absolute_url() == f"/ky/statements/{reference}/jangy-jol/"
    assert edition.get_version_url() == f"/ky/statements/{reference}/v1/"
    assert edition.get_preview_url() == f"/ky/statements/{reference}/preview/{edition.pk}/"


def test_a_title_of_signs_still_has_an_address():
    edition = make_edition(language="ky", title="☃ ☃ ☃")

    assert edition.get_absolute_url().endswith("/ky/")


def test_a_draft_without_a_title_has_a_name(author):
    edition = make_statement().start_edition(language="ru", by=author)

    assert str(edition) == "Untitled"
    assert edition.get_preview_url()


def test_the_id_of_a_series_is_of_statement_and_language():
    statement = make_statement()
    russian = make_edition(statement=statement, language="ru", state="superseded")
    kyrgyz = make_edition(statement=statement, language="ky")

    assert russian.series_id == russian.successors.get().series_id
    assert russian.series_id != kyrgyz.series_id
    assert russian.series_id.version == 5
