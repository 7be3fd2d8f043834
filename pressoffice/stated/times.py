"""Times of day: "10:30", "в 15 часов", "at 3 p.m.", "саат 15те"."""

import re
from collections.abc import Iterator

CLOCK = re.compile(r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-3])[:](?P<minute>[0-5]\d)(?![\d:]|[.,]\d)")
IN_WORDS = {
    "en": re.compile(
        r"(?<![\d:.,])(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m(?:\.|(?!\w))"
        r"|(?<!\w)at (?P<hour_at>1\d|2[0-3]|0?\d)\.(?P<minute_at>[0-5]\d)(?![\d.,%]| ?[ap]\.?m)"
    ),
    "ru": re.compile(
        r"(?<!\w)(?:в|с|до|к|около) (?P<hour>[01]?\d|2[0-3])(?:\.(?P<minute>[0-5]\d)(?![\d.,%])"
        r"| час(?:ов|а)?(?: (?P<half>утра|дня|вечера|ночи))?(?![а-я]))"
    ),
    "ky": re.compile(
        r"(?<!\w)саат (?P<hour>[01]?\d|2[0-3])(?:[.:](?P<minute>[0-5]\d)(?![\d.,%])|(?![\d.,:]))"
        r"(?:-?(?:[дт][аеоө]н?|[гк][аеоө]))?"
    ),
}
AFTERNOON = {"p", "дня", "вечера"}


def times_in(small: str, language: str) -> Iterator[tuple[int, int, int]]:
    """Minutes since midnight, start, end; of the plain text `small`."""
    read: list[tuple[int, int]] = []
    for pattern in (IN_WORDS[language], CLOCK):
        for match in pattern.finditer(small):
            start, end = match.span()
            if any(begin < end and start < stop for begin, stop in read):
                continue
            read.append((start, end))
            yield _minutes(match), start, end


def _minutes(match: re.Match[str]) -> int:
    groups = match.groupdict()
    hour = int(groups.get("hour") or groups["hour_at"])
    minute = int(groups.get("minute") or groups.get("minute_at") or 0)
    if groups.get("half") in AFTERNOON and hour < 12:
        hour += 12
    elif groups.get("half") == "a" and hour == 12:
        hour = 0
    return hour * 60 + minute
