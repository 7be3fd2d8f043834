from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _publisher(settings: Any) -> None:
    settings.PRESSOFFICE_PUBLISHER_NAME = "Ministry of Examples"
    settings.PRESSOFFICE_IATI_ORGANISATION = "KG-TEST-1"
    settings.PRESSOFFICE_OC4IDS_PREFIX = "oc4ids-test00"
