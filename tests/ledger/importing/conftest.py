from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import override

from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from tests.makers import somebody


@pytest.fixture(autouse=True)
def _publisher(settings: Any) -> None:
    settings.PRESSOFFICE_PUBLISHER_NAME = "Ministry of Examples"
    settings.PRESSOFFICE_IATI_ORGANISATION = "KG-TEST-1"


@pytest.fixture
def editor(db: None) -> User:
    return somebody(roles.EDITOR)


@pytest.fixture
def _in_english() -> Iterator[None]:
    with override("en"):
        yield
