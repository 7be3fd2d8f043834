"""Figures, drawn over the days on which they were stated."""

import re
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from pressoffice.ledger.charts import Goal, Point, chart_of, draw, scale_of
from pressoffice.ledger.models import Indicator, Measurement, Target
from pressoffice.ledger.project_ledger import Counted
from pressoffice.ledger.timeline import width_of

LENGTH = Indicator(name_en="Length", unit="km")


def point(value, on=date(2024, 12, 11), value_to=None, *, withdrawn=False, url="/en/s/1") -> Point:
    return Point(on, Decimal(value), None if value_to is None else Decimal(value_to), url, withdrawn)


def goal(value, due_on=None, stated_on=date(2024, 12, 11), precision="year", *, withdrawn=False) -> Goal:
    return Goal(Decimal(value), None, due_on, precision, stated_on, "/en/s/2", withdrawn)


def html_of(chart, key="c", **more) -> str:
    return render_to_string("components/chart.html", {"chart": chart, "title": "Length", "key": key, **more})


def labels_of(ticks, size=12):
    return [
        (tick.at - width_of(tick.label, size) / 2, tick.at + width_of(tick.label, size) / 2) for tick in ticks
    ]


values = st.decimals(min_value=-(10**6), max_value=3 * 10**12, places=2)
days = st.dates(date(1991, 1, 1), date(2100, 12, 31))
points = st.builds(Point, days, values, st.none(), st.just("/x"), st.booleans()) | st.builds(
    lambda on, value, more: Point(on, value, value + more, "/x", False), days, values, st.integers(1, 10**9)
)
goals = st.builds(
    Goal, values, st.none(), st.none() | days, st.sampled_from(["day", "month", "quarter", "year"]), days,
    st.just("/y"), st.booleans(),
)  # fmt: skip


def test_where_nothing_was_stated_nothing_is_drawn():
    chart = draw([], [], "km", "Length")

    assert chart is None
    assert html_of(chart).strip() == ""


@settings(max_examples=120, deadline=None)
@given(st.lists(points, max_size=12), st.lists(goals, max_size=4), st.sampled_from(["en", "ru", "ky"]))
def test_whatever_was_stated_lies_inside_and_no_two_words_meet(stated, aimed, language):
    with override(language):
        chart = draw(stated, aimed, "USD", "Trade")

    for drawing in chart.drawings if chart else []:
        plot = drawing.plot
        for mark in drawing.marks:
            assert plot.left <= mark.from_x <= plot.right
            assert plot.left <= mark.x <= plot.right
            assert plot.top <= mark.y <= mark.y_to <= plot.bottom
        assert 2 <= len(drawing.values) <= 6
        assert all(low.at - high.at >= 12 for low, high in pairwise(drawing.values))
        assert all(width_of(tick.label) <= plot.left for tick in drawing.values)
        for row in (labels_of(drawing.periods), labels_of(drawing.years)):
            assert all(one[1] < other[0] for one, other in pairwise(row))
            assert all(0 <= one[0] and one[1] <= drawing.width for one in row)
        assert drawing.periods
        assert not any(one.box.meets(other.box) for one, other in combinations(drawing.labels, 2))
        assert not any(label.box.meets(mark.box) for label in drawing.labels for mark in drawing.marks)


@pytest.mark.parametrize("size", [1, 2, 200])
def test_points_on_one_day_and_of_one_value_are_drawn(size):
    chart = draw([point(280)] * size, [], "km", "Length")

    assert chart is not None
    assert [len(drawing.marks) for drawing in chart.drawings] == [size, size]
    assert [label.text for label in chart.drawings[0].labels] == ["280\u00a0km"]


@pytest.mark.parametrize(
    ("stated", "axis"),
    [
        (["0"], ["0", "1"]),
        (["280", "280"], ["0", "300"]),
        (["277", "280"], ["276", "280"]),
        (["250", "280"], ["240", "280"]),
        (["-12", "5"], ["-15", "5"]),
        (["-400", "-30"], ["-400", "0"]),
        (["1", "3000000000000"], ["0", "3000000000000"]),
        (["0.0003", "0.0011"], ["0", "0.0015"]),
    ],
)
def test_the_axis_ends_in_round_values(stated, axis):
    low, high, step = scale_of([Decimal(value) for value in stated])

    assert [low, high] == [Decimal(value) for value in axis]
    assert (high - low) % step == 0
    assert step.as_tuple().digits[0] in (1, 2, 5)


def test_things_counted_one_by_one_are_named_by_the_title():
    chart = draw([point(50)], [], "pieces", "Grants")

    assert chart is not None
    assert (chart.unit, [row.words for row in chart.rows]) == ("", ["50"])


def test_the_line_goes_by_what_holds_and_a_range_is_a_band():
    stated = [
        point(250, date(2015, 7, 20), 260),
        point(999, date(2020, 1, 1), withdrawn=True),
        point(280, date(2022, 1, 1)),
        point(290),
    ]

    chart = draw(stated, [], "km", "Length")

    assert chart is not None
    first, withdrawn, second, third = chart.drawings[1].marks
    assert first.y < first.y_to
    assert withdrawn.is_withdrawn
    (band,) = chart.drawings[1].bands
    assert (band.left, band.right, band.top, band.bottom) == (first.x, second.x, first.y, first.y_to)
    assert re.findall(r"[MHV]", chart.drawings[1].line) == ["M", "V", "M", "H", "M", "V"]
    assert f"H{third.x}" in chart.drawings[1].line


def test_a_goal_stands_at_the_last_day_of_its_date():
    chart = draw([point(1, date(2024, 1, 1))], [goal(3, date(2030, 1, 1)), goal(2)], "km", "Length")

    assert chart is not None
    _figure, dated, undated = chart.drawings[0].marks
    assert (dated.kind, dated.x) == ("goal", chart.drawings[0].plot.right)
    assert (undated.kind, undated.x) == ("aim", chart.drawings[0].plot.right)
    assert dated.outline != undated.outline
    assert chart.shows == {"figure", "goal", "aim"}


def test_what_was_withdrawn_is_struck_out_and_said_so():
    stated = [point(250, date(2015, 7, 20)), point(999, date(2020, 1, 1), withdrawn=True)]

    with override("en"):
        chart = draw(stated, [], "km", "Length")
        html = html_of(chart, with_table=True)

    assert "<s>999\u00a0km</s>" in html
    assert "The statement it comes from was withdrawn." in html
    assert html.count("chart__strike") == 3  # in both drawings and in the key
    assert chart is not None
    assert (
        "1 January 2020: 999\u00a0km (figure stated). The statement it comes from was withdrawn."
        in chart.summary
    )


@pytest.mark.parametrize(
    ("language", "written", "due"),
    [("en", "250–260\u00a0km", "2030"), ("ru", "250–260\u00a0км", "2030"), ("ky", "250–260\u00a0км", "2030")],
)
def test_the_table_says_the_same_as_the_picture(language, written, due):
    with override(language):
        chart = draw([point(250, date(2015, 7, 20), 260)], [goal(300, date(2030, 1, 1))], "km", "Length")
        html = html_of(chart, with_table=True)

    assert chart is not None
    assert [row.words for row in chart.rows] == [written, written.replace("250–260", "300")]
    table = html[html.index("<table") :]
    for mark, row in zip(chart.drawings[0].marks, chart.rows, strict=True):
        assert row.words in mark.words
        assert row.words in table
        assert f'<a href="{row.url}"><time datetime="{row.stated_on.isoformat()}">' in table
    assert due in chart.rows[1].what
    assert due in chart.drawings[0].marks[1].words
    assert written in [label.text for label in chart.drawings[0].labels]
    # A comma would be the end of a number in SVG.
    assert not re.search(r' (?:x|y|x1|y1|cx|width|height)="\d+,', html)


def test_two_charts_of_a_page_share_no_id():
    chart = draw([point(280)], [], "km", "Length")

    html = html_of(chart, "chart-1") + html_of(chart, "chart-2")

    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 8
    assert set(re.findall(r' aria-\w+="([^"]+)"', html)) - {"true"} <= set(ids)


def test_without_the_table_the_page_has_its_own():
    chart = draw([point(280)], [], "km", "Length")

    assert "<table" not in html_of(chart)
    assert 'style="' not in html_of(chart, with_table=True)


def test_short_periods_are_told_by_month():
    with override("en"):
        chart = draw([point(1, date(2024, 2, 1)), point(2, date(2025, 3, 1))], [], "km", "Length")

    assert chart is not None
    wide = chart.drawings[1]
    assert [tick.label for tick in wide.periods][:2] == ["Jan", "Mar"]
    assert [tick.label for tick in wide.years] == ["2024", "2025"]


def of_ledger(model, value, **fields):
    row = model(indicator=LENGTH, value=Decimal(value), stated_on=date(2024, 12, 11), **fields)
    row.holds = True
    return row


def test_what_was_counted_is_drawn_once_there_is_something_to_compare():
    figure = of_ledger(Measurement, 1)
    target = of_ledger(Target, 3, due_on=date(2030, 12, 31), due_precision="year")

    assert chart_of(Counted(LENGTH, [], [])) is None
    assert chart_of(Counted(LENGTH, [figure], [])) is None
    chart = chart_of(Counted(LENGTH, [figure], [target]))
    assert chart is not None
    assert [mark.kind for mark in chart.drawings[0].marks] == ["figure", "goal"]
