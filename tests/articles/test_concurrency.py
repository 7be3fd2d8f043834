"""Several people click at the same second, each in a process and on a connection of their own."""

import multiprocessing
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import timezone

from articles.models import EditConflict, Edition, Statement
from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from pressoffice.publishing import moment
from pressoffice.publishing.models import AuditEntry, Takedown
from pressoffice.publishing.steps import StepRefused
from tests.makers import make_edition, make_project, make_statement, somebody

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 60  # seconds; longer means that somebody waits for ever


@pytest.fixture(autouse=True)
def _roles_again() -> None:
    """A test that commits empties every table when it ends, those that migrations filled too."""
    roles.grant_permissions()


def _work(act: Callable[[], Any], barrier: Any, results: Any) -> None:
    try:
        barrier.wait(PATIENCE)
        act()
        results.put("done")
    except StepRefused as refusal:
        results.put(str(refusal))
    except EditConflict:
        results.put("conflict")
    except BaseException as error:  # noqa: BLE001 — whatever it is, the parent has to hear of it
        results.put(f"{type(error).__name__}: {error}")
    finally:
        connections.close_all()


def at_once(*acts: Callable[[], Any]) -> Counter[str]:
    """Run each in a process of its own, all let off together; what came of them."""
    fork = multiprocessing.get_context("fork")
    barrier, results = fork.Barrier(len(acts)), fork.Queue()
    # Two processes must not share a socket: each opens a connection of its own.
    connections.close_all()
    people = [fork.Process(target=_work, args=(act, barrier, results), daemon=True) for act in acts]
    for person in people:
        person.start()
    came_of_it = Counter(results.get(timeout=PATIENCE) for _each in people)
    for person in people:
        person.join(PATIENCE)
        assert person.exitcode == 0
    return came_of_it


def people_of(role: str, number: int) -> list[User]:
    like = somebody(role)
    people = [User.objects.create(username=f"{role}-{each}", is_staff=True) for each in range(number)]
    for person in people:
        person.groups.set(like.groups.all())
    return people


def test_four_publish_the_same_edition():
    edition = make_edition(state="approved")

    results = at_once(
        *(
            lambda by=by: Edition.objects.get(pk=edition.pk).publish(by=by)
            for by in people_of(roles.EDITOR, 4)
        )
    )

    assert results == {"done": 1, "Somebody has published this edition already.": 3}
    assert AuditEntry.objects.about(edition).filter(step="publish").count() == 1
    assert Edition.objects.live().get() == edition


def test_four_publish_the_same_old_object():
    """Each loaded the page before the others clicked."""
    edition = make_edition(state="approved")
    loaded = [Edition.objects.get(pk=edition.pk) for _each in range(4)]

    results = at_once(
        *(
            lambda each=each, by=by: each.publish(by=by)
            for each, by in zip(loaded, people_of(roles.EDITOR, 4), strict=True)
        )
    )

    assert results == {"done": 1, "Somebody has published this edition already.": 3}


def test_four_publish_a_correction():
    first = make_edition()
    author, editor = somebody(roles.AUTHOR), somebody(roles.EDITOR)
    second = first.statement.start_edition(language="ru", by=author)
    second.write(by=author, is_minor=True, title="Another title")
    second.submit(by=author)
    second.approve(by=editor)

    results = at_once(
        *(lambda by=by: Edition.objects.get(pk=second.pk).publish(by=by) for by in people_of(roles.EDITOR, 4))
    )

    assert results["done"] == 1
    assert sum(results.values()) == 4
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.live_until == second.live_from
    assert Edition.objects.live().get() == second


@pytest.mark.parametrize("is_first", [True, False], ids=["first", "next"])
def test_four_start_the_same_edition(is_first):
    statement = make_statement() if is_first else make_edition().statement

    results = at_once(
        *(
            lambda by=by: Statement.objects.get(pk=statement.pk).start_edition(language="ru", by=by)
            for by in people_of(roles.AUTHOR, 4)
        )
    )

    assert results == {"done": 1, "Somebody is working on the next edition in this language already.": 3}
    assert statement.editions.unpublished().count() == 1


def test_four_write_the_same_text():
    edition = make_edition(state="draft")
    loaded = Edition.objects.get(pk=edition.pk)

    results = at_once(
        *(
            lambda by=by, words=f"Words {number}": loaded.write(by=by, title=words)
            for number, by in enumerate(people_of(roles.AUTHOR, 4))
        )
    )

    assert results == {"done": 1, "conflict": 3}
    edition.refresh_from_db()
    assert edition.revision == loaded.revision + 1


def test_a_comma_while_somebody_approves():
    """Whoever comes first: what is approved is what was read, and is closed."""
    edition = make_edition(state="submitted")
    reader, writer = people_of(roles.EDITOR, 2)
    read = Edition.objects.get(pk=edition.pk)

    results = at_once(
        lambda: Edition.objects.get(pk=edition.pk).write(by=writer, title=f"{read.title},"),
        lambda: read.approve(by=reader, content_hash=read.content_hash),
    )

    assert results["done"] == 1
    edition.refresh_from_db()
    if edition.state == "approved":
        assert edition.title == read.title
        assert edition.approved_hash == edition.content_hash == read.content_hash
    else:
        assert edition.state == "submitted"
        assert edition.title == f"{read.title},"
        assert edition.approved_hash == ""


def test_a_withdrawal_while_the_next_edition_goes_out():
    """Either the correction is out and withdrawn with the rest, or it is refused; never half of it."""
    first = make_edition(at=timezone.now() - timedelta(days=2))
    author, editor = somebody(roles.AUTHOR), somebody(roles.EDITOR)
    second = first.statement.start_edition(language="ru", by=author)
    second.write(by=author, is_minor=True, title="Another title")
    second.submit(by=author)
    second.approve(by=editor)
    one, other = people_of(roles.EDITOR, 2)

    results = at_once(
        lambda: Edition.objects.get(pk=second.pk).publish(by=one),
        lambda: Edition.objects.get(pk=first.pk).withdraw(by=other, reason="All of it was wrong."),
    )

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.standing == "withdrawn"
    assert Takedown.objects.in_force().count() == 1
    if second.state == "published":
        assert results == {"done": 2}
        assert second.standing == "withdrawn"
        assert first.live_until == second.live_from
        assert Edition.objects.live().get() == second
    else:
        assert results["done"] == 1
        assert second.state == "approved"
        assert Edition.objects.live().get() == first


def test_four_take_the_same_text_down():
    edition = make_edition()

    results = at_once(
        *(
            lambda by=by: Edition.objects.get(pk=edition.pk).withdraw(by=by, reason="The figures were wrong.")
            for by in people_of(roles.EDITOR, 4)
        )
    )

    assert results["done"] == 1
    assert sum(results.values()) == 4
    assert all(sentence.endswith(".") for sentence in results if sentence != "done")
    assert Takedown.objects.count() == 1


def test_a_schedule_cancelled_by_two_and_started_anew_by_two():
    edition = make_edition(state="scheduled")
    one, other = people_of(roles.EDITOR, 2)

    results = at_once(
        *(lambda by=by: Edition.objects.get(pk=edition.pk).cancel_publication(by=by) for by in (one, other)),
        *(lambda by=by: Statement.objects.get().start_edition(language="ru", by=by) for by in (one, other)),
    )

    assert results["done"] == 1
    assert not [sentence for sentence in results if "Error" in sentence]
    edition.refresh_from_db()
    assert (edition.state, edition.number) == ("approved", None)
    assert Edition.objects.count() == 1


def test_four_publish_the_same_project():
    project = make_project(state="draft")

    results = at_once(
        *(
            lambda by=by: type(project).objects.get(pk=project.pk).publish(by=by)
            for by in people_of(roles.EDITOR, 4)
        )
    )

    assert results == {"done": 1, "This is public already.": 3}
    assert AuditEntry.objects.about(project).count() == 1


def test_who_waited_for_a_publication_finds_it_done():
    """The second asks before the first is done, and must not decide by the moment of asking."""
    project = make_project(state="draft")
    first, second = people_of(roles.EDITOR, 2)

    def holds_the_row_and_publishes() -> None:
        with transaction.atomic():
            mine = type(project).objects.select_for_update().get(pk=project.pk)
            time.sleep(0.4)
            mine.publish(by=first)

    def asks_meanwhile() -> None:
        time.sleep(0.2)
        project.publish(by=second)

    results = at_once(holds_the_row_and_publishes, asks_meanwhile)

    assert results == {"done": 1, "This is public already.": 1}


def test_the_moment_of_one_person_is_not_anothers():
    """`moment.fixed` holds for one process and one request, never for the house."""
    with moment.fixed(timezone.now() - timedelta(days=400)):
        pass

    assert moment.now() > timezone.now() - timedelta(minutes=1)
