import pytest

from pressoffice.directory.models import Topic


@pytest.mark.parametrize("words", ["энергетика", "ЭНЕРГЕТИКА", "Энергет", "ГЕТИК"])
def test_cyrillic_is_found_whatever_its_case(words: str, db: None) -> None:
    topic = Topic.objects.create(slug="energy", name_ky="Энергетика", name_ru="Энергетика", name_en="Energy")

    assert Topic.objects.filter(name_ru__icontains=words).get() == topic


@pytest.mark.parametrize(
    ("words", "found"), [("100%", True), ("_00", False), ("\\", False), ("Ө", True), ("", True)]
)
def test_signs_of_the_pattern_language_are_words_like_others(words: str, *, found: bool, db: None) -> None:
    Topic.objects.create(slug="water", name_ky="Суу 100% өзгөрдү", name_ru="Вода", name_en="Water")

    assert Topic.objects.filter(name_ky__icontains=words).exists() == found


def test_whole_words_and_beginnings_are_found_too(db: None) -> None:
    Topic.objects.create(slug="water", name_ky="Суу", name_ru="Вода", name_en="Water")

    assert Topic.objects.filter(name_ru__iexact="ВОДА").exists()
    assert Topic.objects.filter(name_ru__istartswith="во").exists()
    assert not Topic.objects.filter(name_ru__istartswith="ода").exists()
