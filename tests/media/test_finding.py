"""The library's lists narrowed down."""

import pytest
from django.test import Client

from articles.models import Attachment
from pressoffice.accounts import roles
from pressoffice.media.models import Image
from tests import makers

pytestmark = pytest.mark.django_db


def shown(client: Client, kind: str, query: str) -> set[str]:
    page = client.get(f"/admin/media/{kind}/?{query}")
    return {str(each) for each in page.context["cl"].result_list}


def test_lists_are_narrowed_down_to_what_needs_a_hand(client: Client) -> None:
    makers.sign_in(client, makers.somebody(roles.EDITOR))
    credited = makers.in_three("credit", "Бакыт")
    lead, gallery, project, unused, waiting = (
        makers.make_image(name, **credited) for name in ("lead", "gallery", "project", "unused", "waiting")
    )
    makers.make_image("newer", replaces=unused, source_format="avif")
    Image.objects.filter(pk=waiting.pk).update(is_waiting=True)
    makers.make_edition(state="draft", lead_image=lead).gallery_rows.create(image=gallery, position=1)
    makers.make_project(lead_image=project)
    paper = makers.make_document("paper")
    makers.make_document("spare")
    Attachment.objects.create(edition=makers.make_edition(state="draft"), document=paper)

    assert shown(client, "image", "used=yes") == {"lead", "gallery", "project"}
    assert shown(client, "image", "used=no") == {"unused", "waiting", "newer"}
    assert shown(client, "image", "missing=description") == {"waiting"}
    assert shown(client, "image", "missing=credit") == {"newer"}
    assert shown(client, "image", "replaced=yes") == {"unused"}
    assert shown(client, "image", "source_format__exact=avif") == {"newer"}
    assert shown(client, "document", "used=yes") == {str(paper)}
