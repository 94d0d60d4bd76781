"""A number cannot differ between the report, the figure's dict, its SVG and its table; and what a result does not
allow to be drawn is in none of them."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from app.domain.report import Report, Result
from app.domain.rounding import one_decimal
from app.rendering import svg, wording
from app.rendering.figures import Figure, all_figures, day_table
from app.rendering.figures.canvas import MARKS
from app.rendering.wire import figure_payload
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rendering.factories import INK, MOOD, RESULTS, SVG, build, fortnight, parse, random_report

ANY = st.builds(random_report, st.integers(0, 10_000), st.sampled_from(RESULTS))
LINE = {"in-order", "other-measures", "side-effects"}
ALLOWED: dict[str, set[str]] = {
    **dict.fromkeys((*INK, "carry_over", "too_few_days", "one_block"), LINE),
    "no_variation": {"side-by-side", "in-order", "other-measures", "side-effects"},
    "stands_out": {"prediction-range", "side-by-side", "in-order", "other-measures", "side-effects"},
    "cannot_tell": {"prediction-range", "side-by-side", "in-order", "other-measures", "side-effects"},
}


def by_key(report: Report) -> dict[str, Figure]:
    return {figure.key: figure for figure in all_figures(report)}


def by_width(width: float) -> dict[str, Figure]:
    return {figure.key: figure for figure in all_figures(fortnight("cannot_tell"), width=width)}


def traces(figure: Figure, kind: str) -> Iterator[dict[str, Any]]:
    yield from (t for t in figure.plotly["data"] if t.get("uid", "").rpartition("-")[0] == kind)


def points(figure: Figure, kind: str) -> set[tuple[float, float]]:
    """Every mark of a kind that says something (the key's own marks do not)."""
    return {
        at
        for trace in traces(figure, kind)
        if trace["hoverinfo"] == "text"
        for at in zip(trace["x"], trace["y"], strict=True)
    }


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)


@pytest.mark.parametrize("result", RESULTS)
def test_each_result_has_its_figures_and_no_other(result: Result) -> None:
    assert set(by_key(fortnight(result))) == ALLOWED[result]


@given(report=ANY)
@settings(max_examples=60, deadline=None)
def test_every_day_in_order_is_the_report(report: Report) -> None:
    figure = by_key(report)["in-order"]
    answered = {d.number: d.points[report.primary] for d in report.days if report.primary in d.points}
    for kind in ("on", "off", "aside", "ink"):
        assert points(figure, kind) == {(n, p.value) for n, p in answered.items() if p.mark == kind}
    gaps = {at[0] for at in points(figure, "gap")}
    assert gaps == {d.number for d in report.days} - set(answered)
    lines = [t for t in figure.plotly["data"] if t["mode"] == "lines"]
    assert [value is None for value in lines[0]["y"]] == [n not in answered for n in lines[0]["x"]]
    assert not lines[0]["connectgaps"]
    for day, row in zip(report.days, figure.table.rows, strict=True):
        point = answered.get(day.number)
        cell = row[-1].replace("½", ".5")
        assert (float(cell if cell != ".5" else 0.5) == point.value) if point else not cell[:1].isdigit()


@given(report=ANY)
@settings(max_examples=60, deadline=None)
def test_side_by_side_is_the_comparison(report: Report) -> None:
    figure = by_key(report).get("side-by-side")
    assert (figure is not None) == report.drawn.side_by_side
    if figure is None or report.comparison is None:
        return
    shapes = figure.plotly["layout"]["shapes"]
    for i, (kind, group) in enumerate((("on", report.comparison.on), ("off", report.comparison.off))):
        drawn = [trace["y"] for trace in traces(figure, kind)]
        assert drawn == [[value for _, value in group.days]], "one mark a day, in date order"
        assert any(shape["y0"] == shape["y1"] == group.mean for shape in shapes)
        assert figure.table.rows[0][i + 1] == str(group.n)
        assert figure.table.rows[1][i + 1] == f"{one_decimal(group.mean):.1f}"
        assert figure.table.rows[2][i + 1] == f"{one_decimal(group.median):.1f}"
        assert f"{one_decimal(group.mean):.1f}" in figure.sentence
        assert f">{one_decimal(group.mean):.1f}<" in svg.draw(figure)


@given(report=ANY)
@settings(max_examples=60, deadline=None)
def test_the_range_line_is_the_interval(report: Report) -> None:
    figure = by_key(report).get("prediction-range")
    assert (figure is not None) == report.drawn.interval
    if figure is None or report.comparison is None or report.comparison.interval is None:
        return
    interval = report.comparison.interval
    low, high = figure.plotly["layout"]["xaxis"]["range"]
    assert low == -high <= interval.lower <= interval.upper <= high, "the same to both sides, nothing outside"
    bar = next(s for s in figure.plotly["layout"]["shapes"] if s["type"] == "path")
    drawn = [float(x) for x in re.findall(r"(-?[\d.]+),", bar["path"])]
    assert min(drawn) == pytest.approx(interval.lower, abs=1e-4)
    assert max(drawn) == pytest.approx(interval.upper, abs=1e-4)
    rules = [s["x0"] for s in figure.plotly["layout"]["shapes"] if s["layer"] == "above"]
    assert rules == [interval.estimate]
    expected = report.prediction.signed if report.prediction else None
    assert {x for x, _ in points(figure, "own")} == (set() if expected is None else {expected})
    assert len(figure.table.rows) == (2 if expected is None else 3)


@given(report=ANY)
@settings(max_examples=60, deadline=None)
def test_other_measures_are_dots_and_ranges_in_the_order_they_were_chosen(report: Report) -> None:
    figure = by_key(report).get("other-measures")
    others = [m for m in report.measures[1:] if any(m.key in d.points for d in report.days)]
    if figure is None:
        assert not others
        return
    dots = [t for t in figure.plotly["data"] if t.get("uid", "").startswith("ink-")]
    for measure, trace in zip(others, dots, strict=True):
        answered = {d.number: d.points[measure.key].value for d in report.days if measure.key in d.points}
        assert dict(zip(trace["x"], trace["y"], strict=True)) == answered
    assert len(figure.table.columns) == 1 + len(others)
    assert not points(figure, "on") and not points(figure, "off"), "no day is marked by its dose here"
    means = {f"{m:.1f}" for c in [report.comparison] if c for m in (c.on.mean, c.off.mean)}
    assert not means & {word for row in figure.table.rows for word in row}


@given(report=ANY)
@settings(max_examples=60, deadline=None)
def test_scales_run_their_full_length(report: Report) -> None:
    for figure in all_figures(report):
        if figure.key in ("side-effects", "prediction-range"):
            continue
        layout = figure.plotly["layout"]
        used = {t["yaxis"] for t in figure.plotly["data"] if t["hoverinfo"] == "text"} - {
            t["yaxis"] for t in traces(figure, "gap")
        }
        ranges = {tuple(layout["yaxis" + y[1:]]["range"]) for y in used}
        assert ranges <= {(0, 10), (1, 5), (0.0, 12.0), (0, 24)}
        for trace in figure.plotly["data"]:
            if trace["hoverinfo"] == "text":
                low, high = layout["yaxis" + trace["yaxis"][1:]]["range"]
                assert all(low <= y <= high for y in trace["y"])


@given(report=ANY)
@settings(max_examples=40, deadline=None)
def test_marks_lie_on_the_sheet_and_svg_has_as_many_as_the_dict(report: Report) -> None:
    for figure in all_figures(report):
        root = parse(svg.draw(figure))
        width, height = (float(n) for n in root.attrib["viewBox"].split()[2:])
        assert root.attrib["role"] == "img" and figure.sentence in root.attrib["aria-label"]
        circles = list(root.iter(SVG + "circle"))
        wanted = sum(
            len(t["x"])
            for t in figure.plotly["data"]
            if t["mode"] == "markers" and t["marker"]["symbol"] == "circle" and t["marker"]["opacity"]
        )
        assert len(circles) == wanted
        for circle in circles:
            x, y, r = (float(circle.attrib[name]) for name in ("cx", "cy", "r"))
            assert r <= x + 1 and x + r <= width + 1 and r <= y + 1 and y + r <= height + 1
        for words in root.iter(SVG + "text"):
            assert 0 <= float(words.attrib["x"]) <= width and 0 < float(words.attrib["y"]) <= height
            assert 12 <= float(words.attrib["font-size"]) <= 14


@pytest.mark.parametrize("result", INK)
@pytest.mark.parametrize("seed", range(12))
def test_an_ink_result_shows_no_contrast_anywhere(result: Result, seed: int) -> None:
    """No mark on a rating, no side by side, no mean, no dose: in no field, table, sentence or drawing."""
    report = random_report(seed, result)
    colours = ("#6d3a86", "#8a5600", "f-on", "f-off", "s-off", "diamond", "cross", "mark-on", "mark-off")
    words = ("took it", "did not", "not taken", "taken", "set aside", "average", "dose", "higher on", "with it")
    for figure in all_figures(report):
        payload = figure_payload(figure)
        everything = " ".join(strings(json.loads(json.dumps(payload)))).lower()
        for banned in (*colours, *words):
            assert banned not in everything, (figure.key, banned)
        kinds = {t["uid"].rpartition("-")[0] for t in figure.plotly["data"] if "uid" in t}
        assert kinds <= {"ink", "gap", "noted", "unsaid", "touch"}


@pytest.mark.parametrize("result", INK)
@pytest.mark.parametrize("seed", range(12))
def test_one_row_a_day_has_no_dose_where_ratings_have_no_mark(result: Result, seed: int) -> None:
    table = day_table(random_report(seed, result))
    everything = " ".join([*table.columns, *(cell for row in table.rows for cell in row)]).lower()
    for banned in ("dose", "taken", "not due", "amount", "rather not say", "set aside"):
        assert banned not in everything


@given(report=ANY)
@settings(max_examples=40, deadline=None)
def test_one_row_a_day_holds_every_answer(report: Report) -> None:
    table = day_table(report)
    assert len(table.rows) == len(report.come)
    assert {len(row) for row in table.rows} <= {len(table.columns)}
    for day, row in zip(report.come, table.rows, strict=True):
        for key, point in day.points.items():
            measure = report.measure(key)
            column = table.columns.index(wording.heading(wording.name(measure, "en")))
            assert row[column] == wording.value(point.value, measure)


def test_one_row_a_day_as_it_stands_on_paper() -> None:
    table = day_table(fortnight("cannot_tell"))
    assert table.columns == ("Day", "Dose", "Mood", "Hours of sleep", "Felt like myself", "Fog", "Side effects")
    assert table.rows[1] == ("Tue 3 Mar", "taken", "8", "7½", "6", "4", "Dry mouth, a little bother")
    assert table.rows[10] == ("Thu 12 Mar", "not logged", "", "", "", "", "")


@pytest.mark.parametrize("result", ["notice_only", "too_few_days"])
def test_a_day_that_does_not_open_says_so_on_paper(result: Result) -> None:
    report = fortnight(result)
    log = tuple(replace(row, unreadable=row.number == 11) for row in report.log)
    cells = day_table(replace(report, log=log)).rows[10]
    assert cells[1] == "Cannot be opened any more" and set(cells[2:]) == {""}


def test_without_a_rating_no_empty_chart_is_drawn() -> None:
    keys = [figure.key for figure in all_figures(build("too_few_days", {"mood": [None] * 14}, ["ink"] * 14))]
    assert keys == []


def test_a_diary_that_counts_its_days_keeps_its_own_numbers() -> None:
    report = build("notice_only", {"mood": [5] * 14}, ["ink"] * 14, counted_from=0)
    figure = by_key(report)["in-order"]
    assert [row[0].split(",")[0] for row in figure.table.rows] == [f"Day {n}" for n in range(14)]
    assert list(figure.plotly["layout"]["xaxis2"]["ticktext"]) == [str(n) for n in range(14)]


def test_the_ban_list_bites() -> None:
    """The words that the test above looks for are those that a comparison does say."""
    everything = " ".join(s for f in all_figures(fortnight("cannot_tell")) for s in strings(figure_payload(f)))
    for word in ("took it", "did not", "not taken", "taken", "set aside", "average", "dose", "s-off", "diamond"):
        assert word in everything.lower(), word


@pytest.mark.parametrize("result", ["carry_over", "too_few_days", "one_block"])
def test_results_that_keep_only_the_daily_line(result: Result) -> None:
    figures = by_key(fortnight(result))
    assert {t["uid"] for t in figures["in-order"].plotly["data"] if "uid" in t} >= {"on-2", "off-2"}
    rest = " ".join(strings([figure_payload(f) for f in figures.values() if f.key != "in-order"]))
    assert "took it" not in rest and "verage" not in " ".join(strings([figure_payload(figures["in-order"])]))


def test_shapes_differ_so_that_grey_is_enough() -> None:
    shapes = [MARKS[kind][0] for kind in ("on", "off", "aside", "gap", "own")]
    assert len(set(shapes)) == len(shapes)
    drawn = parse(svg.draw(by_key(fortnight("cannot_tell"))["in-order"]))
    on, off = (
        {el.tag for el in drawn.iter() if name in el.get("class", "").split()} for name in ("f-on", "s-off")
    )
    assert on == {SVG + "circle"} and off == {SVG + "path"}
    means = by_key(fortnight("cannot_tell"))["side-by-side"].plotly["layout"]["shapes"]
    assert [("dash" in s["line"]) for s in means if s["layer"] == "above"] == [False, True]


def test_the_fortnight_of_the_design() -> None:
    figures = by_key(fortnight("cannot_tell"))
    assert figures["side-by-side"].sentence == (
        "Each mark is one day you rated: 7 you took it, on the left, and 5 you did not, on the right. "
        "The short lines at the edges are the averages, 6.1 and 5.2."
    )
    assert figures["prediction-range"].table.rows == (
        ("The middle of your days", "1 point higher"),
        ("The range that fits", "0.5 points lower to 2 points higher"),
        ("You expected", "2 points lower"),
    )
    assert figures["prediction-range"].sentence.endswith(
        "the line in it is the middle of your days, 1 point higher."
    )
    others = by_width(360)["other-measures"]
    assert ">took it: 6½ to 8 on 7 days · did not: 5½ to 8 on 5 days<" in svg.draw(others)
    assert not list(traces(others, "on")) and not list(traces(others, "off"))
    narrow = svg.draw(by_width(288)["other-measures"])
    assert ">took it: 6½ to 8 on 7 days<" in narrow and ">did not: 5½ to 8 on 5 days<" in narrow
    assert figures["other-measures"].table.columns == ("Day", "Hours of sleep", "Felt like myself", "fog")
    assert figures["in-order"].table.columns == ("Day", "Dose", "Mood")
    assert [row[2] for row in figures["in-order"].table.rows if row[2].isdigit()] == [
        str(int(value)) for value in MOOD if value is not None
    ]
    assert figures["in-order"].table.rows[10] == ("Thu 12 Mar", "", "not logged")
    assert figures["side-effects"].table.rows[1] == ("Tue 3 Mar", "a little bother", "")


@pytest.mark.parametrize("width", [288.0, 608.0])
@pytest.mark.parametrize("length", [7, 14, 20, 21, 28])
def test_marks_of_neighbours_do_not_cover_each_other(width: float, length: int) -> None:
    report = build("notice_only", {"mood": [5] * length}, ["ink"] * length)
    figure = all_figures(report, width=width)[0]
    trace = next(traces(figure, "ink"))
    domain = figure.plotly["layout"]["xaxis"]["domain"]
    place = (domain[1] - domain[0]) * width / length
    assert trace["marker"]["size"] < place
    ticks = figure.plotly["layout"]["xaxis2"]
    assert len(ticks["ticktext"]) == length or all(len(t) > 2 for t in ticks["ticktext"])
