"""A text under embargo for named people outside: by their link, until its hour, and for nobody else."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Edition, EmbargoLink
from articles.models.embargo import EmbargoOpening, hash_of
from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from pressoffice.publishing import moment
from pressoffice.publishing.models import AuditEntry
from pressoffice.publishing.steps import StepRefused
from tests.channels import image_address, under
from tests.makers import body_about, make_document, make_edition, make_image, make_project, somebody
from tests.test_odd_requests import ODD_VALUES, quoted

pytestmark = pytest.mark.django_db

HOUR = timezone.now().replace(microsecond=0) + timedelta(days=2)
Desk = Callable[[User], Client]


def approved(**content: Any) -> Edition:
    return make_edition(state="approved", language="ru", **{"embargo_until": HOUR, **content})


def give(edition: Edition, **facts: Any) -> tuple[EmbargoLink, str]:
    """The link and its address."""
    link, token = EmbargoLink.objects.give(
        edition,
        by=somebody(roles.EDITOR),
        **{"recipient": "Айгүл Асанова", "organisation": "АКИпресс", **facts},
    )
    return link, link.address(token)


# --- giving --------------------------------------------------------------------------------------------


def test_a_token_has_256_bits_and_only_its_hash_is_kept() -> None:
    link, address = give(approved())
    token = address.rstrip("/").rsplit("/", 1)[1]

    assert len(token) == 43
    assert link.token_hash == hash_of(token)
    kept = [str(value) for row in EmbargoLink.objects.values_list() for value in row]
    kept += [str(value) for row in AuditEntry.objects.values_list() for value in row]
    assert not any(token in value for value in kept)


def test_it_ends_with_the_embargo_unless_it_ends_sooner() -> None:
    edition = approved()

    assert give(edition)[0].expires_at == HOUR
    assert give(edition, expires_at=HOUR - timedelta(days=1))[0].expires_at == HOUR - timedelta(days=1)
    for wrong in (HOUR + timedelta(seconds=1), moment.now() - timedelta(seconds=1)):
        with pytest.raises(StepRefused, match="not after the text goes public"):
            give(edition, expires_at=wrong)


@pytest.mark.parametrize("state", ["draft", "submitted", "live", "superseded", "discarded"])
def test_only_an_approved_text_that_is_held_is_given(state: str) -> None:
    content = {} if state in {"live", "superseded"} else {"embargo_until": HOUR}
    with pytest.raises(StepRefused):
        give(make_edition(state=state, **content))


def test_without_an_hour_there_is_nothing_to_hold() -> None:
    with pytest.raises(StepRefused, match="until when"):
        give(approved(embargo_until=None))


@pytest.mark.parametrize("who", ["author", "translator", "stranger"])
def test_giving_and_revoking_is_for_those_who_publish(who: str, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)
    edition = approved()
    link, _address = give(edition)

    with pytest.raises(StepRefused):
        EmbargoLink.objects.give(edition, by=person, recipient="Somebody")
    with pytest.raises(StepRefused):
        link.revoke(by=person)


def test_giving_and_revoking_stand_on_the_trail_of_the_text(editor: User) -> None:
    edition = approved()
    link, _address = give(edition)
    link.revoke(by=editor)

    told = [(entry.step, entry.reason) for entry in AuditEntry.objects.about(edition).newest_first()[:2]]  # type: ignore[attr-defined]
    assert told == [
        ("revoke_link", "Айгүл Асанова (АКИпресс)"),
        ("share", "Айгүл Асанова (АКИпресс)"),
    ]
    with pytest.raises(StepRefused, match="revoked already"):
        link.revoke(by=editor)


# --- opening -------------------------------------------------------------------------------------------


def test_behind_the_door_stands_the_text_with_hour_zone_and_name(client: Client) -> None:
    link, address = give(approved(title="Тайна", body="<p>До поры молчим.</p>"))

    door = client.get(address)
    assert "Тайна" not in door.text
    assert "Айгүл Асанова" in door.text
    assert not link.openings.exists()

    page = client.post(address)
    assert page.status_code == 200
    for words in ("Тайна", "До поры молчим.", "Айгүл Асанова", "АКИпресс", "UTC+6"):
        assert words in page.text
    assert timezone.localtime(HOUR).strftime("%H:%M") in page.text
    assert link.openings.count() == 1
    # What they copy names the public address, where nothing is yet.
    assert "data-share-page" not in page.text
    assert "data-quote" not in page.text


def test_no_program_that_fetches_ahead_opens_it(client: Client) -> None:
    link, address = give(approved(title="Тайна"))

    for answer in (
        client.head(address),
        client.get(address, HTTP_SEC_PURPOSE="prefetch"),
        client.get(address, HTTP_USER_AGENT="SafeLinks"),
    ):
        assert answer.status_code == 200
        assert "Тайна" not in answer.text
    assert not link.openings.exists()
    for method in ("put", "delete", "patch", "options"):
        assert getattr(client, method)(address).status_code == 405


def test_each_opening_is_noted_with_its_hour(client: Client) -> None:
    link, address = give(approved())

    for _time in range(3):
        client.post(address)

    assert link.openings.count() == 3


def test_it_is_kept_and_found_by_nobody(client: Client) -> None:
    _link, address = give(approved())

    for answer in (client.get(address), client.post(address), client.get(address[:-3] + "/")):
        assert answer["Cache-Control"] == "private, no-store"
        assert "noindex" in answer["X-Robots-Tag"]
        assert answer["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex">' in client.post(address).text
    assert "Disallow: /*/embargo/" in client.get("/robots.txt").text


def test_the_page_says_nothing_of_its_own_address(client: Client) -> None:
    """A printed page, a picture of the screen or what scripts of others read gives no key away."""
    _link, address = give(approved())
    page = client.post(address).text

    assert 'rel="canonical"' not in page
    assert "og:url" not in page


# --- the end -------------------------------------------------------------------------------------------


def closed(client: Client, address: str) -> tuple[int, bytes, dict[str, str]]:
    answer = client.get(address)
    posted = client.post(address)
    assert (posted.status_code, posted.content) == (answer.status_code, answer.content)
    return answer.status_code, answer.content, dict(answer.headers)


def test_whatever_is_wrong_with_a_link_the_answer_is_one(client: Client, editor: User) -> None:
    edition = approved(title="Тайна")
    unknown = closed(client, under("ru", "embargo:door", "x" * 43))
    assert unknown[0] == 410

    revoked, address = give(edition)
    revoked.revoke(by=editor)
    assert closed(client, address) == unknown

    _link, address = give(edition, expires_at=HOUR - timedelta(days=1))
    with moment.fixed(HOUR - timedelta(hours=23)):
        assert closed(client, address) == unknown

    _link, address = give(edition)
    assert closed(client, address[:-2] + "/") == unknown
    assert closed(client, address.replace("/ru/", "/ky/"))[0] == 410
    assert client.get(f"{address}?as_of=2025-01-01").status_code == 410
    edition.reopen(by=editor)
    assert closed(client, address) == unknown


def test_a_refused_opening_is_no_opening(client: Client, editor: User) -> None:
    link, address = give(approved())
    link.revoke(by=editor)

    client.post(address)

    assert not EmbargoOpening.objects.exists()


def test_once_the_text_is_public_the_link_leads_there(client: Client, editor: User) -> None:
    edition = approved()
    revoked, other = give(edition)
    revoked.revoke(by=editor)
    link, address = give(edition)
    edition.publish(by=somebody(roles.CHIEF_EDITOR), at=HOUR)

    assert client.get(address).status_code == 200
    with moment.fixed(HOUR):
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == 302
            assert answer["Location"] == edition.get_absolute_url()
        assert client.get(other).status_code == 410
    assert not link.openings.exists()


def test_a_publication_that_comes_earlier_ends_it_too(client: Client) -> None:
    edition = approved(embargo_until=None)
    edition.publish(by=somebody(roles.CHIEF_EDITOR), at=HOUR)
    _link, address = give(edition)
    edition.cancel_publication(by=somebody(roles.CHIEF_EDITOR))
    edition.publish(by=somebody(roles.CHIEF_EDITOR))

    assert client.get(address).status_code == 302


def test_a_removed_text_is_not_reached(client: Client) -> None:
    edition = approved(embargo_until=None)
    edition.publish(by=somebody(roles.CHIEF_EDITOR), at=HOUR)
    _link, address = give(edition)

    with moment.fixed(HOUR + timedelta(minutes=1)):
        edition.remove(by=somebody(roles.CHIEF_EDITOR), reason="A mistake.")
        assert client.get(address).status_code == 410


# --- files ---------------------------------------------------------------------------------------------


def test_its_files_are_handed_out_under_the_link_only(client: Client, editor: User) -> None:
    image, document, other = make_image(), make_document(), make_image()
    edition = approved(
        body=f'<figure data-image="{image.token}"></figure><p>Так.</p>',
        attachments=[document],
        lead_image=image,
    )
    link, address = give(edition)
    page = client.post(address).text

    files = set(re.findall(rf'(?:src|href)="({re.escape(address)}media/[^"]*)"', page))
    assert len(files) >= 2
    for file in files:
        answer = client.get(file)
        assert answer.status_code == 200, file
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        answer.getvalue()
    assert f'"{urlsplit(image_address(image)).path}"' not in page
    assert client.get(image_address(image)).status_code == 404
    assert client.get(document.get_absolute_url()).status_code == 404
    of_another = image_address(other).replace("/media/", f"{address}media/")
    assert client.get(of_another).status_code == 410

    link.revoke(by=editor)
    assert {client.get(file).status_code for file in files} == {410}


# --- nobody else ---------------------------------------------------------------------------------------


def test_a_link_makes_nothing_public(client: Client) -> None:
    edition = approved(title="Тайна", body=body_about(make_project("road")))
    _link, address = give(edition)
    client.post(address)

    for page in ("/ru/", "/ru/statements/", "/ru/statements/feed.rss", "/ru/projects/road/", "/sitemap.xml"):
        assert "Тайна" not in client.get(page).text
    assert client.get(f"/ru/statements/{edition.statement.reference}/").status_code == 404


@pytest.mark.parametrize("value", ODD_VALUES)
def test_odd_tokens(value: str, client: Client) -> None:
    written = quoted(ODD_VALUES[value]).replace("/", "%2F").replace("?", "%3F").replace("#", "%23")

    for method in (client.get, client.post):
        answer = method(f"/ru/embargo/{written}/")
        assert answer.status_code in {404, 410}
        assert "<script>alert" not in answer.text


def test_queries_are_few_and_do_not_depend_on_what_is_wrong(
    client: Client, editor: User, django_assert_num_queries: Any
) -> None:
    link, address = give(approved())
    link.revoke(by=editor)

    for asked in (address, under("ru", "embargo:door", "x" * 43), f"/ru/embargo/{quote('ж')}/"):
        with django_assert_num_queries(1):
            client.get(asked)


# --- the desk ------------------------------------------------------------------------------------------


def links_page(edition: Edition) -> str:
    return reverse("admin:articles_edition_embargo", args=[edition.pk])


@pytest.fixture
def desk(logged_in: Desk) -> Desk:
    def opened(user: User) -> Client:
        client = logged_in(user)
        client.cookies["django_language"] = "en"
        return client

    return opened


def form_of(client: Client, edition: Edition) -> dict[str, str]:
    return {
        "recipient": "Aigul",
        "form": str(client.get(links_page(edition)).context["form"].initial["form"]),
    }


def test_the_address_is_shown_once(desk: Desk, editor: User, client: Client) -> None:
    edition = approved()
    office = desk(editor)

    answer = office.post(links_page(edition), form_of(office, edition))

    told = re.search(r'value="(http[^"]*/embargo/[^"]*)"', answer.text)
    assert told
    assert f'data-share-page="{told.group(1)}"' in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert client.get(urlsplit(told.group(1)).path).status_code == 200
    assert told.group(1) not in office.get(links_page(edition)).text


def test_without_an_hour_no_form_is_offered_that_would_be_refused(desk: Desk, editor: User) -> None:
    edition = make_edition(state="approved")
    office = desk(editor)

    page = office.get(links_page(edition))
    assert page.context["form"] is None
    assert "Nobody has said yet until when this text is held" in page.text

    sent = {"recipient": "Aigul", "form": "6f1c1f4e-6d2b-4b0a-9a3e-3a1c3f0c2b11"}
    answer = office.post(links_page(edition), sent)
    assert "Say first until when it is held" in answer.text
    assert 'value="Aigul"' in answer.text


def test_a_second_click_makes_no_second_link(desk: Desk, editor: User) -> None:
    edition = approved()
    office = desk(editor)
    sent = form_of(office, edition)
    office.post(links_page(edition), sent)

    answer = office.post(links_page(edition), sent)

    assert "made already" in answer.text
    assert EmbargoLink.objects.count() == 1


def test_openings_are_counted_and_a_link_is_revoked(desk: Desk, editor: User, client: Client) -> None:
    edition = approved()
    link, address = give(edition)
    client.post(address)
    client.post(address)
    office = desk(editor)

    row = office.get(links_page(edition)).context["links"][0]["row"]
    assert row.opened == 2
    assert row.last_opened is not None
    revoke = reverse("admin:articles_edition_revoke", args=[edition.pk, link.pk])
    assert office.get(revoke).status_code == 405
    office.post(revoke)

    assert client.post(address).status_code == 410
    assert "revoked" in office.get(links_page(edition)).text


@pytest.mark.parametrize(
    "sent",
    [
        {"recipient": ""},
        {"recipient": "x" * 151},
        {"recipient": "a\x00b"},
        {"email": "no address"},
        {"expires_at": "tomorrow"},
        {"expires_at": "0001-01-01T00:00"},
        {"expires_at": "9999-12-31T23:59"},
        {"form": "x"},
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(sent: dict, desk: Desk, editor: User) -> None:
    edition = approved()
    office = desk(editor)

    answer = office.post(links_page(edition), {**form_of(office, edition), "organisation": "Kaktus", **sent})

    assert answer.status_code == 200
    assert "Kaktus" in answer.text
    assert answer.context["form"].errors
    assert not EmbargoLink.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("author", 403), ("translator", 403), ("stranger", 403)])
def test_the_desk_gives_links_only_by_those_who_may(
    who: str, status: int, request: pytest.FixtureRequest, desk: Desk, editor: User
) -> None:
    edition = approved()
    link, _address = give(edition)
    sent = form_of(desk(editor), edition)
    office = desk(request.getfixturevalue(who))

    assert office.post(links_page(edition), sent).status_code == status
    revoke = reverse("admin:articles_edition_revoke", args=[edition.pk, link.pk])
    assert office.post(revoke).status_code == status
    assert EmbargoLink.objects.get().revoked_at is None
