import pytest

from articles.names_in_texts import surname_of


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("Асел Жуманова", "Жуманова"),
        ("Жуманова Асел Бакытовна", "Жуманова"),
        ("Сапар Исаков (милдетин аткаруучу)", "Исаков"),
        ("Нам Ким", ""),  # too short to be told from other words
        ("Мамат уулу Бактияр", "Бактияр"),
        ("Токаев", ""),
    ],
)
def test_the_word_by_which_texts_call_somebody(name: str, surname: str) -> None:
    assert surname_of(name) == surname
