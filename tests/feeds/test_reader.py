"""What a subscriber's program keeps of our feeds while texts are published, corrected, renamed, withdrawn."""

from datetime import timedelta
from typing import Any

import pytest
from reader import Entry, make_reader

from pressoffice.accounts import roles
from pressoffice.publishing import moment
from tests.channels import under
from tests.makers import make_edition, make_statement, somebody

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def follow(live_server: Any, settings: Any) -> Any:
    """`follow(language)`: somebody who follows its statements in all three formats. Each call of what
    it gives fetches them and tells what is kept, by format and id."""
    settings.PRESSOFFICE_ADDRESS = live_server.url

    def followed(language: str) -> Any:
        reader = make_reader(":memory:", feed_root=None)
        addresses = {
            "rss": live_server.url + under(language, "articles:feed"),
            **{
                form: live_server.url + under(language, "articles:feed-in", form) for form in ("atom", "json")
            },
        }
        for address in addresses.values():
            reader.add_feed(address)

        def fetch() -> dict[str, dict[str, Entry]]:
            for result in reader.update_feeds_iter(scheduled=False):
                assert not isinstance(result.value, Exception), (result.url, result.value)
            return {
                form: {entry.id: entry for entry in reader.get_entries(feed=address)}
                for form, address in addresses.items()
            }

        return fetch

    return followed


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_an_edit_is_an_update_and_a_new_title_no_new_item(follow: Any, language: str) -> None:
    statement = make_statement(original_language=language)
    now = moment.now()
    edition = make_edition(
        at=now - timedelta(days=5),
        statement=statement,
        language=language,
        title="Жол ачылды",
        body="<p>280 чакырым.</p>",
    )
    fetch = follow(language)
    first = fetch()
    for entries in first.values():
        (entry,) = entries.values()
        assert (entry.id, entry.title) == (edition.series_id.urn, "Жол ачылды")
        assert entry.get_content().value.strip().endswith("<p>280 чакырым.</p>")

    make_edition(
        statement=statement,
        language=language,
        title="Жолдун биринчи бөлүгү ачылды",
        body="<p>180 чакырым.</p>",
        change_note="Узундугу оңдолду.",
        at=now,
    )
    corrected = fetch()

    for form, entries in corrected.items():
        assert entries.keys() == first[form].keys(), form
        (entry,) = entries.values()
        (before,) = first[form].values()
        assert str(entry.title).endswith("Жолдун биринчи бөлүгү ачылды"), form
        assert "180 чакырым" in entry.get_content().value
        assert "Узундугу оңдолду." in entry.get_content().value
        assert entry.published == before.published
        assert entry.get_content() != before.get_content()
        assert (entry.updated or entry.published) > (before.updated or before.published), form  # type: ignore[operator]
        assert entry.added == before.added

    edition.successors.get().withdraw(by=somebody(roles.CHIEF_EDITOR), reason="Ката кетти.")
    withdrawn = fetch()

    for form, entries in withdrawn.items():
        assert entries.keys() == first[form].keys(), form
        (entry,) = entries.values()
        assert "Ката кетти." in entry.get_content().value


def test_what_did_not_change_is_no_update(follow: Any) -> None:
    make_edition(language="ru")
    fetch = follow("ru")
    first = fetch()

    for form, entries in fetch().items():
        for key, entry in entries.items():
            assert entry.last_updated == first[form][key].last_updated
