"""What newsrooms take from a statement: photographs, press kit, contact, what changed, what is near it."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Edition
from pressoffice.accounts import roles
from pressoffice.publishing import moment
from tests.channels import image_address, under
from tests.makers import (
    in_three,
    make_contact,
    make_document,
    make_edition,
    make_image,
    make_person,
    make_project,
    make_statement,
    make_status,
    make_topic,
    somebody,
)

pytestmark = pytest.mark.django_db


def page(address: str, status: int = 200) -> str:
    response = Client().get(address)
    assert response.status_code == status
    return response.content.decode()


def kit(edition: Edition) -> zipfile.ZipFile:
    response = Client().get(edition.get_press_kit_url())
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(response.getvalue()))


def next_edition(edition: Edition, **content: object) -> Edition:
    author, editor = somebody(roles.AUTHOR), somebody(roles.EDITOR)
    following = edition.statement.start_edition(language=edition.language, by=author)
    following.write(by=author, **{"change_note": "One figure.", **content})
    following.submit(by=author)
    following.approve(by=editor)
    following.publish(by=editor)
    return following


# --- photographs -------------------------------------------------------------------------------------


def test_photographs_stand_in_the_order_that_was_chosen_with_credit_and_terms():
    second, first = (
        make_image("Beta"),
        make_image("Alpha", terms="ask", **in_three("credit", "N. Photographer")),
    )
    edition = make_edition(language="en", gallery=[first, second])

    shown = page(edition.get_absolute_url())

    assert shown.index(image_address(first).split("/")[3]) < shown.index(image_address(second).split("/")[3])
    assert "<span>N. Photographer (en)</span><span>Only after asking the press office</span>" in shown
    assert "Free for news reporting, with the credit" in shown


def test_a_picture_that_leads_and_stands_in_the_text_is_offered_once():
    image = make_image()
    body = f'<p>Words.</p><figure data-image="{image.token}"></figure>'
    edition = make_edition(language="en", body=body, lead_image=image, gallery=[image])

    assert page(edition.get_absolute_url()).count("gallery__item") == 1


def test_the_next_edition_keeps_the_photographs_until_somebody_changes_them():
    photographs = [make_image(), make_image()]
    edition = make_edition(gallery=photographs)

    following = next_edition(edition)
    assert [row.image for row in following.gallery_rows.all()] == photographs
    turned = next_edition(following, gallery=photographs[::-1])
    assert [row.image for row in turned.gallery_rows.all()] == photographs[::-1]


def test_an_approval_does_not_hold_for_other_photographs():
    edition = make_edition(state="draft", gallery=[make_image()])
    before = edition.content_hash

    edition.write(by=somebody(roles.AUTHOR), gallery=[make_image()])
    assert edition.content_hash != before
    edition.write(by=somebody(roles.AUTHOR), gallery=[])
    assert edition.content_hash not in {before, ""}


# --- press kit ---------------------------------------------------------------------------------------


def test_a_press_kit_holds_text_photographs_documents_and_credits():
    person = make_person("Speaker", office="Minister of roads")
    statement = make_statement(
        original_language="en", speakers=[person], contact=make_contact("Reachable", phone="+996 312 000-000")
    )
    image = make_image("Bridge", **in_three("credit", "N. Photographer"))
    edition = make_edition(
        statement=statement,
        language="en",
        title="A bridge & a road",
        body="<p>The bridge is <strong>open</strong>.</p><ul><li>280 km</li></ul>",
        gallery=[image],
        attachments=[make_document("Plan")],
        notes_to_editors="Not for <children>.",
    )
    folder = f"{statement.reference}-en"

    archive = kit(edition)

    assert archive.testzip() is None
    assert archive.namelist() == [
        f"{folder}/statement.txt",
        f"{folder}/statement.html",
        f"{folder}/credits.txt",
        f"{folder}/photographs/01.jpg",
        f"{folder}/documents/01.pdf",
    ]
    text = archive.read(f"{folder}/statement.txt").decode("utf-8-sig")
    for words in (
        "A bridge & a road\r\n",
        "The bridge is open.",
        "280 km",
        "Speaker (en), Minister of roads (en)",
        "Not for <children>.",
        "Reachable (en)",
        "+996 312 000-000",
        statement.reference,
        edition.get_absolute_url(),
    ):
        assert words in text
    assert "The bridge is <strong>open</strong>." in archive.read(f"{folder}/statement.html").decode()
    assert "Not for &lt;children&gt;." in archive.read(f"{folder}/statement.html").decode()
    credits = archive.read(f"{folder}/credits.txt").decode("utf-8-sig")
    assert "photographs/01.jpg (960 × 640)" in credits
    assert "N. Photographer (en)" in credits
    assert "free for news reporting, with the credit" in credits
    assert archive.read(f"{folder}/photographs/01.jpg") == b"Bridge full jpeg"
    assert archive.read(f"{folder}/documents/01.pdf") == b"%PDF-1.7 Plan"


def test_the_press_takes_home_the_largest_copy_there_is():
    image = make_image("Bridge", width=2560, height=1707)
    edition = make_edition(language="en", gallery=[image])
    address = reverse("media:image", args=[image.token, "full", 2560, "jpg"])

    assert f'href="{address}" download' in page(edition.get_absolute_url())
    assert Client().get(address).content == b"kept copy"
    archive = kit(edition)
    folder = f"{edition.statement.reference}-en"
    assert archive.read(f"{folder}/photographs/01.jpg") == b"kept copy"
    assert "photographs/01.jpg (2560 × 1707)" in archive.read(f"{folder}/credits.txt").decode("utf-8-sig")


def test_a_press_kit_speaks_the_language_of_its_text():
    archive = kit(make_edition(language="ky"))

    name = next(each for each in archive.namelist() if each.endswith("statement.txt"))
    assert "Басма сөз кызматы" in archive.read(name).decode("utf-8-sig")


def test_a_press_kit_is_the_same_bytes_until_the_text_changes():
    edition = make_edition(language="en")
    address = edition.get_press_kit_url()
    first = Client().get(address)
    content = first.getvalue()

    assert Client().get(address).getvalue() == content
    assert Client().get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    head = Client().head(address)
    assert (head.status_code, head.headers["ETag"], head.content) == (200, first.headers["ETag"], b"")

    next_edition(edition, body="<p>Otherwise.</p>")
    second = Client().get(address)
    assert second.getvalue() != content
    assert second.headers["ETag"] != first.headers["ETag"]


def test_a_withdrawn_text_stays_readable_but_has_no_press_kit():
    edition = make_edition(state="withdrawn", language="en")

    assert "press-kit.zip" not in page(edition.get_absolute_url())
    page(edition.get_press_kit_url(), 404)


def test_the_press_kit_of_a_removed_text_is_gone_with_it():
    assert page(make_edition(state="removed", language="en").get_press_kit_url(), 410)


def test_an_older_version_offers_no_press_kit():
    edition = make_edition(language="en")
    next_edition(edition)

    assert "press-kit.zip" not in page(edition.get_version_url())


# --- contact -----------------------------------------------------------------------------------------


def test_the_contact_of_a_statement_can_be_dialled_and_written_to():
    contact = make_contact("Reachable", phone="+996 (312) 62-00-00", email="a@ministry.example")
    edition = make_edition(language="en", statement=make_statement(contact=contact))

    shown = page(edition.get_absolute_url())
    assert 'href="tel:+996312620000">+996 (312) 62-00-00</a>' in shown
    assert 'href="mailto:a@ministry.example"' in shown


# --- what changed ------------------------------------------------------------------------------------


def test_what_changed_can_be_read_word_by_word():
    edition = make_edition(language="en", title="The road", body="<p>It is 280 km long.</p>")
    following = next_edition(edition, body="<p>It is 277 km long.</p>")

    shown = page(following.get_changes_url())
    assert '<del><span class="visually-hidden">[removed: </span>280<span' in shown
    assert '<ins><span class="visually-hidden">[added: </span>277<span' in shown
    assert "One figure." in shown
    assert f'href="{following.get_changes_url()}"' in page(following.get_absolute_url())


def test_paragraphs_far_from_a_change_are_left_out():
    paragraphs = [f"<p>Paragraph {name}.</p>" for name in ("one", "two", "three", "four", "five", "six")]
    edition = make_edition(language="en", body="".join(paragraphs))
    paragraphs[3] = "<p>Paragraph four, changed.</p>"
    shown = page(next_edition(edition, body="".join(paragraphs)).get_changes_url())

    assert "Paragraph three." in shown
    assert "Paragraph five." in shown
    assert "Paragraph one." not in shown
    assert "Paragraph six." not in shown


def test_what_changed_is_not_told_before_the_new_version_is_public():
    edition = make_edition(language="en")
    author, editor = somebody(roles.AUTHOR), somebody(roles.EDITOR)
    following = edition.statement.start_edition(language="en", by=author)
    following.write(by=author, title="Secret for now", change_note="Later.")
    following.submit(by=author)
    following.approve(by=editor)
    following.publish(by=editor, at=moment.now() + timedelta(days=1))

    address = under("en", "articles:changes", edition.statement.reference, 2)
    page(address, 404)
    assert "/changes/" not in page(edition.get_absolute_url())
    with moment.fixed(moment.now() + timedelta(days=1)):
        assert "Secret for now" in page(address)


def test_the_first_version_has_nothing_before_it_to_differ_from():
    edition = make_edition(language="en")

    page(under("en", "articles:changes", edition.statement.reference, 1), 404)


def test_what_changed_in_a_removed_text_is_gone_with_it():
    following = next_edition(make_edition(language="en"))
    following.remove(by=somebody(roles.CHIEF_EDITOR), reason="It named a private person.")

    page(following.get_changes_url(), 410)


def test_versions_lead_to_each_other():
    edition = make_edition(language="en")
    following = next_edition(edition)

    assert f'href="{edition.get_version_url()}">Version 1</a>' in page(following.get_absolute_url())
    assert f'href="{following.get_absolute_url()}"' in page(edition.get_version_url())


# --- what is near it ---------------------------------------------------------------------------------


def test_related_texts_are_those_that_share_the_most_projects():
    road, bridge = make_project(), make_project()
    both = make_edition(
        language="en", title="Both of them", about=[road, bridge], at=moment.now() - timedelta(9)
    )
    one = make_edition(language="en", title="One of them", about=[road], at=moment.now() - timedelta(3))
    make_edition(language="en", title="Neither of them")
    make_edition(language="ru", title="Другой язык", about=[road, bridge])
    edition = make_edition(language="en", about=[road, bridge])

    response = Client().get(edition.get_absolute_url())
    assert list(response.context["related"]) == [both, one]


def test_without_a_project_the_topic_tells_what_is_near():
    topic = make_topic()
    near = make_edition(language="en", statement=make_statement(topics=[topic]))
    make_edition(language="en", statement=make_statement(topics=[make_topic()]))
    edition = make_edition(language="en", statement=make_statement(topics=[topic]))

    assert list(Client().get(edition.get_absolute_url()).context["related"]) == [near]


def test_a_project_beside_the_text_says_where_it_stands():
    project = make_project()
    edition = make_edition(language="en", about=[project])
    make_status(project, edition.statement, "suspended", date(2026, 8, 22))

    assert 'data-status="suspended"' in page(edition.get_absolute_url())


def test_a_quote_carries_its_speaker_office_and_day():
    statement = make_statement(
        speakers=[make_person("Speaker", office="Minister")], delivered_on=date(2026, 8, 22)
    )
    edition = make_edition(statement=statement, language="en")

    assert 'data-citation="Speaker (en), Minister (en), 22 August 2026"' in page(edition.get_absolute_url())
