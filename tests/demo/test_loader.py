"""The demo content as it stands in a site after its load."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.core.signals import setting_changed
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import empty
from django.utils.translation import override

from articles.bodies import body_text
from articles.models import Edition, Passage, Statement
from events.models import Event
from pressoffice.accounts.models import User
from pressoffice.demo import loader
from pressoffice.demo.content import body_of, keys, read
from pressoffice.directory.models import Person
from pressoffice.ledger.importing import bring_in
from pressoffice.ledger.importing import read as read_file
from pressoffice.ledger.models import FACTS, Commitment, Indicator
from pressoffice.ledger.open_data.missing import what_is_missing
from pressoffice.ledger.promises import came_of
from pressoffice.media.models import Image
from pressoffice.media.storage import library
from pressoffice.publishing import moment
from pressoffice.publishing.languages import CODES
from pressoffice.publishing.models import AuditEntry, Takedown
from projects.models import Agreement, Place, Project
from projects.recognition import find_projects, known_names
from tests.channels import under
from tests.ledger.open_data.test_standards import valid_iati, valid_oc4ids

# The first of all fixtures: what is loaded once for the module comes before any test's own database.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("django_db_setup")]


@pytest.fixture(scope="module")
def demo(django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The demo content, loaded once for all tests of this module: its pictures take seconds."""
    folder = tmp_path_factory.mktemp("library")
    with pytest.MonkeyPatch.context() as patch:
        media = {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder), "base_url": None},
        }
        patch.setattr(site, "STORAGES", {**site.STORAGES, "media": media})
        patch.setattr(site, "PRESSOFFICE_MODE", "demo")
        # Storages are looked up once; other tests may have done so before.
        setting_changed.send(sender=None, setting="STORAGES", value=site.STORAGES, enter=True)
        library._wrapped = empty
        with django_db_blocker.unblock(), transaction.atomic():
            assert loader.load() > 50
            yield folder
            transaction.set_rollback(True)
    setting_changed.send(sender=None, setting="STORAGES", value=site.STORAGES, enter=False)
    library._wrapped = empty


@pytest.fixture
def in_demo_mode(settings: Any) -> None:
    settings.PRESSOFFICE_MODE = "demo"


def statement(key: str) -> Statement:
    return Statement.objects.get(uuid=loader.statement_uuid(key))


def everything() -> list[int]:
    models = [
        User,
        Person,
        Project,
        Agreement,
        Event,
        Statement,
        Edition,
        Image,
        Place,
        *FACTS,
        AuditEntry,
        Takedown,
    ]
    return [model._base_manager.count() for model in models]


@pytest.mark.usefixtures("demo", "in_demo_mode")
def test_a_second_load_changes_nothing_in_a_dozen_queries(django_assert_max_num_queries: Any) -> None:
    before = everything()

    with django_assert_max_num_queries(13):
        assert loader.load() == 0

    assert everything() == before


@pytest.mark.usefixtures("demo", "in_demo_mode")
def test_a_second_load_a_month_later_changes_nothing_either() -> None:
    before = everything()

    assert loader.load(at=timezone.now() + timedelta(days=30)) == 0

    assert everything() == before


@pytest.mark.usefixtures("demo", "in_demo_mode")
def test_what_somebody_let_go_is_brought_back_and_what_they_changed_stays() -> None:
    Statement.objects.filter(uuid=loader.statement_uuid("02-border-complex-by-2025")).update(kind="interview")
    topic = statement("05-cku-agreement").topics.get(slug="transport")
    for relation in topic._meta.related_objects:
        if relation.many_to_many:
            getattr(topic, relation.get_accessor_name()).clear()
    topic.delete()

    assert loader.load() == 1

    assert statement("02-border-complex-by-2025").kind == "interview"


def test_it_is_refused_outside_demo_mode(settings: Any) -> None:
    settings.PRESSOFFICE_MODE = "local"
    before = everything()

    with pytest.raises(loader.NotADemo):
        loader.load()
    with pytest.raises(CommandError, match=r"whose password everybody knows.*make demo"):
        call_command("load_demo")
    assert everything() == before


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("login", loader.ACCOUNTS)
def test_the_accounts_let_somebody_in(login: str, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    client = Client()

    assert client.login(username=login, password=loader.PASSWORD)
    assert client.get(reverse("admin:index")).status_code == 200


@pytest.mark.usefixtures("demo")
def test_texts_are_stored_as_they_stand_in_the_files() -> None:
    names = {picture["title"]: name for name, picture in read("pictures").items() if "title" in picture}
    tokens = {image.token: names[image.title] for image in Image.objects.all()}
    for key in keys("statements"):
        for language in CODES:
            text = read(f"statements/{key}").get(language)
            if text is None:
                continue
            edition = statement(key).editions.filter(language=language).earliest("pk")
            body = edition.body
            for token, name in tokens.items():
                body = body.replace(token, name)
            assert body == body_of(text)
            assert (edition.title, edition.summary) == (text["title"], text["summary"])
            assert edition.passages.count() == body.count("<span data-project=")


@pytest.mark.usefixtures("demo")
def test_nobody_approved_or_published_what_they_wrote_and_all_in_order() -> None:
    for edition in Edition.objects.published():
        entries = list(AuditEntry.objects.about(edition).order_by("pk"))
        way = [entry for entry in entries if entry.step not in {"withdraw", "accept_difference"}]

        assert [entry.step for entry in way] == ["start", "submit", "approve", "publish"]
        assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
        assert all(entry.at < timezone.now() for entry in entries)
        writer, _submitter, approver, publisher = (entry.by.username for entry in way)
        assert writer in {"author", "translator"}
        assert (approver, publisher) == ("editor", "chief")
        assert [user.username for user in edition.writers.all()] == [writer]


@pytest.mark.usefixtures("demo")
def test_every_kind_of_life_a_text_may_have_can_be_seen() -> None:
    scheduled = statement("21-winter-hours")
    assert [edition.language for edition in Edition.objects.scheduled()].count("ky") == 1
    assert {edition.statement_id for edition in Edition.objects.scheduled()} == {scheduled.pk}
    soon, later = (timezone.now() + timedelta(days=days) for days in (2, 4))
    assert scheduled.editions.filter(live_from__range=(soon, later)).count() == 3

    corrected = statement("06-kambar-ata-vienna").editions.filter(language="en").order_by("number")
    assert [edition.number for edition in corrected] == [1, 2]
    assert corrected[1].change_note
    assert "5.9" not in body_text(corrected[1].body)

    withdrawn = statement("18-distribution-centre-opening-date")
    assert {edition.standing for edition in withdrawn.editions.all()} == {"withdrawn"}
    reasons = {
        takedown.language: takedown.reason_language for takedown in Takedown.objects.exclude(language="")
    }
    assert reasons == {"ky": "ky", "ru": "ru", "en": "en"}

    in_work = Edition.objects.unpublished().order_by("state")
    assert [edition.state for edition in in_work] == ["draft", "draft", "submitted"]
    behind = statement("19-green-lanes").editions.get(language="en", state="draft")
    assert behind.created_by.username == "translator"


@pytest.mark.usefixtures("demo")
def test_events_lie_behind_and_ahead_and_one_is_cancelled() -> None:
    upcoming = Event.objects.live().upcoming()

    assert upcoming.count() == 4
    assert [event.code for event in upcoming if event.is_cancelled] == ["highway-round-table"]
    assert Event.objects.live().past().count() >= 8
    assert Takedown.objects.get(kind="cancelled").reason_language == "ky"


@pytest.mark.usefixtures("demo")
def test_speakers_are_shown_in_the_office_they_held_then() -> None:
    person = Person.objects.get(slug="bakyt-chorobaev")
    for key, office in {
        "01-almaty-issyk-kul-road": "head of the Road Department",
        "16-almaty-issyk-kul-277": "director of the directorate of the Almaty–Issyk-Kul highway project",
    }.items():
        day = statement(key).delivered_on
        assert day is not None
        assert str(person.office_on(day)) == office


@pytest.mark.usefixtures("demo")
def test_an_agreement_without_its_day_of_signature_stays_a_draft() -> None:
    drafts = Agreement.objects.filter(state="draft")

    assert [agreement.code for agreement in drafts] == ["kg-kz-checkpoints-roadmap"]
    amending = Agreement.objects.filter(amends__code="kg-kz-checkpoints-2003")
    assert [agreement.code for agreement in amending] == ["kg-kz-checkpoints-protocol-2025"]


@pytest.mark.one_database
@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("language", CODES)
def test_every_page_can_be_read(language: str, reader: Client) -> None:
    with override(language):
        addresses = [reverse(name) for name in ("home", "about", "articles:statement-list", "articles:feed")]
        addresses += [reverse(name) for name in ("projects:project-list", "events:event-list")]
        addresses += [project.get_absolute_url() for project in Project.objects.live()]
        addresses += [event.get_absolute_url() for event in Event.objects.live()]
    live = Edition.objects.live().in_language(language).select_related("statement")
    addresses += [edition.get_absolute_url() for edition in live]
    assert len(live) >= 18

    for address in addresses:
        assert reader.get(address).status_code == 200, address


@pytest.mark.usefixtures("demo")
def test_what_is_only_there_in_russian_is_not_there_in_kyrgyz(reader: Client) -> None:
    address = statement("20-press-tour-advisory").editions.get().get_absolute_url()

    assert reader.get(address).status_code == 200
    assert reader.get(address.replace("/ru/", "/ky/")).status_code == 404


@pytest.mark.usefixtures("demo")
def test_the_translation_of_a_correction_is_up_to_date_and_the_one_in_work_is_behind(reader: Client) -> None:
    def is_behind(key: str, language: str) -> bool:
        edition = Edition.objects.live().get(statement=statement(key), language=language)
        return reader.get(edition.get_absolute_url()).context["translation_is_behind"]

    assert not is_behind("06-kambar-ata-vienna", "en")
    assert not is_behind("19-green-lanes", "ru")
    assert is_behind("19-green-lanes", "en")


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("language", CODES)
def test_names_and_aliases_find_the_projects_in_the_texts(language: str) -> None:
    """Not each passage: some speak of a project without its name."""
    known = known_names(Project.objects.all(), language)
    marked = found = 0
    for edition in Edition.objects.live().in_language(language):
        codes = set(edition.passages.values_list("project__code", flat=True))
        text = f"{edition.title}\n{body_text(edition.body)}"
        named = {occurrence.project.code for occurrence in find_projects(text, language, known)}
        marked += len(codes)
        found += len(codes & named)
    assert found / marked > 0.7


@pytest.mark.usefixtures("demo")
def test_the_site_as_it_stood_knows_no_more_than_was_said_then() -> None:
    with moment.fixed(datetime(2015, 12, 1, tzinfo=UTC)):
        assert [project.code for project in Project.objects.live()] == ["almaty-issyk-kul-highway"]
        assert Edition.objects.live().count() == 3
        assert not Event.objects.live().exists()


# --- the ledger --------------------------------------------------------------------------------------


def states() -> dict[str, str]:
    today = timezone.localdate()
    return {each.commitment.text_en: each.state for each in came_of(Commitment.objects.live(), today)}


@pytest.mark.usefixtures("demo")
def test_every_project_has_facts_and_a_place() -> None:
    for project in Project.objects.live():
        facts = [model.objects.live().about(project).count() for model in FACTS]  # type: ignore[attr-defined]
        assert sum(facts) >= 2, project.code
        assert project.places.exists(), project.code


@pytest.mark.usefixtures("demo")
def test_the_words_of_every_fact_are_marked_in_its_statement() -> None:
    with_words = [fact for model in FACTS for fact in model._default_manager.exclude(words="")]

    assert len(with_words) > 30
    for fact in with_words:
        passages = Passage.objects.filter(edition__statement=fact.source_id, project=fact.about)
        assert passages.filter(exact=fact.words).exists(), fact


@pytest.mark.usefixtures("demo")
def test_the_road_of_2015_and_the_complex_of_2025_tell_what_came_of_them() -> None:
    found = states()

    assert found["The first holidaymakers use the new road"] == "replaced"
    assert found["Construction of the complex is finished"] == "dropped"
    assert found["Construction begins"] == "done"
    assert found["Construction takes six years"] == "open"
    length = Indicator.objects.get(name_en="Length of the road")
    assert [str(each.value.normalize()) for each in length.measurements.order_by("stated_on")] == [
        "2.5E+2",
        "2.8E+2",
        "277",
    ]
    trade = Indicator.objects.get(unit="USD")
    assert [int(each.value) for each in trade.targets.order_by("stated_on")] == [2 * 10**9, 3 * 10**9]


@pytest.mark.usefixtures("demo")
def test_what_a_draft_or_a_scheduled_statement_promises_is_not_there_yet() -> None:
    hidden = {"Perishable goods keep a queue of their own in winter too"}
    hidden |= {"A competition is held under the new rules for choosing an investor"}

    assert Commitment.objects.filter(text_en__in=hidden).count() == 2
    assert hidden & set(states()) == set()


@pytest.mark.usefixtures("demo")
def test_what_a_withdrawn_statement_promised_is_marked() -> None:
    assert Commitment.objects.live().get(text_en="The centre opens").is_withdrawn


@pytest.mark.usefixtures("demo")
def test_every_project_is_valid_by_both_standards(reader: Client, settings: Any) -> None:
    settings.PRESSOFFICE_IATI_ORGANISATION = "XX-DEMONSTRATION-0"
    settings.PRESSOFFICE_OC4IDS_PREFIX = "oc4ids-000000"
    settings.PRESSOFFICE_PUBLISHER_NAME = "Press service"

    activities = valid_iati(reader.get(under("en", "data-iati")).content)
    package = valid_oc4ids(reader.get(under("en", "data-oc4ids")).content)

    assert len(activities) == len(package["projects"]) == len(keys("projects"))
    for project in Project.objects.live():
        assert [each.sentences for each in what_is_missing(project)] == [[], []]


@pytest.mark.usefixtures("demo")
def test_what_the_site_gives_out_is_known_to_it_when_it_comes_in(reader: Client) -> None:
    by = User.objects.get(username="editor")
    for name, file in (
        ("data-json", "all.json"),
        ("data-projects-csv", "a.csv"),
        ("data-facts-csv", "b.csv"),
    ):
        content = reader.get(under("ru", name)).content

        report = bring_in(read_file(BytesIO(content), file), by=by, name=file, dry_run=True)

        assert (report.problems, +report.made) == ([], Counter())
        assert sum(report.known.values()) >= len(keys("projects"))
