"""A statement's text as IPTC's ninjs 2.1, for systems of newsrooms (https://iptc.org/standards/ninjs/)."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.bodies import body_text, without_any_figure
from articles.models import Edition
from articles.reading import body_of, citation_of, pictures_of, spoken_of
from pressoffice.media.models import Image
from pressoffice.publishing import moment
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.languages import text_in
from pressoffice.publishing.models import Takedown

from .parameters import Asked
from .statements import read_texts
from .words import Data, moment_in_utc

STANDARD = {
    "name": "ninjs",
    "version": "2.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_2.1.json",
}


def ninjs(asked: Asked) -> Data:
    """In the one language that the address names. A withdrawn text is marked "canceled", and says why.

    A newsroom's system takes what it has already for old unless `version` and `versioncreated` move: each
    withdrawal and each return of a text is one version more, besides those that its readers count.
    """
    (text,) = read_texts(asked.path["reference"], [asked.path["language"]])
    with override(text.language):
        return _without_empty(_written(text))


def _written(text: Edition) -> Data:
    statement = text.statement
    plain = body_text(text.body)
    # The standard counts no captions.
    counted = body_text(without_any_figure(text.body))
    event = statement.event
    withdrawals = list(
        Takedown.objects.about(statement).filter(language=text.language, kind=Takedown.Kind.WITHDRAWN)
    )
    if text.number is None or text.live_from is None:
        raise ValueError("What was never public is no news.")
    turns = [at for each in withdrawals for at in (each.at, each.lifted_at) if at and at <= moment.now()]
    return {
        "uri": text.series_id.urn,
        "standard": STANDARD,
        "type": "text",
        "representationtype": "full",
        "version": str(text.number + len(turns)),
        "firstcreated": moment_in_utc(text.public_since),
        "versioncreated": moment_in_utc(max([text.live_from, *turns])),
        "pubstatus": "canceled" if text.is_withdrawn else "usable",
        "language": text.language,
        "copyrightholder": settings.PRESSOFFICE_PUBLISHER_NAME or _("Press office"),
        "headlines": [{"value": text.title}],
        "title": text.title,
        "slugline": text.slug,
        "by": citation_of(text),
        "located": statement.place,
        "ednote": "\n\n".join(
            filter(None, [_reason(text, withdrawals), text.change_note, text.notes_to_editors])
        ),
        "descriptions": [{"role": "summary", "value": text.summary}] if text.summary else [],
        "bodies": [
            {"role": "main", "contenttype": "text/html", "value": str(body_of(text, for_feed=True))},
            {
                "role": "main",
                "contenttype": "text/plain",
                "charcount": len(counted),
                "wordcount": len(counted.split()),
                "value": plain,
            },
        ],
        "people": [
            {"name": each.person.name, "rel": "speaker", "uri": absolute(each.person.get_absolute_url())}
            for each in text.speakers_in_office()
        ],
        "places": [
            {"name": country.name, "rel": "about", "literal": country.code}
            for country in statement.countries.all()
        ],
        "subjects": [
            {"name": topic.name, "rel": "about", "uri": absolute(topic.get_absolute_url())}
            for topic in statement.topics.all()
        ],
        "objects": [
            {
                "name": spoken.project.name,
                "rel": "about",
                "uri": absolute(spoken.project.get_absolute_url()),
                "literal": spoken.project.code,
            }
            for spoken in spoken_of(text)
        ],
        "events": [{"name": event.title, "rel": "at", "uri": absolute(event.get_absolute_url())}]
        if event and event.is_live()
        else [],
        "genres": [{"name": str(statement.get_kind_display()), "literal": statement.kind}],
        "altids": [
            {"role": "reference", "value": statement.reference},
            {"role": "url", "value": absolute(text.get_absolute_url())},
        ],
        "associations": [
            found for image in pictures_of(text) if (found := _picture(image, text)) is not None
        ],
    }


def _reason(text: Edition, withdrawals: list[Takedown]) -> str:
    if not text.is_withdrawn:
        return ""
    return next((each.reason for each in withdrawals if each.lifted_at is None), "")


def _picture(image: Image, text: Edition) -> Data | None:
    file = image.largest()
    if file is None:
        return None
    address = absolute(file.get_absolute_url())
    caption = "" if image.is_decorative else text_in(image, "alt", text.language).text
    return _without_empty(
        {
            "name": f"picture-{image.token[:8]}",
            "uri": address,
            "type": "picture",
            "usageterms": str(image.get_terms_display()),
            "by": text_in(image, "credit", text.language).text,
            "descriptions": [{"role": "caption", "value": caption}] if caption else [],
            "renditions": [
                {
                    "name": "full",
                    "href": address,
                    "contenttype": file.content_type,
                    "width": file.width,
                    "height": file.height,
                    "sizeinbytes": file.byte_size,
                }
            ],
        }
    )


def _without_empty(told: dict[str, Any]) -> Data:
    return {name: value for name, value in told.items() if value not in (None, "", [])}
