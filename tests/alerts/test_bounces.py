"""What mail servers answer, at once or later, and what becomes of those who do not take our e-mails."""

import io
import mailbox
from datetime import timedelta
from email.message import EmailMessage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from pressoffice.alerts import bounces, signing_up, subjects, tokens
from pressoffice.alerts.models import Subscriber, Told
from pressoffice.deliveries.models import Delivery
from pressoffice.publishing import moment

from .test_telling import ANNA, BEN, publish

pytestmark = pytest.mark.django_db


def test_a_server_that_asks_to_wait_gets_it_later(follow, post_office, work):
    subscriber = follow(ANNA)
    post_office.answers[ANNA] = "450 greylisted"
    publish()
    work()
    waiting = Delivery.objects.waiting().get(kind="alert")
    post_office.answers.clear()
    work(waiting.next_try_at)

    subscriber.refresh_from_db()
    assert "450" in waiting.last_error
    assert ANNA not in waiting.last_error
    assert len(post_office.taken) == 1
    assert subscriber.bounces == 0


def test_a_server_that_is_away_gets_it_later(follow, post_office, work, settings):
    subscriber = follow(ANNA)
    there, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    publish()
    work()
    told = Told.objects.get()
    settings.EMAIL_PORT = there
    work(moment.now() + timedelta(minutes=2))

    subscriber.refresh_from_db()
    assert told.begun_at is None
    assert len(post_office.taken) == 1
    assert subscriber.bounces == 0


def test_a_letter_that_the_server_refuses_as_such_is_nobodys_bounce(follow, post_office, work):
    subscriber = follow(ANNA)
    post_office.answer_to_data = "554 no"
    publish()
    work()

    subscriber.refresh_from_db()
    assert subscriber.bounces == 0
    assert Delivery.objects.waiting().filter(kind="alert").exists()


def test_an_address_that_is_refused_for_days_is_paused_until_it_is_confirmed_anew(
    follow, post_office, work, settings
):
    subscriber = follow(ANNA)
    follow(BEN)
    settings.PRESSOFFICE_ALERTS_BOUNCES = 2
    post_office.answers[ANNA] = "550 no such user"
    publish(), publish(), publish()
    work()
    after_a_day = Subscriber.objects.get(pk=subscriber.pk)
    tomorrow = moment.now() + timedelta(days=1)
    with moment.fixed(tomorrow):
        publish()
    work(tomorrow)
    subscriber.refresh_from_db()

    assert (after_a_day.bounces, after_a_day.paused_at) == (1, None)
    assert subscriber.bounces == 2
    assert subscriber.paused_at is not None
    assert len(post_office.to(BEN)) == 4
    assert Delivery.objects.filter(kind="alert", state="dropped").count() == 4

    post_office.answers.clear()
    with moment.fixed(tomorrow + timedelta(days=2)), override("ru"):
        here = subjects.found("events", "", {})
        signing_up.sign_up(here, ANNA, frequency="daily", language="ru")
        signing_up.confirm(subscriber.key, subscriber.subscriptions.get(subject__what="events").pk)
    subscriber.refresh_from_db()
    assert (subscriber.bounces, subscriber.paused_at) == (0, None)


def test_a_bounce_of_long_ago_does_not_count(follow):
    subscriber = follow(ANNA)
    for days in (0, 40):
        with moment.fixed(moment.now() + timedelta(days=days)):
            bounces.count(subscriber.pk)

    subscriber.refresh_from_db()
    assert subscriber.bounces == 1


def report(*, to="", original=None, action="failed", status="5.1.1", address=ANNA):
    """As a mail server writes it."""
    whole = MIMEMultipart("report", report_type="delivery-status")
    whole["From"], whole["To"], whole["Subject"] = "MAILER-DAEMON@mx.example", to, "Undelivered"
    whole.attach(MIMEText(f"Your message to {address} could not be delivered."))
    fields = EmailMessage()
    fields["Reporting-MTA"] = "dns; mx.example"
    about = EmailMessage()
    about["Final-Recipient"] = f"rfc822; {address}"
    about["Action"], about["Status"] = action, status
    delivery = MIMEMessage(EmailMessage(), "delivery-status")
    delivery.set_payload([fields, about])
    whole.attach(delivery)
    if original is not None:
        whole.attach(MIMEMessage(original))
    return whole.as_bytes()


@pytest.fixture
def read(tmp_path):
    def told(*reports):
        for number, each in enumerate(reports):
            (tmp_path / str(number)).write_bytes(each)
        said = io.StringIO()
        call_command("read_bounces", *(str(tmp_path / str(n)) for n in range(len(reports))), stdout=said)
        return said.getvalue().strip()

    return told


def test_letters_leave_with_a_mark_in_their_senders_address(follow, post_office, work, settings):
    settings.PRESSOFFICE_BOUNCES_TO = "bounces@press.example"
    subscriber = follow(ANNA)
    publish()
    work()

    sender = post_office.taken[0].sender
    assert sender == f"bounces+{tokens.returning(subscriber.pk)}@press.example"
    assert post_office.taken[0].message["From"].addresses[0].addr_spec == "press@press.example"
    assert len(sender.partition("@")[0]) <= 64


def test_a_report_counts_by_the_mark_that_we_signed(follow, read):
    subscriber = follow(ANNA)
    mark = tokens.returning(subscriber.pk)

    said = read(report(to=f"<Bounces+{mark.upper()}@press.example>", address="somewhere@else.example"))

    subscriber.refresh_from_db()
    assert said == "1 read, 1 counted, 0 about nobody we know."
    assert subscriber.bounces == 1


def test_a_report_counts_by_the_link_in_what_came_back(follow, post_office, work, read):
    subscriber = follow(ANNA)
    publish()
    work()

    read(report(to="press@press.example", original=post_office.taken[0].message))

    subscriber.refresh_from_db()
    assert subscriber.bounces == 1


def test_nobody_is_shut_out_by_a_forged_report(follow, read):
    subscriber = follow(ANNA)
    forged = EmailMessage()
    forged["List-Unsubscribe"] = f"<https://press.example/ru/subscribe/by-email/leave/{subscriber.key}.AAAA/>"
    forged["To"] = ANNA

    said = read(
        report(to=f"bounces+{subscriber.pk}-00000000000000000000@press.example"),
        report(to="press@press.example", original=forged),
        report(to="bounces+²-1@press.example"),
        report(to="bounces+" + "9" * 5000 + "-1@press.example"),
    )

    subscriber.refresh_from_db()
    assert said == "4 read, 0 counted, 4 about nobody we know."
    assert subscriber.bounces == 0


@pytest.mark.parametrize(
    ("action", "status"), [("delayed", "4.4.1"), ("delivered", "2.0.0"), ("failed", "4.2.2"), ("", "")]
)
def test_what_is_late_or_has_arrived_is_no_bounce(action, status, follow, read):
    subscriber = follow(ANNA)

    read(report(to=f"b+{tokens.returning(subscriber.pk)}@press.example", action=action, status=status))

    subscriber.refresh_from_db()
    assert subscriber.bounces == 0


def test_odd_files_are_read_past(read, follow):
    follow(ANNA)
    out_of_office = b"Subject: Out of office\n\nBack on Monday."

    said = read(b"", b"\xff\xfe\x00", out_of_office, b"Content-Type: multipart/report\n\n")

    assert said == "4 read, 0 counted, 0 about nobody we know."


def test_a_maildir_is_read_once(follow, tmp_path):
    subscriber = follow(ANNA)
    box = mailbox.Maildir(tmp_path / "box")
    box.add(report(to=f"b+{tokens.returning(subscriber.pk)}@press.example"))
    said = [io.StringIO(), io.StringIO()]

    for each in said:
        call_command("read_bounces", str(tmp_path / "box"), stdout=each)

    assert said[0].getvalue().startswith("1 read, 1 counted")
    assert said[1].getvalue().startswith("0 read")


def test_a_place_that_is_not_there_is_told():
    with pytest.raises(CommandError, match="neither a file nor a Maildir"):
        call_command("read_bounces", "/nowhere")
