"""An approval is for the very text that was read, by somebody who wrote none of it."""

import pytest
from django.db import IntegrityError, models, transaction
from django.test import Client

from articles.models import Edition
from tests.makers import make_edition, make_statement
from tests.stories.desk import author, chief, editor

pytestmark = pytest.mark.django_db


def test_a_comma_changed_after_approval(client: Client) -> None:
    writer, reader, other = author(), editor(), editor("other-editor")
    text = make_edition(state="draft", language="en", body="<p>Signed, today.</p>", by=writer.user)
    writer.presses("submit", text)
    reader.presses("approve", text)
    assert text.state == Edition.State.APPROVED

    # Nobody changes it under the approval: not in the form, not in the database.
    assert writer.writes(text, body="<p>Signed today.</p>").status_code in {403, 409}
    with pytest.raises(IntegrityError), transaction.atomic():
        models.QuerySet(Edition).filter(pk=text.pk).update(body="<p>Signed today.</p>")
    assert text.body == "<p>Signed, today.</p>"

    # Whoever must change it makes it a draft again, and the approval is void.
    writer.presses("reopen", text)
    writer.writes(text, body="<p>Signed today.</p>")
    assert (text.state, text.approved_by) == (Edition.State.DRAFT, None)
    assert other.presses("publish", text).status_code == 200
    assert client.get(f"/en/statements/{text.statement.reference}/").status_code == 404

    # An editor who opened the page before the comma went approves nothing.
    writer.presses("submit", text)
    seen = text.content_hash
    writer.presses("take-back", text)
    writer.writes(text, body="<p>Signed today!</p>")
    writer.presses("submit", text)
    late = reader.presses("approve", text, content_hash=seen)
    assert "changed after you opened it" in late.text
    assert text.state == Edition.State.SUBMITTED


def test_the_writer_approves_the_own_text_by_way_of_anothers() -> None:
    """An editor writes one word in an author's draft, which the author then submits."""
    writer, reader, other = author(), editor(), chief()
    text = make_edition(state="draft", language="en", by=writer.user)

    reader.writes(text, summary="One word of the editor's.")
    writer.presses("submit", text)
    assert not {"approve", "publish", "schedule"} & reader.buttons(text)
    assert "somebody else must approve" in reader.presses("approve", text).text

    other.presses("approve", text)
    assert "somebody else must publish" in reader.presses("publish", text).text
    assert text.state == Edition.State.APPROVED

    # Sent back and submitted anew by somebody else it is still the editor's text.
    other.presses("send-back", text, reason="Mind the date.")
    writer.presses("submit", text)
    assert "somebody else must approve" in reader.presses("approve", text).text

    # In a statement with a translation: writing in one language takes no right in the other.
    kyrgyz = make_edition(state="draft", statement=text.statement, language="ky", by=writer.user)
    writer.presses("submit", kyrgyz)
    reader.presses("approve", kyrgyz)
    assert kyrgyz.state == Edition.State.APPROVED


def test_a_draft_that_loses_its_russian_text_while_the_russian_page_stays(client: Client) -> None:
    """Emptying or discarding the next Russian draft takes nothing from readers."""
    writer, reader = author(), chief()
    statement = make_statement(original_language="ru")
    first = make_edition(statement=statement, language="ru", title="Заявление", body="<p>Слова.</p>")
    make_edition(statement=statement, language="ky", title="Билдирүү")
    draft = statement.start_edition(language="ru", by=writer.user)

    writer.writes(draft, title="", summary="", body="")
    page = client.get(first.get_absolute_url())
    assert page.status_code == 200
    assert "Слова." in page.text

    # Without a title and a text it does not come far, not even urgently.
    assert "Write a title and a text first" in writer.presses("submit", draft).text
    assert reader.presses("publish-urgently", draft, reason="Now!").status_code == 200
    assert draft.state == Edition.State.DRAFT

    reader.presses("discard", draft)
    assert draft.state == Edition.State.DISCARDED
    assert "Слова." in client.get(first.get_absolute_url()).text
    assert 'hreflang="ky"' in client.get(first.get_absolute_url()).text
    assert client.get(f"/ru/statements/{statement.reference}/v1/").status_code == 200
    assert client.get(f"/ru/statements/{statement.reference}/v2/").status_code == 404
