"""Parts of addresses that more than one app reads."""

from django.urls import register_converter


class Year:
    """The only years that a calendar of ours can know: the digits of others are never taken for a number."""

    regex = "(?:19|20)[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Month:
    """As a file's name would have it: 03."""

    regex = r"0[1-9]|1[0-2]"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:02}"


class FeedFormat:
    """The endings of feeds beside .rss, whose addresses have names of their own."""

    regex = "atom|json"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FeedFormat, "feed_format")
register_converter(Year, "year")
register_converter(Month, "month")
