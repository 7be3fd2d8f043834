"""What is found, in which order, and what is said where nothing is. The same on every database."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from articles.models import Edition
from pressoffice.directory.models import Person
from pressoffice.publishing import moment
from pressoffice.publishing.events import step_taken
from pressoffice.search.finding import elsewhere, find, suggestions
from pressoffice.search.indexing import index
from pressoffice.search.models import Entry, TitleWord
from projects.models import ProjectAlias
from tests.channels import under
from tests.makers import (
    in_three,
    make_agreement,
    make_country,
    make_edition,
    make_event,
    make_person,
    make_project,
    make_statement,
    make_topic,
)

pytestmark = pytest.mark.django_db


def titles(words: str, language: str = "ru") -> list[str]:
    return [each.title for each in find(words, language).ranked]


def text(title: str, *, language: str = "ru", day: date = date(2026, 8, 22), **content) -> Edition:
    return make_edition(
        statement=make_statement(delivered_on=day, original_language=language),
        language=language,
        title=title,
        **content,
    )


def test_everything_public_is_found_by_its_name():
    person, topic = make_person("Соловьёв"), make_topic("Соловьи")
    country = make_country("KG")
    make_edition(
        statement=make_statement(speakers=[person], topics=[topic], countries=[country]), title="Соловьи поют"
    )
    project = make_project("road", **in_three("name", "Соловьиная дорога"))
    make_event("visit", **in_three("title", "Соловьиный вечер"))
    make_agreement("treaty", projects=[project], **in_three("title", "Соглашение о соловьях"))

    found = {
        each.what for words in ("соловьи", "соловьиный", "соловьёв") for each in find(words, "ru").ranked
    }

    assert found == set(Entry.What.values)


def test_a_title_says_more_than_a_summary_and_a_summary_more_than_a_text():
    text("Обзор недели", summary="О разном.", body="<p>Достроен мост.</p>", day=date(2026, 8, 25))
    text("Обзор месяца", summary="Достроен мост.", day=date(2026, 8, 24))
    text("Достроен мост", day=date(2026, 8, 23))

    assert titles("мост") == ["Достроен мост", "Обзор месяца", "Обзор недели"]


def test_a_project_comes_before_the_headlines_that_name_it():
    text("CASA-1000: опоры стоят, провод натянут на шестьдесят процентов")
    make_project("casa-1000", **{f"name_{code}": "CASA-1000" for code in ("ky", "ru", "en")})

    assert titles("casa1000")[0] == "CASA-1000"


def test_the_newest_comes_first_where_all_else_is_equal():
    for day in (3, 9, 6):
        text(f"Мост открыт {day}", day=date(2026, 8, day))

    assert titles("мост открыт") == ["Мост открыт 9", "Мост открыт 6", "Мост открыт 3"]


def test_names_that_are_not_shown_find_too():
    project = make_project("road", **in_three("name", "Дорога в обход гор"))
    ProjectAlias.objects.create(project=project, language="ru", text="Северный обход")
    call_command("rebuild_search", verbosity=0)
    statement = make_statement(speakers=[make_person("Абдыраева")], place_ru="Чолпон-Ата")
    make_edition(statement=statement, title="О погоде")

    assert titles("северный обход") == ["Дорога в обход гор (ru)"]
    assert titles("Abdyraeva чолпоната") == ["О погоде"]
    assert titles(statement.reference) == ["О погоде"]


def test_words_in_quotation_marks_stand_in_a_row() -> None:
    exact = make_edition(language="ru", title="Путь", body="<p>Построят железную дорогу через Нарын.</p>")
    apart = make_edition(language="ru", title="Ещё", body="<p>Дорогу к руднику ведут железную.</p>")

    assert set(titles("железную дорогу")) == {exact.title, apart.title}
    for asked in ("«железную дорогу»", '"Железную Дорогу"', "построят “железную дорогу”", '"железную дорогу'):
        found = find(asked, "ru")
        expected = {exact.title} if asked != '"железную дорогу' else {exact.title, apart.title}
        assert ({row.title for row in found.ranked}, found.is_apart) == (expected, False)


def test_a_phrase_that_nothing_has_finds_its_words_and_says_so() -> None:
    make_edition(language="ru", title="Ещё", body="<p>Дорогу к руднику ведут железную.</p>")

    found = find("«железную дорогу»", "ru")

    assert ([row.title for row in found.ranked], found.is_apart) == (["Ещё"], True)


def test_what_is_only_begun_is_found_where_nothing_else_is():
    text("Дорожная карта подписана")
    text("Дороги открыты")

    assert find("карта дорож", "ru").how == "begun"
    assert titles("карта дорож") == ["Дорожная карта подписана"]
    assert find("дорог", "ru").how == "all"


def test_a_misspelt_word_is_read_as_the_nearest_of_a_public_title():
    text("Железная дорога строится")

    found = find("жилезная дарога", "ru")

    assert (found.how, found.corrected) == ("corrected", "железная дорога")
    assert [each.title for each in found.ranked] == ["Железная дорога строится"]


def test_some_of_the_words_are_better_than_nothing_and_rare_ones_better_than_common_ones():
    for number in range(4):
        text(f"Мост номер {number}")
    text("Ледник тает")

    found = find("ледник мост самокат", "ru")

    assert found.how == "some"
    assert found.ranked[0].title == "Ледник тает"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_one_letter_over_and_over_is_no_preposition(language: str) -> None:
    text("Дорога к морю", language=language, body="<p>Путь к дому.</p>")

    assert titles("qqqqqq", language) == []
    assert elsewhere("qqqqqq", "ky") == {}


def test_other_languages_say_how_much_they_have():
    text("Темир жол", language="ky")
    text("Темир жол курулат", language="ky")
    text("Железная дорога")

    assert elsewhere("темир жол", "ru") == {"ky": 2}
    assert titles("темир жол") == []
    page = Client().get(under("ru", "search:search"), {"q": "темир жол"})
    assert page.context["elsewhere"][0]["url"].startswith("/ky/search/?q=")


def test_suggestions_are_titles():
    text("Тоннели пройдены", body="<p>Мост.</p>")
    text("Мост открыт")

    assert suggestions("мо", "ru") == []
    assert suggestions("мос", "ru") == ["Мост открыт"]
    assert suggestions("открыт мос", "ru") == ["Мост открыт"]
    answer = Client().get(under("ru", "search:suggest"), {"q": "мост"})
    assert answer.json() == {"suggestions": ["Мост открыт"]}
    assert "noindex" in answer.headers["X-Robots-Tag"]


# --- what the index follows --------------------------------------------------------------------------


def test_a_text_is_found_at_the_second_of_its_release():
    at = moment.now() + timedelta(days=2)
    make_edition(state="scheduled", title="Мост открыт", at=at)

    for then, expected in (
        (moment.now(), []),
        (at - timedelta(microseconds=1), []),
        (at, ["Мост открыт"]),
    ):
        with moment.fixed(then):
            assert titles("мост") == suggestions("мост", "ru") == expected


def test_a_correction_takes_the_place_of_the_text_before_it():
    day = moment.now() - timedelta(days=10)
    statement = make_statement()
    make_edition(statement=statement, title="Мост за год", at=day)
    make_edition(statement=statement, title="Тоннель за год", at=day + timedelta(days=5))

    assert titles("мост") == []
    assert titles("тоннель") == ["Тоннель за год"]
    with moment.fixed(day + timedelta(days=1)):
        assert titles("мост") == ["Мост за год"]
    there = (day + timedelta(days=1)).isoformat()
    page = Client().get(under("ru", "search:search"), {"q": "мост", "as_of": there})
    assert page.context["total"] == 1
    assert f'name="as_of" value="{there}"'.replace("+", "&#x2B;") in page.content.decode().replace(
        "+", "&#x2B;"
    )


def test_what_was_removed_is_not_found_in_the_past_either(chief):
    day = moment.now() - timedelta(days=10)
    statement = make_statement()
    make_edition(statement=statement, title="Мост за год", at=day)
    later = make_edition(statement=statement, title="Мост за два года", at=day + timedelta(days=5))
    later.remove(by=chief, reason="It named a private person.")

    for at in (day, day + timedelta(days=6), moment.now()):
        with moment.fixed(at):
            assert titles("мост") == []


def test_a_withdrawn_text_is_found_and_marked():
    make_edition(state="withdrawn", title="Мост открыт")

    page = Client().get(under("ru", "search:search"), {"q": "мост"})

    assert [result.entry.is_withdrawn for result in page.context["results"]] == [True]
    assert 'class="tag tag--warning"' in page.content.decode()


def test_a_cancelled_publication_leaves_nothing_in_the_index(chief):
    edition = make_edition(state="scheduled", title="Мост открыт")
    edition.cancel_publication(by=chief)

    assert not Entry.objects.filter(what="statement").exists()
    assert not TitleWord.objects.exists()


def test_a_record_changed_in_place_is_found_by_its_new_name(editor):
    project = make_project("road", **in_three("name", "Старый мост"))
    project.name_ru = "Новый тоннель"
    with transaction.atomic():
        project.save()
        project.write_down("change", by=editor, columns=["name_ru"])

    assert titles("тоннель") == ["Новый тоннель"]
    assert titles("мост") == []


def test_a_person_renamed_is_found_by_the_new_name():
    person = make_person("Иванова")
    make_edition(statement=make_statement(speakers=[person]), title="О погоде")
    person.name_ru = "Петрова"
    person.save()

    assert [each.what for each in find("петрова", "ru").ranked] == ["person"]


def test_somebody_whom_nothing_public_names_is_in_no_index():
    make_person("Иванова")

    assert not Entry.objects.exists()


def test_a_step_that_is_undone_leaves_the_index_as_it_was(chief):
    edition = make_edition(state="approved", title="Мост открыт")

    def fails(**facts):
        raise RuntimeError

    step_taken.connect(fails)
    try:
        with pytest.raises(RuntimeError):
            edition.publish(by=chief)
    finally:
        step_taken.disconnect(fails)

    assert not Entry.objects.exists()


def test_the_index_made_anew_is_the_same():
    project = make_project("road")
    make_edition(state="superseded", statement=make_statement(speakers=[make_person("Speaker")]))
    make_event("visit").participants.add(make_person("Guest"))
    make_agreement("treaty", projects=[project])
    make_edition(state="draft")
    make_project("draft", state="draft")
    columns = ("what", "language", "title", "text", "day", "title_words", "lead_words", "words")
    call_command("rebuild_search", verbosity=0)
    before = sorted(map(str, Entry.objects.values_list(*columns)))

    call_command("rebuild_search", verbosity=0)

    assert sorted(map(str, Entry.objects.values_list(*columns))) == before
    assert not [each for each in before if "draft" in each.casefold()]


def test_a_project_written_down_twice_stands_in_the_index_once(editor):
    project = make_project("road")
    for _each in range(3):
        with transaction.atomic():
            project.write_down("change", by=editor)

    assert Entry.objects.filter(project=project).count() == 3


def test_what_is_indexed_again_keeps_its_row(editor):
    """Two publications at once may name the same person: neither may fail for the other."""
    edition = make_edition(statement=make_statement(speakers=[make_person("Speaker")]))
    before = set(Entry.objects.values_list("pk", "title"))

    index([*Person.objects.all(), edition])

    assert set(Entry.objects.values_list("pk", "title")) == before


def test_what_is_no_longer_to_be_found_goes_when_all_is_made_anew():
    edition = make_edition()
    Entry.objects.create(what="topic", language="ru", title="Stale", topic=make_topic("Stale"))

    call_command("rebuild_search", verbosity=0)

    assert [entry.edition for entry in Entry.objects.all()] == [edition]


def test_facts_changed_at_the_desk_are_found_at_once(editor, logged_in):
    speaker = make_person("Абдыраева")
    edition = make_edition(statement=make_statement(), title="О погоде")
    address = reverse("admin:articles_statement_change", args=[edition.statement_id])
    desk = logged_in(editor)
    form = desk.get(address).context["adminform"].form
    filled = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    filled = {name: value for name, value in filled.items() if value not in (None, [], "")}

    answer = desk.post(address, {**filled, "place_ru": "Чолпон-Ата", "speakers": [speaker.pk]})

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    assert [each.what for each in find("чолпон-ата", "ru").ranked] == ["statement"]
    assert {each.what for each in find("абдыраева", "ru").ranked} == {"person", "statement"}


def test_all_words_but_one_are_better_than_the_rarest_of_them():
    text("Прививки детям в школах", summary="Бесплатно.")
    text("Ледник")

    found = find("прививки детям ледник", "ru")

    assert found.how == "some"
    assert [each.title for each in found.ranked] == ["Прививки детям в школах"]
