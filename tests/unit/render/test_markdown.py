"""The decision record: honest in its title, true to the result, and harmless wherever it is rendered."""

import copy
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from steelyard import Answer, Ruleset
from steelyard.recommendation import Outcome
from tests.property.conditions import Data
from tests.property.strategies import cases
from tests.unit.render.examples import REQUESTS, STORES, answer
from tests.unit.render.markdown_reading import ORDINARY_TAGS, RENDERERS, links, tags, words

READER = RENDERERS["the default"]
EVIL = (
    "<script>alert(1)</script>",
    "x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png) | cell | `code` | **bold**",
    "# heading",
    "- item",
    "1. item",
    "[manual]: javascript:alert(1)",
    "<!-- hidden",
    "```json",
    "---",
    "&lt;b&gt; <b onclick=alert(1)>",
)


def answered(case: tuple[Data, Data]) -> Answer:
    """The answer to a drawn request."""
    document, request = case
    return Ruleset.from_dict(document).answer(request)


def poisoned(data: Any, evil: str) -> Any:
    """A ruleset in which this text stands wherever a text of its own may stand."""
    texts = ("title", "version", "question", "help", "unit", "name", "summary", "source", "because")
    if isinstance(data, dict):
        return {
            key: evil if key in texts and isinstance(value, str) else poisoned(value, evil)
            for key, value in data.items()
        }
    return data


def evil_answer(name: str, evil: str) -> Answer:
    """The answer to an example, from a ruleset whose every text is evil."""
    document = poisoned(copy.deepcopy(STORES), evil)
    document["criteria"] = dict.fromkeys(STORES["criteria"], evil)
    for need in document["needs"].values():
        if "options" in need:
            need["options"] = dict.fromkeys(need["options"], evil)
    document["evidence"]["manual"]["url"] = 'https://example.org/a)b](javascript:alert(1))"><script>'
    return Ruleset.from_dict(document).answer(REQUESTS[name])


@pytest.mark.parametrize("renderer", RENDERERS.values(), ids=RENDERERS.keys())
@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("name", REQUESTS)
def test_texts_of_a_ruleset_harm_nobody(name: str, evil: str, renderer: MarkdownIt) -> None:
    """Whatever stands in a ruleset, the record has the blocks of the harmless one, and links to sources alone."""
    tokens = renderer.parse(evil_answer(name, evil).to_markdown())
    harmless = renderer.parse(evil_answer(name, "harmless").to_markdown())

    assert [(token.type, token.level) for token in harmless] == [(token.type, token.level) for token in tokens]
    assert tags(tokens) <= ORDINARY_TAGS
    assert links(harmless) == links(tokens)
    assert all(link.startswith("https://example.org/") for link in links(tokens))
    assert evil in words(tokens)


@pytest.mark.parametrize("evil", EVIL)
def test_ids_that_only_a_program_can_make_harm_nobody(evil: str) -> None:
    """A model that no reader has checked may have any id; the record still has no markup of its making."""
    model = Ruleset.from_dict(STORES).model
    rule = model.rules["speaks-sql"]
    ratings = {
        candidate: replace(
            history, entries=tuple((day, replace(rating, evidence=(evil,))) for day, rating in history.entries)
        )
        for candidate, history in rule.ratings.items()
    }
    source = replace(model.evidence["manual"], id=evil)
    model = replace(
        model, id=evil, evidence={**model.evidence, evil: source}, rules={rule.id: replace(rule, ratings=ratings)}
    )

    tokens = RENDERERS["with HTML let through"].parse(Ruleset(model).answer(REQUESTS["stale"]).to_markdown())

    assert tags(tokens) <= ORDINARY_TAGS
    assert not links(tokens)
    assert words(tokens).count(evil) >= 2


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("recommended", "Use Heron"),
        ("only-candidate", "Use Heron"),
        ("tied", "Heron and Magpie Distributed Store fit equally well"),
        ("undecided", "No decision yet"),
        ("nothing-said", "No decision yet"),
        ("infeasible", "No option is left"),
    ],
)
def test_the_title_says_what_was_decided(name: str, title: str) -> None:
    """Only what is recommended is to be used; otherwise the title says that nothing is decided."""
    assert (
        answer(name).to_markdown().startswith(f"# {title}\n\n- Status: proposed\n- Date: {REQUESTS[name]['as_of']}\n")
    )


def test_a_tie_of_many_has_a_short_title() -> None:
    """A title names three of many, and counts the others."""
    document = copy.deepcopy(STORES)
    document["candidates"] = {f"c{place}": {"name": f"C{place}"} for place in range(6)}
    document["rules"] = {
        "all-good": {
            "criterion": "language",
            "title": "All are good",
            "ratings": dict.fromkeys(document["candidates"], "good"),
            "because": "They are.",
        }
    }

    record = Ruleset.from_dict(document).recommend({}, as_of="2024-01-01").to_markdown()

    assert record.startswith("# C0, C1, C2 and 3 more fit equally well\n")


@given(cases())
def test_records_are_sound(case: tuple[Data, Data]) -> None:
    """Whatever the answer: one title, honest; every link leads to a source; no markup from anywhere else."""
    given_answer = answered(case)
    record = given_answer.to_markdown()
    tokens = RENDERERS["with HTML let through"].parse(record)

    assert record.startswith("# Use ") == (given_answer.outcome is Outcome.RECOMMENDED)
    assert ["h1"] == [token.tag for token in tokens if token.type == "heading_open" and token.tag == "h1"]
    assert tags(tokens) <= ORDINARY_TAGS
    assert links(tokens) <= {cited.url for cited in given_answer.evidence.values()}
    assert record.endswith("\n")
    assert "\n\n\n" not in record
    assert given_answer.id in record
    assert given_answer.ruleset.digest in record


@given(cases())
def test_every_point_is_told(case: tuple[Data, Data]) -> None:
    """Under "Consequences" stands each reason of the winner, with the sign and value of the result."""
    given_answer = answered(case)
    if given_answer.outcome is not Outcome.RECOMMENDED:
        return

    told = re.findall(r"^- (?:Good|Bad|Neutral) \((.+?)\): ", given_answer.to_markdown(), re.MULTILINE)

    expected = []
    for reason in given_answer.ranking[0].reasons:
        size = f"{abs(reason.points):.1f}" if abs(reason.points) >= 0.05 else "<0.1"
        sign = "+" if reason.points > 0 else "\N{MINUS SIGN}"
        expected.append(f"{sign}{size}" if reason.points else "±0")
    assert sorted(expected) == sorted(told)


@given(cases())
def test_the_request_in_the_record_reproduces_it(case: tuple[Data, Data]) -> None:
    """The request that a record holds, asked again, gives the recommendation that the record tells."""
    given_answer = answered(case)
    (block,) = [token.content for token in READER.parse(given_answer.to_markdown()) if token.type == "fence"]
    request = json.loads(block)

    again = Ruleset(given_answer.asked).answer(request)

    assert given_answer.to_dict() | {"id": ""} == again.to_dict() | {"id": ""}
    every_candidate_was_named = len(case[1].get("candidates", ())) == len(given_answer.asked.candidates)
    assert given_answer.id == again.id or every_candidate_was_named


@pytest.mark.parametrize(
    ("published", "sentence"),
    [
        (("2020-01-01",) * 3, "All 3 sources behind the ratings were stale on 2024-06-01: more than 365 days old."),
        (("2020-01-01", "2024-01-01", "2020-01-01"), "2 of the 3 sources behind the ratings were stale on 2024-06-01"),
        (("2020-01-01", "2024-01-01", "2024-01-01"), "1 of the 3 sources behind the ratings was stale on 2024-06-01"),
        (("2024-01-01",) * 3, None),
    ],
)
def test_stale_sources_are_counted_in_words(published: tuple[str, ...], sentence: str | None) -> None:
    """How many of the sources are stale is said once, in the outcome; nothing is said when none is."""
    document = copy.deepcopy(STORES)
    for source, day in zip(document["evidence"].values(), published, strict=True):
        source["published"] = day

    record = Ruleset.from_dict(document).answer(REQUESTS["recommended"]).to_markdown()

    assert sentence in record if sentence else "stale" not in record


def test_an_only_source_that_is_stale_is_told() -> None:
    """Where all rests on one source and that is stale, the record says so."""
    record = Ruleset.from_dict(STORES).recommend({"skill": "beginner"}, as_of="2026-06-01").to_markdown()

    assert "The only source behind the ratings was stale on 2026-06-01" in record


def test_what_is_not_known_is_told() -> None:
    """A rule that says nothing of the winner stands among the consequences, and lowers what is known."""
    record = (
        Ruleset.from_dict(STORES)
        .recommend({"traffic": 5000, "skill": "beginner"}, as_of="2024-06-01", candidates=["magpie", "owl"])
        .to_markdown()
    )

    assert "- Unknown: the ruleset does not rate it on “Kind to beginners”." in record
    assert "Of what was asked, 66 % is known of Magpie Distributed Store." in record
