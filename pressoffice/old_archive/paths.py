"""Addresses of an old site, written in one way whoever wrote them, and the ways in which one is asked for."""

import re
import unicodedata
from urllib.parse import unquote_to_bytes

from django.utils.encoding import repercent_broken_unicode

LONGEST = 500
# Parameters that lead a page: what follows them is left out to find it, the last one first.
NAMING = 5
TRACKING = re.compile(
    r"utm_.*|fbclid|gclid|gclsrc|dclid|wbraid|gbraid|yclid|ysclid|ymclid|_openstat|msclkid|twclid|ttclid"
    r"|igsh|igshid|mc_cid|mc_eid|_ga|_gl|mkt_tok",
    re.ASCII | re.IGNORECASE,
)
PATH_ENDS, PARAMETER_ENDS = re.compile(r"[%?#\x00]"), re.compile(r"[%#&=+\x00]")


def canonical(address: str) -> str:
    """A path with its query, as it is kept and looked for: letters for percent codes, composed as Unicode
    has them. Codes that are no UTF-8, or no codes, stay as they are."""
    path, parameters = _parts(address)
    return _joined(path, parameters)


def candidates(address: str) -> list[str]:
    """What `address` may have been kept as, the most exact first: with its whole query; without what tracks
    readers; with ever fewer of the parameters that lead it, at last none. Each with and without a slash at
    the end of its path. Of the home page only its queries name anything."""
    path, parameters = _parts(address)
    plain = [each for each in parameters if not TRACKING.fullmatch(each.partition("=")[0])]
    queries = [parameters, plain, *(plain[:count] for count in range(min(NAMING, len(plain)), -1, -1))]
    other = path[:-1] if path.endswith("/") else f"{path}/"
    paths = [path, other] if path != "/" else [path]
    found = dict.fromkeys(_joined(each, query) for query in queries for each in paths)
    return [each for each in found if each != "/" and len(each) <= LONGEST]


def _parts(address: str) -> tuple[str, list[str]]:
    path, _mark, query = address.partition("?")
    parameters = [
        "=".join(_plain(part.replace("+", " "), PARAMETER_ENDS) for part in each.split("=", 1))
        for each in query.split("&")
        if each
    ]
    return _plain(path, PATH_ENDS), parameters


def _joined(path: str, parameters: list[str]) -> str:
    return f"{path}?{'&'.join(parameters)}" if parameters else path


def _plain(written: str, ends: re.Pattern[str]) -> str:
    """Percent codes remain for what would end this part of an address."""
    letters = repercent_broken_unicode(unquote_to_bytes(written)).decode()
    return ends.sub(lambda sign: f"%{ord(sign[0]):02X}", unicodedata.normalize("NFC", letters))
