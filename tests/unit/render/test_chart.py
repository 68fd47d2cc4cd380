"""The chart in SVG: true to the result, well-formed whatever it is told, and to be read without seeing colours."""

import copy
import math
import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

import steelyard
from steelyard import Answer, Ruleset
from steelyard.recommendation import Outcome
from steelyard.render.chart import to_svg
from steelyard.render.chart.chart import CENTRE, RIGHT, SCALE
from steelyard.render.chart.contributions import letters
from steelyard.render.chart.fitting import balanced, folded, length, plain, shortened
from steelyard.render.chart.palette import DARK, LIGHT, STYLE, TINTS, class_of
from steelyard.render.wording import signed
from tests.property.conditions import Data
from tests.property.strategies import cases
from tests.unit.render.examples import DAY, REQUESTS, STORES, answer

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "desc", "style", "g", "rect", "circle", "text"}
SHAPES = {"x", "y", "cx", "cy", "r", "width", "height"}
ROUNDING = 0.02

HOSTILE = (
    "<script>alert(1)</script>",
    "]]>",
    '"onload="alert(1)',
    "' onclick='x",
    "<!-- --><![CDATA[",
    "&lt;&amp;&#0;&nbsp;",
    "url(javascript:alert(1))",
    "\x00\x07\x1b[31m\x7f\x85",
    "\ud800 and \udfff",
    "\ufffe\uffff\ufeff",
    "\u202egnp.exe\u2066",
    "two\nlines\r\nand\ta tab\u2028",
    "👩‍👩‍👧 emoji",
    "日本語の長い名前" * 9,
    "W" * 400,
    "",
)


def drawn(given_answer: Answer) -> ET.Element:
    """The chart of an answer, read as XML."""
    return ET.fromstring(to_svg(given_answer, given_answer.asked))  # noqa: S314


def renamed(text: str) -> Answer:
    """An answer in which every text that a chart shows is this one."""
    given_answer = answer("infeasible") if len(text) % 2 else answer("recommended")
    ranking = tuple(
        replace(each, name=text, reasons=tuple(replace(one, title=text, because=text) for one in each.reasons))
        for each in given_answer.ranking
    )
    excluded = tuple(
        replace(each, name=text, reasons=tuple(replace(one, title=text, because=text) for one in each.reasons))
        for each in given_answer.excluded
    )
    asked = replace(given_answer.asked, title=text, criteria=dict.fromkeys(given_answer.asked.criteria, text))
    identity = replace(given_answer.ruleset, id=text, version=text)
    return replace(
        given_answer, id=text, ruleset=identity, summary=text, ranking=ranking, excluded=excluded, asked=asked
    )


def only_fair() -> Answer:
    """An answer in which a rule fires that rates everyone fair."""
    document = copy.deepcopy(STORES)
    document["rules"] = {
        "even": {
            "criterion": "operation",
            "title": "Even",
            "because": "So.",
            "ratings": dict.fromkeys(("heron", "owl"), "fair"),
        }
    }
    document["rules"]["even"]["when"] = {"sql": True}
    return Ruleset.from_dict(document).answer({"requirements": {"sql": True}, "as_of": DAY})


def crowded() -> Answer:
    """An answer with forty candidates and thirty criteria."""
    document = copy.deepcopy(STORES)
    words = ("excellent", "good", "fair", "poor")
    document["criteria"] = {f"c{each}": f"Criterion {each}" for each in range(30)}
    document["candidates"] = {f"k{each}": {"name": f"Candidate {each}"} for each in range(40)}
    document["rules"] = {
        f"r{i}": {
            "criterion": f"c{i}",
            "title": f"Rule {i}",
            "because": "So.",
            "ratings": {f"k{j}": words[(i * j + i // 3 + j) % 4] for j in range(40)},
        }
        for i in range(30)
    }
    return Ruleset.from_dict(document).answer({"requirements": {}, "as_of": DAY})


def wide(chart: ET.Element, side: str) -> float:
    """The width of all parts on a side, in points."""
    names = {class_of(f"{side}-{place}") for place in range(TINTS)}
    return (
        math.fsum(float(each.attrib["width"]) for each in chart.iter(f"{SVG}rect") if each.get("class") in names)
        / SCALE
    )


def parts(chart: ET.Element, side: str) -> list[tuple[float, float]]:
    """Where the parts on a side begin and end, in points from the middle outwards."""
    sign = 1 if side == "for" else -1
    names = {class_of(f"{side}-{place}") for place in range(TINTS)}
    ends = []
    for each in chart.iter(f"{SVG}rect"):
        if each.get("class") in names:
            left = (float(each.attrib["x"]) - CENTRE) / SCALE
            right = left + float(each.attrib["width"]) / SCALE
            ends.append((sign * left, sign * right) if sign > 0 else (sign * right, sign * left))
    return ends


def texts(chart: ET.Element) -> list[str]:
    """All texts that are seen."""
    return [each.text or "" for each in chart.iter(f"{SVG}text")]


def luminance(color: str) -> float:
    """The relative luminance of a colour, as WCAG 2 defines it."""
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, as WCAG 2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", REQUESTS)
def test_every_outcome_has_a_chart_that_is_safe_to_host(name: str) -> None:
    """Whatever comes of a request, its chart holds shapes and text only: no script, no event, no address."""
    chart = drawn(answer(name))

    assert chart.tag == f"{SVG}svg"
    for element in chart.iter():
        assert element.tag.removeprefix(SVG) in ALLOWED
        assert not any(key.startswith("on") or "href" in key or key == "style" for key in element.attrib)
    assert "url(" not in STYLE
    assert "@import" not in STYLE


@given(cases())
def test_contributions_sum_to_the_scores(case: tuple[Data, Data]) -> None:
    """For each candidate, the widths of what speaks for it less those against it are its score less 50."""
    document, request = case
    given_answer = Ruleset.from_dict(document).answer(request)

    for ranked in given_answer.ranking:
        chart = drawn(replace(given_answer, ranking=(ranked,)))
        count = len(parts(chart, "for")) + len(parts(chart, "against"))
        off = ROUNDING * (count + 1)
        assert math.isclose(wide(chart, "for") - wide(chart, "against"), ranked.score - 50, abs_tol=off)
        scores = [float(each.attrib["cx"]) for each in chart.iter(f"{SVG}circle")]
        if given_answer.outcome is not Outcome.UNDECIDED:
            assert math.isclose(scores[0], CENTRE + (ranked.score - 50) * SCALE, abs_tol=ROUNDING)


@pytest.mark.parametrize("side", ["for", "against"])
def test_parts_stand_side_by_side_from_the_middle(side: str) -> None:
    """The parts on a side begin at 50 and meet each other, without a gap and without covering one another."""
    given_answer = crowded()
    for ranked in given_answer.ranking:
        chart = drawn(replace(given_answer, ranking=(ranked,)))
        ends = [(0.0, 0.0), *parts(chart, side)]
        assert all(math.isclose(one[1], next_one[0], abs_tol=ROUNDING) for one, next_one in pairwise(ends))


def test_a_part_tells_its_criterion_points_and_rules() -> None:
    """A part says in words, when pointed at, which criterion it is of, what it comes to, and by which rules."""
    given_answer = steelyard.load().answer({"requirements": {"targets": ["android", "ios"]}, "as_of": "2026-11-22"})
    tooltips = {each.text or "" for each in drawn(given_answer).iter(f"{SVG}title")}
    for ranked in given_answer.ranking:
        for reason in ranked.reasons:
            if reason.points:
                line = f"{signed(reason.points)} {reason.title}"
                criterion = given_answer.asked.criteria[str(reason.criterion)]
                assert any(each.startswith(f"{criterion}: ") and line in each.split("\n") for each in tooltips)


def test_points_of_one_criterion_are_not_netted() -> None:
    """A criterion that gives and takes stands on both sides of the middle."""
    given_answer = answer("tied")
    heron = next(each for each in given_answer.ranking if each.candidate == "heron")
    chart = drawn(replace(given_answer, ranking=(heron,)))

    assert {reason.criterion for reason in heron.reasons} == {"operation"}
    assert len(parts(chart, "for")) == 1
    assert len(parts(chart, "against")) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(text: str) -> None:
    """A text that is markup, is not text at all, or turns the reading around is shown as what it is."""
    given_answer = renamed(text)
    svg = to_svg(given_answer, given_answer.asked)
    chart = ET.fromstring(svg.encode())  # noqa: S314

    assert {each.tag.removeprefix(SVG) for each in chart.iter()} <= ALLOWED
    assert not any(key.startswith("on") for each in chart.iter() for key in each.attrib)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", svg)
    assert plain(text) in [each.text or "" for each in chart.iter(f"{SVG}title")]


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_any_text_gives_well_formed_xml(text: str) -> None:
    """No text at all, not even one that Unicode has no place for, makes a chart that cannot be read."""
    given_answer = renamed(text)
    chart = ET.fromstring(to_svg(given_answer, given_answer.asked).encode())  # noqa: S314

    assert {each.tag.removeprefix(SVG) for each in chart.iter()} <= ALLOWED


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_texts_and_shapes_stand_out(scheme: dict[str, str]) -> None:
    """In both schemes, contrast is at least 4.5 for text and at least 3 for shapes (WCAG 2, level AA)."""
    paper = scheme["paper"]
    for name in ("ink", "muted", "for", "against"):
        assert contrast(scheme[name], paper) >= 4.5, name
    assert contrast(scheme["score"], paper) >= 3
    for side in ("for", "against"):
        for place in range(TINTS):
            fill = scheme[f"{side}-{place}"]
            # The letters on a part have the colour of the paper.
            assert contrast(fill, paper) >= 4.5, (side, place)


def test_the_contrast_of_black_on_white_is_known() -> None:
    """The formula gives the largest ratio that there is, and 1 for a colour on itself."""
    assert math.isclose(contrast("#000000", "#ffffff"), 21)
    assert math.isclose(contrast("#0f766e", "#0f766e"), 1)


def test_every_color_has_its_match_for_the_dark() -> None:
    """What is filled in a chart takes its colour from the palette and changes with the reader's scheme."""
    chart = drawn(crowded())
    by_class = {class_of(name): color for name, color in LIGHT.items()}

    assert LIGHT.keys() == DARK.keys()
    for each in chart.iter():
        if "fill" in each.attrib:
            assert by_class[each.attrib["class"]] == each.attrib["fill"]
    assert all(f".{class_of(name)}{{fill:{color}}}" in STYLE for name, color in DARK.items())


def test_the_same_answer_gives_the_same_bytes() -> None:
    """A chart is a function of the answer alone."""
    one, other = answer("recommended"), answer("recommended")

    assert to_svg(one, one.asked) == to_svg(other, other.asked)


def test_ids_are_of_one_chart_alone() -> None:
    """The ids of a chart are named by it, occur once, and are not those of another chart on the same page."""
    one, other = drawn(answer("recommended")), drawn(answer("tied"))
    ids = [each.attrib["id"] for chart in (one, other) for each in chart.iter() if "id" in each.attrib]

    assert len(ids) == len(set(ids)) == 4
    for chart in (one, other):
        assert set(chart.attrib["aria-labelledby"].split()) <= set(ids)


def test_the_description_tells_what_is_seen() -> None:
    """The text twin has the summary, each candidate's rank, score and contributions, and who is excluded and why."""
    given_answer = answer("recommended")
    told = drawn(given_answer).findtext(f"{SVG}desc") or ""

    assert told.startswith(given_answer.summary)
    for each in given_answer.ranking:
        assert f"{each.rank}. {each.name}, {each.score:.1f} of 100" in told
    assert "for it Operation +16.7 and Language +5.6; against it Operation −11.1." in told  # noqa: RUF001
    assert "Excluded: Dodo. Dodo stands only until 2020-01-01." in told


def test_the_ranking_is_in_order() -> None:
    """Names and scores stand below each other, the best first, and the excluded after them."""
    seen = texts(drawn(answer("recommended")))
    order = [seen.index(text) for text in ("Heron", "Magpie Distributed Store", "Owl", "Excluded", "Dodo")]

    assert order == sorted(order)
    assert "55 % of it known" in seen


def test_criteria_are_told_apart_without_color() -> None:
    """Each criterion that moves a score has a letter, which its parts carry and the legend explains."""
    seen = texts(drawn(answer("recommended")))

    assert seen.count("A") > 1
    assert seen.count("B") > 1
    assert seen[seen.index("Operation") - 1] == "A"
    assert seen[seen.index("Language") - 1] == "B"


def test_letters_do_not_run_out() -> None:
    """However many criteria there are, each has letters of its own."""
    keys = [letters(place) for place in range(1000)]

    assert keys[:2] == ["A", "B"]
    assert keys[26:28] == ["AA", "AB"]
    assert len(set(keys)) == len(keys)


def test_nothing_weighed_has_no_scale() -> None:
    """Where nothing decides, the candidates are listed without rank, score or bar."""
    chart = drawn(answer("undecided"))
    seen = texts(chart)

    assert "Left to choose from" in seen
    assert {"Heron", "Owl"} <= set(seen)
    assert not {"score", "50.0", "1"} & set(seen)
    assert not list(chart.iter(f"{SVG}circle"))


def test_nobody_left_tells_why() -> None:
    """Where every candidate is excluded, each stands there with what excludes it."""
    seen = texts(drawn(answer("infeasible")))

    assert "Its makers stopped in 2023." in " ".join(seen)
    assert "score" not in seen


def test_the_tied_share_a_rank() -> None:
    """Those that share the first rank are both set in bold."""
    chart = drawn(answer("tied-alike"))
    bold = [each.text for each in chart.iter(f"{SVG}text") if each.get("font-weight")]

    assert {"Heron", "Owl"} <= set(bold)
    assert "Magpie Distributed Store" not in bold


def test_fair_ratings_leave_the_bar_empty() -> None:
    """Where nothing moves a score, it stands in the middle and words say why there is no bar."""
    chart = drawn(only_fair())
    seen = texts(chart)

    assert seen.count("no points") == len(only_fair().ranking)
    assert "50.0" in seen
    assert not parts(chart, "for")
    assert not parts(chart, "against")


def test_the_footer_says_where_it_comes_from() -> None:
    """Ruleset, version, day, digest and id of the recommendation stand at the end, and what was left out."""
    given_answer = answer("tied-alike")
    seen = " ".join(texts(drawn(given_answer)))

    assert "Only 3 of 4 candidates were considered." in seen
    assert f"Ruleset order-stores, version 2024.1, as of {DAY}" in seen
    assert given_answer.ruleset.digest[:12] in seen
    assert seen.endswith(f"Recommendation {given_answer.id}")


@pytest.mark.parametrize("name", ["crowded", "recommended", "wide"])
def test_everything_is_within_the_chart(name: str) -> None:
    """No shape or text begins outside the drawing, and nothing is set closer than the margin to its right edge."""
    shown = {"crowded": crowded(), "recommended": answer("recommended"), "wide": renamed("W" * 401)}
    chart = drawn(shown[name])
    width, height = float(chart.attrib["width"]), float(chart.attrib["height"])

    assert chart.attrib["viewBox"] == f"0 0 {width:.0f} {height:.0f}"
    for each in chart.iter():
        x, y = float(each.get("x", each.get("cx", 0))), float(each.get("y", each.get("cy", 0)))
        assert 0 <= x <= width
        assert 0 <= y < height
        if each.tag == f"{SVG}text" and "text-anchor" not in each.attrib:
            assert x + length(each.text or "", float(each.attrib["font-size"])) <= RIGHT + 1


def test_numbers_have_two_decimals() -> None:
    """Places and sizes of shapes are written in one way only, so that a chart changes only where it has to."""
    for each in drawn(crowded()).find(f"{SVG}g") or ():
        for shape in each.iter():
            assert all(re.fullmatch(r"\d+\.\d\d", shape.attrib[key]) for key in SHAPES & shape.attrib.keys())


def test_a_long_name_is_cut_and_told_in_full() -> None:
    """A name with too little room ends in an ellipsis; pointed at, it is told whole."""
    name = "a name that is a good deal longer than the room there is for it"
    given_answer = renamed(name)
    chart = drawn(given_answer)

    assert any(each.endswith("…") and name.startswith(each[:-1]) for each in texts(chart))
    assert name in [each.text for each in chart.iter(f"{SVG}title")]


@given(st.text(), st.integers(40, 400))
def test_a_shortened_text_fits(text: str, room: int) -> None:
    """What is shortened has room, and is the text itself where that has."""
    cut = shortened(text, room, 12)

    assert length(cut, 12) <= room
    assert cut == text or cut.endswith("…")


@given(st.text(st.sampled_from("ab W日"), max_size=200), st.integers(60, 400))
def test_folding_loses_nothing(text: str, room: int) -> None:
    """Lines fit, and together they are the text."""
    text = " ".join(text.split())
    for lines in (folded(text, room, 12, most=99), balanced(text, room, 12, most=99)):
        assert all(length(line, 12) <= room for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_balanced_lines_are_alike() -> None:
    """No word is left alone on the last line where the others can be shorter."""
    text = "one two three four five six seven eight nine ten eleven twelve"
    room = length(text, 12) * 0.95

    assert folded(text, room, 12, most=9)[-1] == "twelve"
    assert len(balanced(text, room, 12, most=9)[-1]) > len(text) / 3


def test_too_many_lines_end_in_an_ellipsis() -> None:
    """What does not go on the lines there are is cut."""
    lines = folded("word " * 100, 200, 12, most=3)

    assert len(lines) == 3
    assert lines[-1].endswith("…")
