"""What figures are counted in."""

from django.db import models
from django.utils.translation import gettext_lazy, pgettext_lazy


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
