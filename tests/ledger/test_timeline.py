"""Milestones on a line of time: the dates that statements gave them, and how far these moved."""

import re
from datetime import date
from itertools import combinations, pairwise

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from pressoffice.ledger.timeline import Box, Milestone, MilestoneWord, lines_of, slip_of, timeline, width_of
from pressoffice.stated.precision import Precision

TODAY = date(2026, 11, 23)
FIRST = date(2015, 7, 20)


def word(kind, on, precision="day", stated_on=FIRST, *, withdrawn=False) -> MilestoneWord:
    return MilestoneWord(kind, on, precision, stated_on, "/en/s/1", withdrawn)


PLANNED = word("planned", date(2017, 1, 1), "year")
HAPPENED = word("actual", date(2024, 12, 11), "day", date(2024, 12, 11))


def html_of(drawn, key="t", **more) -> str:
    context = {"timeline": drawn, "title": "Milestones", "key": key, **more}
    return render_to_string("components/timeline.html", context)


def room_of(line, size=12) -> Box:
    half = width_of(line.text, size) / 2
    return Box(line.x - half, line.y - 11, line.x + half, line.y + 2)


words = st.builds(
    MilestoneWord,
    st.sampled_from(["planned", "forecast", "actual"]),
    st.dates(date(1991, 1, 1), date(2100, 12, 31)),
    st.sampled_from(Precision.values),
    st.dates(date(1991, 1, 1), date(2100, 12, 31)),
    st.just("/x"),
    st.booleans(),
)
names = st.sampled_from(["Дорога", "The second unit of the power station " * 4])
milestones = st.lists(st.builds(Milestone, names, st.lists(words)), max_size=4)


@pytest.mark.parametrize("given_dates", [[], [Milestone("Road opened", [])]])
def test_where_no_date_was_given_nothing_is_drawn(given_dates):
    drawn = timeline(given_dates, TODAY)

    assert drawn is None
    assert html_of(drawn).strip() == ""


@settings(max_examples=120, deadline=None)
@given(milestones, st.sampled_from(["en", "ru", "ky"]))
def test_every_date_lies_inside_and_no_two_words_meet(stages, language):
    with override(language):
        drawn = timeline(stages, TODAY)

    for drawing in drawn.drawings if drawn else []:
        frame = Box(-0.2, 0, drawing.width + 0.2, drawing.height)
        assert drawing.plot.left <= drawing.today_x <= drawing.plot.right
        ticks = [(t.at - width_of(t.label) / 2, t.at + width_of(t.label) / 2) for t in drawing.periods]
        assert ticks
        assert all(one[1] < other[0] for one, other in pairwise(ticks))
        texts = [room_of(drawing.today)]
        for band in drawing.bands:
            lines = [span.label for span in band.spans] + (band.slip.lines if band.slip else [])
            texts += [room_of(line) for line in lines]
            bars = [span.box for span in band.spans]
            assert all(frame.holds(box) for box in [*texts, *bars])
            assert all(band.top <= bar.top and bar.bottom <= band.bottom for bar in bars)
            assert not any(one.meets(other) for one, other in combinations(bars, 2))
            assert not any(text.meets(bar) for text in texts for bar in bars)
            assert band.names[-1].y <= min(text.top for text in texts[-len(lines) :]) + 1
        assert not any(one.meets(other) for one, other in combinations(texts, 2))


def test_a_date_given_as_a_year_covers_the_year():
    drawn = timeline([Milestone("Road opened", [PLANNED, HAPPENED])], TODAY)

    assert drawn is not None
    year, day = drawn.drawings[1].bands[0].spans
    first, second = drawn.drawings[1].rules[:2]
    assert (year.box.left, year.box.right) == (first, second)
    assert day.box.width == 10  # as small as can be seen
    assert year.box.right < day.box.left


def test_the_arrow_runs_from_the_end_of_the_first_word_to_the_end_of_the_newest():
    with override("en"):
        drawn = timeline([Milestone("Road opened", [HAPPENED, PLANNED])], TODAY)

    assert drawn is not None
    for drawing in drawn.drawings:
        (band,) = drawing.bands
        planned, happened = band.spans
        assert band.slip is not None
        assert band.slip.from_x == planned.box.right
        assert happened.box.left <= band.slip.x <= happened.box.right
        assert band.slip.is_later
        assert [line.text for line in band.slip.lines] == ["7 years later than first said"]


@pytest.mark.parametrize(
    ("newest", "said"),
    [
        (word("actual", date(2024, 12, 11)), "7 years later than first said"),
        (word("forecast", date(2019, 1, 1), "year"), "2 years later than first said"),
        (word("forecast", date(2018, 11, 1), "month"), "11 months later than first said"),
        (word("actual", date(2018, 1, 9)), "less than a month later than first said"),
        (word("actual", date(2017, 1, 1), "year"), "on time"),
        (word("actual", date(2017, 12, 11)), "on time"),
        (word("forecast", date(2017, 1, 1), "year"), ""),
        (word("actual", date(2017, 9, 30)), "3 months earlier than first said"),
        (word("forecast", date(2015, 1, 1), "year"), "2 years earlier than first said"),
        (word("actual", date(2024, 12, 11), withdrawn=True), ""),
    ],
)
def test_the_slip_is_said_in_words(newest, said):
    with override("en"):
        assert slip_of([PLANNED, newest]) == said


def test_days_of_one_month_are_no_whole_month():
    with override("en"):
        words = [word("planned", date(2017, 5, 1)), word("actual", date(2017, 5, 31))]
        assert slip_of(words) == "less than a month later than first said"
        assert slip_of(words[::-1]) == ""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "7 years later"),
        ("ru", "на 7 лет позже"),
        ("ky", "7 жыл"),
    ],
)
def test_the_table_says_the_same_as_the_picture(language, said):
    moved = Milestone("Road opened", [PLANNED, HAPPENED])
    with override(language):
        drawn = timeline([moved], TODAY)
        html = html_of(drawn, with_table=True)

    assert drawn is not None
    table, (group,) = html[html.index("<table") :], drawn.groups
    assert said in group.slip
    assert said in " ".join(line.text for line in drawn.drawings[0].bands[0].slip.lines)
    assert group.slip in table
    assert group.slip in drawn.summary
    for row, span in zip(group.rows, drawn.drawings[0].bands[0].spans, strict=True):
        assert row.words in span.words
        assert row.kind in span.words
        assert f'<time datetime="{row.on.isoformat()}">{row.words}</time>' in table
        assert f'<a href="{row.url}"><time datetime="{row.stated_on.isoformat()}">' in table
    # A comma would be the end of a number in SVG.
    assert not re.search(r' (?:x|y|x1|y1|width|height)="\d+,', html)


def test_what_was_withdrawn_is_struck_out_said_so_and_moves_nothing():
    gone = word("forecast", date(2021, 1, 1), "year", date(2019, 1, 1), withdrawn=True)
    with override("en"):
        drawn = timeline([Milestone("Road opened", [PLANNED, gone])], TODAY)
        html = html_of(drawn, with_table=True)

    assert drawn is not None
    assert drawn.drawings[0].bands[0].slip is None
    assert drawn.shows == {"planned", "withdrawn"}
    assert html.count("timeline__strike") == 3  # in both drawings and in the key
    assert "<s>2021</s>" in html
    assert "expected. The statement it comes from was withdrawn." in html


def test_two_lines_of_time_of_a_page_share_no_id():
    drawn = timeline([Milestone("Road opened", [PLANNED])], TODAY)

    html = html_of(drawn, "t-1") + html_of(drawn, "t-2")

    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 12
    assert set(re.findall(r' aria-(?:labelledby|describedby)="([^"]+)"', html)) <= set(ids)
    assert 'style="' not in html


def test_long_names_are_broken_into_lines_of_much_the_same_length():
    lines = lines_of("Construction of the road from Balykchy to Barskoon begun", 300, 13)

    assert len(lines) == 2
    assert abs(width_of(lines[0], 13) - width_of(lines[1], 13)) < 60
    assert lines_of("Гидроэлектростанция", 20, 13) == ["Гидроэлектростанция"]
