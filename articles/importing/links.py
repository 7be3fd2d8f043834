"""Which addresses of a file may stand in a draft."""

import re
from urllib.parse import urljoin

_SAFE = re.compile(r"(?:https?://[^\s\"'<>\\]+|mailto:[^\s\"'<>\\]+|tel:[+0-9().-]+)", re.IGNORECASE)


def safe_address(address: str, *, base: str = "") -> str:
    """The address, made absolute where `base` says where the file came from; else empty."""
    address = address.strip()
    if not address or address.startswith("#"):
        return ""
    try:
        whole = urljoin(base, address) if base else address
    except ValueError:
        return ""
    return whole if _SAFE.fullmatch(whole) and len(whole) <= 2000 else ""
