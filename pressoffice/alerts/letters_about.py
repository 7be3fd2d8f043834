"""Letters about the letters: one to confirm with, one with the link to what somebody follows."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from pressoffice.deliveries import effects
from pressoffice.deliveries.models import Delivery
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.pages import OWN_NAMES

from . import bounces, letters, post, throttle, tokens
from .models import Subscriber, Subscription
from .sending import LEFT, NOTHING, TOO_FAST
from .signing_up import CONFIRM, REMIND
from .subjects import of


@effects.register(CONFIRM, called=gettext_lazy("e-mail to confirm a subscription"))
def ask_to_confirm(delivery: Delivery) -> None:
    rows = Subscription.objects.select_related("subscriber", "subject")
    subscription = rows.filter(pk=delivery.payload["subscription"]).first()
    if subscription is None or (subscription.confirmed_at and subscription.subscriber.is_reached):
        raise effects.Dropped(NOTHING)
    here = of(subscription.subject)
    if here is None:
        raise effects.Dropped("It is not public any more.")
    subscriber = subscription.subscriber
    with override(subscription.subject.language):
        token = tokens.confirming(subscriber.key, subscription.pk)
        letter = letters.of_words(
            _("Confirm your subscription"),
            [_("Somebody, we hope you, asked on the press office's site for e-mails to this address:")],
            facts=[
                (_("What comes"), here.title),
                (_("How often"), str(subscription.get_frequency_display())),
                (_("Language"), OWN_NAMES[subscription.subject.language]),
            ],
            button=_("Confirm"),
            address=absolute(reverse("alerts:confirm", args=[token])),
            small=_(
                "The link works for seven days. If it was not you, do nothing: nothing else comes, and the "
                "address is deleted after seven days."
            ),
        )
    _send(delivery, subscriber, letter)


@effects.register(REMIND, called=gettext_lazy("e-mail with the link to subscriptions"))
def send_the_link(delivery: Delivery) -> None:
    subscriber = Subscriber.objects.reached().filter(pk=delivery.payload["subscriber"]).first()
    if subscriber is None:
        raise effects.Dropped(LEFT)
    with override(subscriber.language):
        letter = letters.of_words(
            _("Your subscriptions"),
            [_("Somebody, we hope you, asked for the link to your subscriptions.")],
            button=_("Manage your subscriptions"),
            address=absolute(reverse("alerts:manage", args=[subscriber.managing()])),
            small=_("Whoever has this link can change your subscriptions: do not pass it on."),
        )
    _send(delivery, subscriber, letter)


def _send(delivery: Delivery, subscriber: Subscriber, letter: letters.Letter) -> None:
    wait = throttle.seconds_until_a_letter_may_go()
    if wait:
        raise effects.Later(wait, TOO_FAST)
    try:
        post.send(letter, subscriber, key=delivery.key)
    except post.NotTaken as refusal:
        bounces.after_refusal(subscriber, refusal)
