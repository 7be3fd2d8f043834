"""The pages about letters. They need no cookie and no script; what somebody may do, their link says.

Nothing is changed by following a link: mail scanners follow them all. Each leads to a page with a button.
"""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.filters import year_over
from pressoffice.publishing.languages import CODES, active
from pressoffice.publishing.pages import OWN_NAMES, in_every_language, never_cached, page

from . import signing_up, throttle, tokens
from .forms import AddressForm, SignUpForm
from .models import Frequency, Subscriber, Subscription, What
from .subjects import LISTS, Found, found, of, sign_up_address

READ_OR_PRESSED = ["GET", "HEAD", "POST"]


def _only_where_letters_go() -> None:
    if not settings.PRESSOFFICE_ALERTS:
        raise Http404


def _plain(response: HttpResponse) -> HttpResponse:
    """No search engine keeps it, no cache, and the next site is not told of its address."""
    never_cached(response)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _shown(
    request: HttpRequest, template: str, context: dict[str, Any], *, urls: Any = None, status: int = 200
) -> HttpResponse:
    told = {"canonical": "", **context}
    answer = page(request, template, told, section="subscribe", urls=urls or {}, indexed=False, status=status)
    return _plain(answer)


@csrf_exempt  # Nobody's authority is used: anybody may ask for a letter to any address.
@require_http_methods(READ_OR_PRESSED)
def by_email(request: HttpRequest) -> HttpResponse:
    """Where to begin, and the way back to what somebody follows already."""
    _only_where_letters_go()
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and not throttle.may_sign_up(request):
        return _too_often(request, "alerts/by_email.html", {"form": form})
    if form.is_valid():
        signing_up.remind(form.cleaned_data["email"])
        return _shown(request, "alerts/reminded.html", {"email": form.cleaned_data["email"]})
    urls = in_every_language(lambda: reverse("alerts:by-email"))
    return _shown(request, "alerts/by_email.html", {"form": form}, urls=urls, status=_status(form))


@csrf_exempt  # The same.
@require_http_methods(READ_OR_PRESSED)
def sign_up(request: HttpRequest, what: str, about: str = "") -> HttpResponse:
    _only_where_letters_go()
    here = found(what, about, request.GET.dict()) if (what in LISTS) != bool(about) else None
    if here is None:
        raise Http404
    here = _of_now(here)
    form = SignUpForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "action": sign_up_address(here), **_what_comes(here, active())}
    urls = _in_other_languages(here)
    if here.problems:
        return _shown(request, "alerts/sign_up.html", context, urls=urls, status=_status(form, here))
    if form.is_valid() and not throttle.may_sign_up(request):
        return _too_often(request, "alerts/sign_up.html", context)
    if form.is_valid():
        answers = form.cleaned_data
        signing_up.sign_up(here, answers["email"], frequency=answers["frequency"], language=active())
        asked = {"email": answers["email"], "frequency": Frequency(answers["frequency"]).label}
        return _shown(request, "alerts/asked.html", {**context, **asked})
    return _shown(request, "alerts/sign_up.html", context, urls=urls, status=_status(form))


def _in_other_languages(here: Found) -> dict[str, str]:
    """What narrows a list down, and a text, may not be there in another language: then it is left out."""
    if here.what != What.STATEMENT and not (here.about and here.is_list):
        return in_every_language(lambda: sign_up_address(here))
    urls = {active(): sign_up_address(here)}
    for code in CODES:
        with override(code):
            there = found(here.what, here.about, here.query()) if code not in urls else None
            if there is not None and not there.problems:
                urls[code] = sign_up_address(there)
    return urls


def _of_now(here: Found) -> Found:
    """A list of a year that is over can be read, and brings nothing new."""
    year = year_over(here.query())
    if not year:
        return here
    over = _("The year %(year)s is over: nothing new comes in this list. Choose one without a year.")
    return replace(here, problems=(*here.problems, over % {"year": year}))


def _status(form: AddressForm, here: Found | None = None) -> int:
    """422 where something was sent that could not be taken."""
    return 422 if form.is_bound and (form.errors or (here and here.problems)) else 200


def _too_often(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    answer = _shown(request, template, {**context, "too_often": True}, status=429)
    answer.headers["Retry-After"] = str(throttle.HOUR)
    return answer


@csrf_exempt  # Whoever holds the link may press the button.
@require_http_methods(READ_OR_PRESSED)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    asked = tokens.confirmed(token)
    rows = Subscription.objects.select_related("subject", "subscriber")
    key, pk = asked or ("", 0)
    subscription = rows.filter(pk=pk, subscriber__key=key).first()
    here = of(subscription.subject) if subscription else None
    if subscription is None or here is None:
        return _closed(request)
    if request.method == "POST":
        confirmed = signing_up.confirm(key, pk)
        return _closed(request) if confirmed is None else _confirmed(request, here, confirmed)
    if subscription.confirmed_at and subscription.subscriber.is_reached:
        return _confirmed(request, here, subscription)
    urls = in_every_language(lambda: reverse("alerts:confirm", args=[token]))
    return _shown(request, "alerts/confirm.html", _what_was_asked_for(here, subscription), urls=urls)


def _confirmed(request: HttpRequest, here: Found, subscription: Subscription) -> HttpResponse:
    manage = reverse("alerts:manage", args=[subscription.subscriber.managing()])
    context = {**_what_was_asked_for(here, subscription), "manage": manage}
    return _shown(request, "alerts/confirmed.html", context)


def _what_comes(here: Found, code: str, frequency: str = "") -> dict[str, Any]:
    """For components/what_comes.html. The page may be in another language than what comes."""
    return {"here": here, "code": code, "language": OWN_NAMES[code], "frequency": frequency}


def _what_was_asked_for(here: Found, subscription: Subscription) -> dict[str, Any]:
    return _what_comes(here, subscription.subject.language, subscription.get_frequency_display())


@csrf_exempt  # Whoever holds the link may change what it is about.
@require_http_methods(READ_OR_PRESSED)
def manage(request: HttpRequest, token: str) -> HttpResponse:
    key = tokens.manager(token)
    subscriber = Subscriber.objects.filter(key=key).first() if key else None
    if subscriber is None:
        return _closed(request)
    own = reverse("alerts:manage", args=[token])
    if request.method == "POST":
        ended = _change(subscriber, request)
        if ended and not Subscriber.objects.filter(key=key).exists():
            return _shown(request, "alerts/left.html", {})
        return _plain(HttpResponseRedirect(own + "?" + urlencode({"done": "ended" if ended else "saved"})))
    rows = subscriber.subscriptions.confirmed().select_related("subject").order_by("pk")
    return _shown(
        request,
        "alerts/manage.html",
        {
            "subscriber": subscriber,
            "rows": [
                {
                    "subscription": each,
                    "here": of(each.subject),
                    "language": OWN_NAMES[each.subject.language],
                }
                for each in rows
            ],
            "frequencies": Frequency.choices,
            "languages_of_letters": [(code, OWN_NAMES[code]) for code in CODES],
            "leave": reverse("alerts:leave", args=[subscriber.leaving()]),
            "done": request.GET.get("done", ""),
        },
        urls=in_every_language(lambda: reverse("alerts:manage", args=[token])),
    )


def _change(subscriber: Subscriber, request: HttpRequest) -> bool:
    """Whether something was ended. What is not known is left as it was."""
    rows = {str(each.pk): each for each in subscriber.subscriptions.confirmed()}
    ended = rows.get(request.POST.get("end", ""))
    if ended is not None:
        signing_up.end(ended)
        return True
    for pk, each in rows.items():
        signing_up.set_frequency(each, request.POST.get(f"frequency-{pk}", ""))
    language = request.POST.get("language", "")
    if language in CODES and language != subscriber.language:
        subscriber.language = language
        subscriber.save(update_fields=["language"])
    return False


@csrf_exempt  # A mail program presses it for its reader (RFC 8058), without a cookie.
@require_http_methods(READ_OR_PRESSED)
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """POST ends everything, from the page's button and from a mail program alike. Whoever has left already is
    told the same; a letter to an address that was deleted since may belong to nobody any more, or to somebody
    who has subscribed anew: it ends nothing, and says so."""
    key = tokens.leaver(token)
    if key is None:
        return _closed(request)
    if request.method == "POST":
        if signing_up.leave(key):
            return _shown(request, "alerts/left.html", {})
        return _forgotten(request)
    subscriber = Subscriber.objects.filter(leave_key=key).first()
    if subscriber is None:
        return _forgotten(request)
    if subscriber.left_at and not subscriber.subscriptions.exists():
        return _shown(request, "alerts/left.html", {})
    urls = in_every_language(lambda: reverse("alerts:leave", args=[token]))
    return _shown(request, "alerts/leave.html", {}, urls=urls)


def _forgotten(request: HttpRequest) -> HttpResponse:
    home = in_every_language(lambda: reverse("home"))
    return _shown(request, "alerts/forgotten.html", {}, urls=home, status=410)


def _closed(request: HttpRequest) -> HttpResponse:
    """The same for a link that never was, has run out, or whose reader has left."""
    home = in_every_language(lambda: reverse("home"))
    return _shown(request, "alerts/closed.html", {}, urls=home, status=410)
