"""What figures are counted in, and how they are written in each language."""

from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.numbers import format_compact_decimal, format_decimal
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from pressoffice.publishing.languages import active

RANGE_DASH = "–"
NARROW = "\u00a0"


class Unit(models.TextChoices):
    """Units of figures. Sums of money are in their currency (ISO 4217), in whole units of it."""

    KILOMETRE = "km", gettext_lazy("kilometres")
    METRE = "m", gettext_lazy("metres")
    SQUARE_METRE = "m2", gettext_lazy("square metres")
    HECTARE = "ha", gettext_lazy("hectares")
    CUBIC_METRE = "m3", gettext_lazy("cubic metres")
    TONNE = "t", gettext_lazy("tonnes")
    MEGAWATT = "MW", gettext_lazy("megawatts")
    KILOWATT_HOUR = "kWh", gettext_lazy("kilowatt-hours")
    PER_CENT = "%", gettext_lazy("per cent")
    PEOPLE = "people", pgettext_lazy("unit", "people")
    PIECES = "pieces", gettext_lazy("pieces")
    VEHICLES = "vehicles", gettext_lazy("vehicles a day")
    HOURS = "hours", gettext_lazy("hours")
    USD = "USD", gettext_lazy("US dollars")
    EUR = "EUR", gettext_lazy("euros")
    KGS = "KGS", gettext_lazy("Kyrgyz som")
    KZT = "KZT", gettext_lazy("Kazakh tenge")
    UZS = "UZS", gettext_lazy("Uzbek som")
    CNY = "CNY", gettext_lazy("Chinese yuan")
    RUB = "RUB", gettext_lazy("Russian roubles")


MONEY = frozenset({Unit.USD, Unit.EUR, Unit.KGS, Unit.KZT, Unit.UZS, Unit.CNY, Unit.RUB})
# ISO 4217 as of 2026, written down so that the database's own list never moves with a library.
CURRENCIES = (  # noqa: SIM905 — as a list of literals it would fill a page
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD "
    "CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP "
    "GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD "
    "KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN "
    "NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP "
    "SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV "
    "WST XAF XCD XCG XDR XOF XPF YER ZAR ZMW ZWG "
).split()
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
        Unit.PIECES: _("%(number)s pieces"),
        Unit.VEHICLES: _("%(number)s vehicles a day"),
        Unit.HOURS: _("%(number)s h"),
    }
    if unit in written:
        return (written[Unit(unit)] % {"number": number}).replace(" ", NARROW)
    # The ISO code stands after the sum in every language: a dollar sign says not whose.
    return f"{number} {unit}"


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
