"""Where no line ends, where a long word may part, and which quotation marks a language uses."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressoffice.publishing.typography import (
    NBSP,
    SOFT_HYPHEN,
    bound,
    bound_html,
    headline,
    hyphenated,
    suggestions,
    with_marks,
)

# "~" stands for the non-breaking space.
BOUND = [
    # --- Kyrgyz
    ("Достук — бул көпүрө", "Достук~— бул көпүрө"),
    ("2025-жылдын 22-августу", "2025-жылдын 22-августу"),
    ("баасы 3 млрд доллар", "баасы 3~млрд~доллар"),
    ("узундугу 250 км жол", "узундугу 250~км жол"),
    ("1 250 000 сом бөлүндү", "1~250~000~сом бөлүндү"),
    ("12 300 адам иштейт", "12~300~адам иштейт"),
    ("5 миң тонна көмүр", "5~миң~тонна көмүр"),
    ("2030-ж. чейин бүтөт", "2030-ж. чейин бүтөт"),
    ("жол, көпүрө ж. б. курулуштар", "жол, көпүрө ж.~б. курулуштар"),
    ("С. Жапаров айтты", "С.~Жапаров айтты"),
    ("Ө. Үсөнов менен Ү. Ңгаев", "Ө.~Үсөнов менен Ү.~Ңгаев"),
    ("жолдун 10 % даяр", "жолдун 10~% даяр"),
    ("№ 5 макулдашуу", "№~5 макулдашуу"),
    ("Казакстан менен Кыргызстан", "Казакстан менен Кыргызстан"),
    # --- Russian
    ("слово — слово", "слово~— слово"),
    ("— Да, — сказал он. — Идём", "—~Да,~— сказал он.~— Идём"),
    ("22 августа 2025 г. в Бишкеке", "22~августа 2025~г. в Бишкеке"),
    ("в 2024 году", "в 2024~году"),
    ("4,7 млрд долларов США", "4,7~млрд~долларов США"),
    ("2 500 тыс. т угля", "2~500~тыс.~т угля"),
    ("К.-Ж. Токаев и С. Н. Жапаров", "К.-Ж.~Токаев и С.~Н.~Жапаров"),
    ("г. Бишкек, ул. Киевская, д. 5", "г.~Бишкек, ул.~Киевская, д.~5"),
    ("ст. 5 и § 12 закона", "ст.~5 и §~12 закона"),
    ("и т. д., и т. п.", "и т.~д., и т.~п."),
    ("объём 3 кВт·ч и 5 км² земли", "объём 3~кВт·ч и 5~км² земли"),
    ("18 МВт, 20 °C, 5 ‰", "18~МВт, 20~°C, 5~‰"),
    # --- English
    ("the word – another", "the word~– another"),
    ("on 22 August 2025 at 10 a.m.", "on 22~August 2025 at 10~a.m."),
    ("on August 22, 2025", "on August~22, 2025"),
    ("4.7 billion dollars", "4.7~billion~dollars"),
    ("Mr. Smith, Dr. Jones and J. R. Brown", "Mr.~Smith, Dr.~Jones and J.~R.~Brown"),
    ("No. 5, p. 12 and $ 30", "No.~5, p.~12 and $~30"),
    ("10 per cent of 250 km", "10~per cent of 250~km"),
    # --- what stays as it is
    ("2025–2030", "2025–2030"),
    ("северо-восток и по-кыргызски", "северо-восток и по-кыргызски"),
    ("+996 312 62 05 45", "+996 312 62 05 45"),
    ("+996 312 620 545", "+996 312 620 545"),
    ("0312 620 545", "0312 620 545"),
    ("(0312) 620 545", "(0312) 620 545"),
    ("https://example.kg/a?b=5&c=10 и info@example.kg", "https://example.kg/a?b=5&c=10 и info@example.kg"),
    ("в 2024 250 человек", "в 2024 250~человек"),
    ("5 майлуу, 7 том, 5 members", "5 майлуу, 7 том, 5 members"),
    ("Это верно. Но дорого", "Это верно. Но дорого"),
    ("18:00 и 9:30", "18:00 и 9:30"),
    ("3~млрд~доллар~— бул 10~%", "3~млрд~доллар~— бул 10~%"),
    ("12 345 6789", "12 345 6789"),
    ("", ""),
]


def test_there_are_enough_specimens() -> None:
    assert len(BOUND) >= 40


@pytest.mark.parametrize(("typed", "shown"), BOUND, ids=[typed for typed, _shown in BOUND])
def test_no_line_ends_where_none_may(typed: str, shown: str) -> None:
    assert bound(typed.replace("~", NBSP)).replace(NBSP, "~") == shown


@given(st.text(alphabet="абвгСЖ. —–№§%«»„“+()<&>;0123456789 \n\u00a0kmкмгтж-", max_size=60))
def test_only_blanks_change_and_nothing_moves(text: str) -> None:
    shown = bound(text)

    assert len(shown) == len(text)
    assert shown.replace(NBSP, " ") == text.replace(NBSP, " ")
    assert bound(shown) == shown


# --- in HTML -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p><strong>250</strong> км</p>", "<p><strong>250</strong>~км</p>"),
        ("<p>250 <em>км</em></p>", "<p>250~<em>км</em></p>"),
        ("<p>250</p> <p>км</p>", "<p>250</p> <p>км</p>"),
        ("<p>слово <br>— слово</p>", "<p>слово <br>—~слово</p>"),
        ('<a href="/a 5 км" title="5 км">5 км</a>', '<a href="/a 5 км" title="5 км">5~км</a>'),
        ('<a title="a > 5 км">С. Жапаров</a>', '<a title="a > 5 км">С.~Жапаров</a>'),
        ("<code>5 км</code> 5 км", "<code>5 км</code> 5~км"),
        ("<pre>a — b</pre><p>a — b</p>", "<pre>a — b</pre><p>a~— b</p>"),
        ("3&nbsp;млрд доллар &amp; 5 км", "3&nbsp;млрд~доллар &amp; 5~км"),
        ("5 &lt; 10 %", "5 &lt; 10~%"),
        ("A & B 5 км", "A & B 5~км"),
        ("", ""),
    ],
)
def test_marks_within_a_line_do_not_part_a_number_from_its_unit(html: str, shown: str) -> None:
    assert bound_html(html).replace(NBSP, "~") == shown


@given(st.text(alphabet="<>&;/p\"' =5км—.С", max_size=60))
def test_of_broken_html_too_only_blanks_change(html: str) -> None:
    assert bound_html(html).replace(NBSP, " ") == html


@pytest.mark.parametrize(
    ("html", "whole"),
    [
        ("<p>2025-жылдын 1-сентябрында, 17-де</p>", ["2025-жылдын", "1-сентябрында", "17-де"]),
        (
            "<p>2015-2020-годов, 12,5-метровый, XXI-кылым</p>",
            ["2015-2020-годов", "12,5-метровый", "XXI-кылым"],
        ),
        ("<p>CASA-1000, 250-260 км, A-1-B, +996-312, Нур-Султан, 300-километрликтерибиз</p>", []),
        ('<p><a href="/x?2025-a">&#49;-b</a> <code>1-сентябрда</code></p>', []),
    ],
)
def test_a_number_and_the_word_tied_to_it_are_whole(html: str, whole: list[str]) -> None:
    shown = bound_html(html)

    assert re.findall(r'<span class="nowrap">(.*?)</span>', shown) == whole
    assert re.sub(r'<span class="nowrap">(.*?)</span>', r"\1", shown).replace(NBSP, " ") == html


# --- long words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("кызматташтыктарыбыздын", "кызмат-таш-тык-та-ры-быздын"),
        ("жоопкерчиликтүүлүк", "жооп-кер-чи-лик-түүлүк"),
        ("байланыштыруучулардын", "байла-ныш-ты-руу-чу-лардын"),
        ("натыйжалуулугун", "натый-жа-луу-лугун"),
        ("КЫЗМАТТАШТЫКТАРЫ", "КЫЗМАТ-ТАШ-ТЫК-ТАРЫ"),
        ("кызматташтык", "кызматташтык"),
        ("көп-тармактуу", "көп-тармактуу"),
        ("internationalization", "internationalization"),
    ],
)
def test_long_kyrgyz_words_part_between_syllables(word: str, parts: str) -> None:
    assert hyphenated(word).replace(SOFT_HYPHEN, "-") == parts


@pytest.mark.parametrize("language", ["ru", "en"])
def test_only_kyrgyz_headlines_have_places_to_part(language: str) -> None:
    assert SOFT_HYPHEN in headline("Кызматташтыктарыбыздын", "ky")
    assert SOFT_HYPHEN not in headline("Кызматташтыктарыбыздын", language)


# --- quotation marks ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "typed", "better"),
    [
        ("ky", 'Ал "Манас" деди', "Ал «Манас» деди"),
        ("ky", "Ал “Манас” деди", "Ал «Манас» деди"),
        ("ky", "«Биз «Достук» дедик»", "«Биз „Достук“ дедик»"),
        ("ru", 'Газета "Слово"', "Газета «Слово»"),
        ("ru", 'Он сказал: "Газета "Слово" права"', "Он сказал: «Газета „Слово“ права»"),
        ("ru", "„Слово“", "«Слово»"),
        ("ru", 'АО "Дороги".', "АО «Дороги»."),
        ("ru", '("Слово")', "(«Слово»)"),
        ("en", '"Yes," he said', "“Yes,” he said"),
        ("en", "«Manas»", "“Manas”"),
        ("en", '"The paper "Word" says"', "“The paper ‘Word’ says”"),
        # --- what cannot be told stays
        ("en", '5" pipe', '5" pipe'),
        ("en", "don't", "don't"),
        ("ru", 'Одна " кавычка', 'Одна " кавычка'),
        ("ru", "«без конца", "«без конца"),
        ("ky", "«Манас»", "«Манас»"),
    ],
)
def test_each_language_has_its_marks(language: str, typed: str, better: str) -> None:
    assert with_marks(typed, language) == better
    assert with_marks(better, language) == better


def test_a_suggestion_says_what_was_found_and_what_is_better() -> None:
    assert suggestions('Эпос "Манас"\nжана «Семетей»', "ky") == [('"Манас"', "«Манас»")]
    assert suggestions("«Манас»", "ky") == []
    [long] = suggestions('"' + "слово " * 30 + 'конец"', "ru")
    assert re.fullmatch("«слово .* … .*конец»", long.better)
