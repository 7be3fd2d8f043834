"""People with their offices, countries, organisations, topics, a contact."""

from pressoffice.directory.models import Country, InOffice, MediaContact, Office, Organisation, Person, Topic

from .words import in_three


def person() -> Person:
    return Person(
        pk=1, slug="sample", **in_three("name", "А. Мамлекетова", "А. Мамлекетова", "A. Mamleketova")
    )


def office() -> Office:
    return Office(
        person=person(),
        **in_three("title", "Транспорт министри", "Министр транспорта", "Minister of Transport"),
    )


def speakers() -> list[InOffice]:
    return [InOffice(person(), office())]


def country() -> Country:
    return Country(
        code="KG", **in_three("name", "Кыргыз Республикасы", "Кыргызская Республика", "Kyrgyz Republic")
    )


def organisation() -> Organisation:
    return Organisation(
        pk=1, **in_three("name", "Темир жол агенттиги", "Агентство железных дорог", "Railway Agency")
    )


def topic() -> Topic:
    return Topic(slug="sample", **in_three("name", "Транспорт", "Транспорт", "Transport"))


def contact() -> MediaContact:
    return MediaContact(
        phone="+996 312 00 00 00",
        email="press@example.org",
        **in_three("name", "Басма сөз катчысы", "Пресс-секретарь", "Press secretary"),
        **in_three("role", "Күн сайын 9:00–18:00", "Ежедневно 9:00–18:00", "Every day, 9:00–18:00"),
    )
