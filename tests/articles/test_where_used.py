"""Where a picture is used, as the library tells it."""

import pytest

from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from pressoffice.media import uses
from tests import makers

pytestmark = pytest.mark.django_db


def test_where_a_picture_is_used_is_told_as_far_as_one_may_look() -> None:
    image = makers.make_image()
    for language in ("ky", "ru", "en"):
        makers.make_edition(language=language, lead_image=image, state="draft")
    makers.make_project(lead_image=image, state="scheduled")

    told = uses.where(image, to=makers.somebody(roles.TRANSLATOR), limit=3)
    nothing = uses.where(image, to=User.objects.create(username="stranger"))

    words = [place.told for place in told.named]
    assert len(words) == 3
    assert any(each.startswith("Кыргызча, ") for each in words) or told.more
    assert told.more == 1
    assert not told.is_hidden_elsewhere
    assert nothing == uses.Places([], 0, is_hidden_elsewhere=True)
