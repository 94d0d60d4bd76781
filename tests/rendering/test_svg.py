"""The drawing itself: well-formed, harmless whatever a client writes, fit for a strict page and for paper."""

import json
import re
from typing import Any

import pytest
from app.domain import measures
from app.domain.report import Report, Result
from app.rendering import svg, wording
from app.rendering.figures import all_figures
from app.rendering.plotly_check import checked
from app.rendering.wire import figure_payload
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rendering.factories import MARKS, MOOD, RESULTS, SVG, build, fortnight, parse, random_report

ELEMENTS = {SVG + name for name in ("svg", "line", "path", "circle", "text")}
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<a href='javascript:alert(1)'>fog</a>",
    "]]><!--<![CDATA[",
    "&lt;b&gt; &amp; &#60; &nbsp;",
    "a\x00b\x0b\u2028c\u202ed\ud800e\ufffff",
    "%{x} ${y} {z} $\\frac{1}{2}$",
    "<br><br><sub>x</sub>",
    "x" * 200,
    "雾" * 60,
    "👩‍👩‍👧 fog",
    "-",
    "0",
]


def hostile(words: str) -> Report:
    """A report with these words in every place that takes a client's own."""
    chosen = [measures.own("own1", words, words, words, words), measures.own("own2", words)]
    return build(
        "cannot_tell", {"own1": MOOD, "own2": MOOD}, MARKS, chosen=chosen, side_effects={words: {0: 1, 2: None}}
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_what_a_client_writes_stays_words(words: str) -> None:
    for figure in all_figures(hostile(words)):
        drawn = svg.draw(figure)
        root = parse(drawn)
        assert {el.tag for el in root.iter()} <= ELEMENTS
        for el in root.iter():
            assert not [name for name in el.attrib if name.startswith("on") or name in ("style", "href", "id")]
        said = wording.plain(words)
        shown = "".join(t.text or "" for t in root.iter(SVG + "text"))
        if figure.key in ("other-measures", "side-effects"):
            heading = said if figure.key == "other-measures" else wording.heading(said)
            assert heading.replace(" ", "")[:30] in shown.replace(" ", "")
        payload = json.dumps(figure_payload(figure), ensure_ascii=True)
        assert json.loads(payload)["key"] == figure.key
        for text in _texts(figure.plotly):
            assert "<" not in text.replace("<br>", ""), "Plotly would read it as markup"


def _texts(figure: Any) -> list[str]:
    layout = figure["layout"]
    texts = [a["text"] for a in layout["annotations"]]
    texts += [t for trace in figure["data"] for t in trace.get("hovertext", [])]
    return texts + [t for name, axis in layout.items() if "axis" in name for t in axis["ticktext"]]


@given(words=st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_words_make_a_well_formed_picture(words: str) -> None:
    for figure in all_figures(hostile(words)):
        parse(svg.draw(figure))
        parse(svg.draw(figure, "paper"))


@pytest.mark.parametrize("width", [144, 164, 200, 229, 288, 608])
@pytest.mark.parametrize("words", ["x" * 200, "雾" * 60, "not really here today because of the rain again"])
def test_no_words_run_over_the_edge_and_none_are_cut(words: str, width: int) -> None:
    for figure in all_figures(hostile(words), width=width):
        root = parse(svg.draw(figure))
        for el in root.iter(SVG + "text"):
            size, line, x = float(el.attrib["font-size"]), el.text or "", float(el.attrib["x"])
            wide = wording.width(line, size, bold="font-weight" in el.attrib)
            left = {"middle": x - wide / 2, "end": x - wide}.get(el.get("text-anchor", ""), x)
            assert left >= -6 and left + wide <= width + 6, (figure.key, line)
        if figure.key == "other-measures":
            shown = "".join(t.text or "" for t in root.iter(SVG + "text")).replace(" ", "").lower()
            assert words.replace(" ", "").lower() in shown


@pytest.mark.parametrize("seed", range(14))
def test_the_last_date_under_narrow_days_stays_on_the_sheet(seed: int) -> None:
    for figure in all_figures(random_report(seed, "notice_only"), width=144):
        for el in parse(svg.draw(figure)).iter(SVG + "text"):
            if el.get("text-anchor") == "middle":
                half = wording.width(el.text or "", float(el.attrib["font-size"])) / 2
                assert float(el.attrib["x"]) + half <= 144 + 2, (figure.key, el.text)


@pytest.mark.parametrize("result", RESULTS)
def test_every_figure_is_plotlys_too(result: Result) -> None:
    for seed in range(3):
        for figure in all_figures(random_report(seed, result)):
            same = checked(figure)
            assert same["config"]["displayModeBar"] is False
            assert [t.get("uid") for t in same["data"]] == [t.get("uid") for t in figure.plotly["data"]]
            layout = {key: value for key, value in figure.plotly["layout"].items() if value != []}
            assert same["layout"] == json.loads(json.dumps(layout))
            assert json.loads(json.dumps(figure.plotly["data"])) == same["data"]


def test_a_figure_that_is_not_plotlys_is_refused() -> None:
    figure = all_figures(fortnight("cannot_tell"))[0]
    figure.plotly["layout"]["wobble"] = 1
    with pytest.raises(ValueError, match="wobble"):
        checked(figure)


def test_nothing_that_a_content_policy_forbids() -> None:
    for figure in all_figures(fortnight("stands_out")):
        for drawn in (svg.draw(figure), svg.draw(figure, "paper")):
            assert not re.search(r"style=|<style|url\(|href|data:|\bid=|xlink", drawn)


@pytest.mark.parametrize("seed", range(20))
def test_on_paper_marks_and_lines_are_large_enough_and_the_ground_is_white(seed: int) -> None:
    for figure in all_figures(random_report(seed, "cannot_tell")):
        root = parse(svg.draw(figure, "paper"))
        mm = float(root.attrib["width"].removesuffix("mm")) / float(root.attrib["viewBox"].split()[2])
        assert mm > 0.2 and float(root.attrib["width"].removesuffix("mm")) <= 174, "fits A4 between its margins"
        for circle in root.iter(SVG + "circle"):
            assert 2 * float(circle.attrib["r"]) * mm >= 2.25
        for el in root.iter():
            if "stroke-width" in el.attrib:
                assert float(el.attrib["stroke-width"]) * mm >= 0.2
            assert el.get("fill") != "#f9f4ea" and el.get("stroke") != "#f9f4ea"


def test_plotly_is_not_imported_before_it_is_needed() -> None:
    import subprocess
    import sys

    lines = [
        "import sys",
        "from app.rendering import plotly_check, wire",
        "from app.rendering.figures import all_figures",
        "from tests.rendering.factories import fortnight",
        "drawn = [wire.figure_payload(figure) for figure in all_figures(fortnight('cannot_tell'))]",
        "assert drawn and not {'plotly', 'numpy'} & {name.partition('.')[0] for name in sys.modules}",
    ]
    subprocess.run([sys.executable, "-c", "\n".join(lines)], check=True)
