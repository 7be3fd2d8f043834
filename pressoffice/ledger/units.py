"""How figures are written in each language."""

from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.numbers import format_compact_decimal, format_decimal
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pressoffice.publishing.languages import active
from pressoffice.stated.units import CURRENCIES, Unit

RANGE_DASH = "–"
NARROW = "\u00a0"


MONEY = frozenset({Unit.USD, Unit.EUR, Unit.KGS, Unit.KZT, Unit.UZS, Unit.CNY, Unit.RUB})
COMPACT_FROM = Decimal(1_000_000)


def number_in_words(value: Decimal) -> str:
    """3000000000 is "3 billion", 280 is "280": by the rules of the active language."""
    if abs(value) >= COMPACT_FROM:
        words = format_compact_decimal(value, format_type="long", locale=active(), fraction_digits=2)
        return words.replace(" ", NARROW)
    return format_decimal(value.normalize(), locale=active(), decimal_quantization=False)


def number_in_short(value: Decimal) -> str:
    """3000000000 is "3B" or "3 млрд": where there is no room for words."""
    if abs(value) >= COMPACT_FROM:
        words = format_compact_decimal(value, format_type="short", locale=active(), fraction_digits=2)
        return words.replace(" ", NARROW)
    return number_in_words(value)


def figure_in_words(value: Decimal, value_to: Decimal | None, unit: str) -> str:
    """A figure or a range of figures with its unit: "250–260 kilometres"."""
    number = number_in_words(value)
    if value_to is not None:
        number = f"{number}{RANGE_DASH}{number_in_words(value_to)}"
    return with_unit(number, unit)


def with_unit(number: str, unit: str) -> str:
    """Units as they are written after any number, so that no language has to bend them."""
    written = {
        Unit.KILOMETRE: _("%(number)s km"),
        Unit.METRE: _("%(number)s m"),
        Unit.SQUARE_METRE: _("%(number)s m²"),
        Unit.HECTARE: _("%(number)s ha"),
        Unit.CUBIC_METRE: _("%(number)s m³"),
        Unit.TONNE: _("%(number)s t"),
        Unit.MEGAWATT: _("%(number)s MW"),
        Unit.KILOWATT_HOUR: _("%(number)s kWh"),
        Unit.PER_CENT: _("%(number)s %%"),
        Unit.PEOPLE: _("%(number)s people"),
        # What is counted is the name of the indicator: "Grants from Kazakhstan: 50".
        Unit.PIECES: "%(number)s",
        Unit.VEHICLES: _("%(number)s vehicles a day"),
        Unit.HOURS: _("%(number)s h"),
    }
    if unit in written:
        return (written[Unit(unit)] % {"number": number}).replace(" ", NARROW)
    # The ISO code stands after the sum in every language: a dollar sign says not whose.
    return f"{number}{NARROW}{unit}"


def known_currency(code: str) -> None:
    """Raises ValidationError unless `code` is a currency in use (ISO 4217)."""
    if code not in CURRENCIES:
        raise ValidationError(
            gettext_lazy("“%(code)s” is no currency of ISO 4217. Write three capital letters, such as USD."),
            code="unknown_currency",
            params={"code": code},
        )


def currency_name(code: str) -> str:
    """In the active language, as CLDR has it; the code where CLDR has none."""
    try:
        return Locale.parse(active()).currencies.get(code, code)
    except UnknownLocaleError:
        return code
