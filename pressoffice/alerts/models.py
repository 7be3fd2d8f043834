import secrets
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing import moment

from . import mailboxes, tokens

BEGAN_BEFORE_END = Q(confirmed_at__isnull=True) | Q(confirmed_at__gte=F("created_at"))


def new_key() -> str:
    return secrets.token_hex(16)


class Frequency(models.TextChoices):
    """The quickest first: of several subscriptions that fit, it decides."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day, at 8 in the morning")
    WEEKLY = "weekly", _("once a week, on Monday morning")


class SubscriberQuerySet(models.QuerySet):
    def reached(self, *, through: str = "") -> Self:
        """Who is written to."""
        return self.filter(reached(through))

    def at(self, address: str) -> Self:
        """`address`: normal. Whatever its capitals: no mail server that people use tells them apart."""
        return self.alias(small=Lower("email")).filter(small=address.lower())


def reached(through: str = "") -> Q:
    prefix = f"{through}__" if through else ""
    return Q(
        **{
            f"{prefix}confirmed_at__isnull": False,
            f"{prefix}left_at__isnull": True,
            f"{prefix}paused_at__isnull": True,
        }
    )


class Subscriber(models.Model):
    """Somebody who asked for letters: an address, and nothing else of them."""

    email = models.EmailField(_("e-mail address"), max_length=mailboxes.LONGEST)
    mailbox = models.CharField(max_length=mailboxes.LONGEST, db_index=True, editable=False)
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    leave_key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    language = models.CharField(_("language of e-mails"), max_length=2, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("signed up at"), default=moment.now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    bounces = models.PositiveSmallIntegerField(_("days with a bounce"), default=0)
    bounced_at = models.DateTimeField(_("last bounce at"), null=True, blank=True)
    paused_at = models.DateTimeField(_("paused at"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("sent the link to manage at"), null=True, blank=True)

    if TYPE_CHECKING:
        subscriptions: Any
        told: Any

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        permissions = [("end_subscriber", "Can unsubscribe subscribers")]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="alerts_subscriber_once"),
            models.CheckConstraint(
                condition=~Q(email="") & ~Q(mailbox="") & ~Q(key=""), name="alerts_subscriber_has_an_address"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(confirmed_at__isnull=False),
                name="alerts_subscriber_leaves_after_coming",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_reached(self) -> bool:
        return self.confirmed_at is not None and self.left_at is None and self.paused_at is None

    def managing(self) -> str:
        return tokens.managing(self.key)

    def leaving(self) -> str:
        return tokens.leaving(self.leave_key)


class What(models.TextChoices):
    STATEMENTS = "statements", _("statements")
    EVENTS = "events", _("events")
    PROJECTS = "projects", _("joint projects")
    PROMISES = "promises", _("promises")
    PROJECT = "project", _("joint project")
    PERSON = "person", _("person")
    STATEMENT = "statement", _("one statement")


class Subject(models.Model):
    """Something that can be followed, in one language; `pressoffice.alerts.subjects` knows what it shows.

    `about`: the filters of a list as its canonical address has them ("kind=speech&topic=water"), the code of
    a project, a person's name in addresses, a statement's reference.
    """

    what = models.CharField(_("what is followed"), max_length=10, choices=What)
    about = models.CharField(_("of which"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)

    if TYPE_CHECKING:
        subscriptions: Any

    class Meta:
        verbose_name = _("followed")
        verbose_name_plural = _("what is followed")
        constraints = [
            models.UniqueConstraint(fields=["what", "about", "language"], name="alerts_subject_once"),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, [self.language, self.what, self.about]))


class SubscriptionQuerySet(models.QuerySet):
    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)

    def reached(self) -> Self:
        """Those by which letters are sent."""
        return self.confirmed().filter(reached("subscriber"))


class Subscription(models.Model):
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="subscriptions")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="subscriptions")
    frequency = models.CharField(_("how often"), max_length=8, choices=Frequency, default=Frequency.AT_ONCE)
    created_at = models.DateTimeField(_("signed up at"), default=moment.now)
    asked_at = models.DateTimeField(_("asked to confirm at"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "subject"], name="alerts_subscription_once"),
            models.CheckConstraint(condition=BEGAN_BEFORE_END, name="alerts_subscription_confirmed_later"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class ToldQuerySet(models.QuerySet):
    def reached(self) -> Self:
        return self.filter(reached("subscriber"))

    def waiting(self) -> Self:
        """What their readers have not been told as it is now."""
        return self.filter(Q(told_until__isnull=True) | Q(told_until__lt=F("news_at")))


class Told(models.Model):
    """Who is told of which text, event, project or promise: once, and again only when there is something new
    of it, it is corrected or taken down.

    The fan-out writes it before anything is sent. `news` is the last thing that became of it, `news_at`
    when; `told_until` moves up to that moment once a mail server has taken the letter. `begun_at`: from then
    on the server may have it, whether we live to hear so or not; a correction goes to whoever may have it.
    """

    class Of(models.TextChoices):
        STATEMENT = "statement", _("statement")
        EVENT = "event", _("event")
        PROJECT = "project", _("joint project")
        PROMISE = "promise", _("promise")

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="told")
    subscriptions = models.ManyToManyField(Subscription, related_name="told")
    of = models.CharField(max_length=10, choices=Of)
    item = models.BigIntegerField()
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    frequency = models.CharField(max_length=8, choices=Frequency, default=Frequency.WEEKLY)
    news = models.CharField(max_length=10)
    news_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    told_until = models.DateTimeField(null=True, blank=True)
    told_as = models.CharField(max_length=10, blank=True)
    # Of what is said again and again: what became public since is news to its reader, and how it stood then.
    known_until = models.DateTimeField(default=moment.now)
    stood = models.CharField(max_length=60, blank=True)

    objects = ToldQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert to a subscriber")
        verbose_name_plural = _("alerts to subscribers")
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "of", "item", "language"], name="alerts_told_once"),
            models.CheckConstraint(
                condition=Q(told_until__isnull=True) | Q(begun_at__isnull=False),
                name="alerts_told_began_before_its_end",
            ),
        ]
        indexes = [models.Index(fields=["of", "item", "language"], name="alerts_told_item")]

    def __str__(self) -> str:
        return f"{self.of} {self.item} {self.language}"
