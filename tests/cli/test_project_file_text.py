"""Recording a decision in a text: all that is no part of it stays as it stood, to the byte."""

import codecs
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.cli.project.recorded import Chosen, RecordedDecision, read_decision
from steelyard.cli.project.writing import with_decision, write_decision
from steelyard.diagnostics import FaultsError, Source
from steelyard.reader import read_document
from steelyard.recommendation import Outcome
from steelyard.revision import WHOLE

BY = {"id": "pets", "version": "1", "digest": "12e4"}
FIRST = RecordedDecision(
    choices={WHOLE: Chosen(outcome=Outcome.RECOMMENDED, recommended="dog", score=83.5)},
    as_of=date(2021, 7, 1),
    kind="ruleset",
    by=BY,
    id="0123",
)
SECOND = RecordedDecision(
    choices={WHOLE: Chosen(outcome=Outcome.TIED, recommended="on", tied_with=("no", "cat"), score=50)},
    as_of=date(2025, 2, 1),
    kind="ruleset",
    by={**BY, "version": "2025-01-01"},
    id="0124",
)
OF_A_STACK = RecordedDecision(
    choices={
        "pet": Chosen(outcome=Outcome.INFEASIBLE),
        "null-bed": Chosen(outcome=Outcome.RECOMMENDED, recommended="8-bed", score=1),
    },
    as_of=date(2025, 2, 1),
    kind="stack",
    by=BY,
    id="0125",
)
BLOCK = "# Ours\nrequirements: {garden: true}  # big\n"
RECORDED = "decision:\n  recommended: dog\n  outcome: recommended\n  score: 83.5\n  as_of: 2021-07-01\n"


def put(text: str, decision: RecordedDecision) -> str:
    """The text with the decision."""
    return with_decision(Source("steelyard.yaml", text), decision)


def decision_in(text: str) -> RecordedDecision:
    """The decision in a text that has no fault."""
    document, faults = read_document(Source("steelyard.yaml", text))
    assert faults == []
    return read_decision(document.data["decision"])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (BLOCK, [BLOCK]),
        (BLOCK.removesuffix("\n"), [BLOCK]),
        (BLOCK.replace("\n", "\r\n"), [BLOCK.replace("\n", "\r\n")]),
        (f"--- # first\n{BLOCK}...\n# after\n", [f"--- # first\n{BLOCK}", "...\n# after\n"]),
        ("  # in\n  requirements:\n    garden: true\n", ["  # in\n  requirements:\n    garden: true\n"]),
        ('{"requirements": {"garden": true}}\n', ['{"requirements": {"garden": true}', "}\n"]),
        ("{requirements: {garden: yes},  # big\n}", ["{requirements: {garden: yes}", ",  # big\n}"]),
        ('{\n  "requirements": {}\n}\n', ['{\n  "requirements": {},\n  "decision": {', "\n}\n"]),
        ("requirements:\n  targets:\n  - ios\n  # last\n", ["requirements:\n  targets:\n  - ios\n  # last\n"]),
    ],
)
def test_a_first_decision(text: str, kept: list[str]) -> None:
    """It is put below all else, in the way in which the text is laid out, and replaced in its place later."""
    once = put(text, FIRST)
    for part in kept:
        assert part in once
    assert decision_in(once) == FIRST
    twice = put(once, OF_A_STACK)
    for part in kept:
        assert part in twice
    assert decision_in(twice) == OF_A_STACK
    assert put(twice, FIRST) == once
    assert ("\r\n" in text) == ("\r\n" in once)
    assert "\n" not in once.replace("\r\n", "") or "\r\n" not in text


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("", "\nrequirements: {}\n"),
        ("# one\n", "  # of the decision\n\n# two\nrequirements: {}\n"),
        ("requirements: {}\n# three\n", "\n# four\n"),
        ("requirements: {}\n", ""),
        ("---\nrequirements: {}\n", "\n..."),
    ],
)
def test_a_decision_anywhere(above: str, below: str) -> None:
    """One that is there is replaced where it stands; comments around it stay."""
    there = RECORDED + '  ruleset: {id: pets, version: "1", digest: "12e4"}\n  id: "0123"'
    text = put(above + there + below, SECOND)
    assert text.startswith(f"{above}decision:\n  recommended: ")
    assert text.endswith(f'  id: "0124"{below}')
    assert decision_in(text) == SECOND
    assert put(text, FIRST) == above + there + below


def test_what_is_recorded_already() -> None:
    """The same decision, however it is written, is left as it is written."""
    text = (
        "requirements: {}\ndecision: {outcome: recommended, id: '0123', score: 83.50, as_of: '2021-07-01',\n"
        "  ruleset: {version: '1', digest: 12e4, id: pets}, recommended: dog}  # by hand\n"
    )
    assert put(text, FIRST) == text


@pytest.mark.parametrize("end", ["id: |\n    0123\n", "id: >-\n    0123\n\n", "id: |+\n    0123\n \n"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_a_decision_that_ends_in_a_text(end: str, line_break: str) -> None:
    """What stands below stays on its own line, where the decision that is replaced ended in lines of text."""
    below = f"# ours{line_break}requirements: {{}}{line_break}"
    there = f"{RECORDED}  ruleset: {{id: pets, version: '1', digest: x}}\n  {end}".replace("\n", line_break)
    text = put(there + below, SECOND)
    assert decision_in(text) == SECOND
    assert text.endswith(line_break + below)


@pytest.mark.parametrize("value", ["\n  # within\n  id: x\n  outcome: tied", "", "\n  we took the dog"])
def test_the_comment_of_the_key(value: str) -> None:
    """What stands beside the key stays, since it is about every decision; what stands within one goes with it."""
    text = put(f"decision:  # by all of us{value}\nrequirements: {{}}\n", SECOND)
    assert decision_in(text) == SECOND
    assert "# by all of us\n" in text
    assert "# within" not in text
    assert put(put(text, FIRST), SECOND) == text


@pytest.mark.parametrize(
    "text",
    [
        "requirements: &r {}\n? decision\n: *r\n",
        "requirements: {}\ndecision: &d {outcome: tied}\nexplain: *d\n",
        "&a {requirements: {}}\n",
    ],
)
def test_what_is_laid_out_otherwise(text: str) -> None:
    """Where the decision cannot be put without touching more, nothing is, and it is said how it could be."""
    with pytest.raises(FaultsError) as caught:
        put(text, FIRST)
    (found,) = caught.value.diagnostics
    assert found.message == "a decision cannot be put into `steelyard.yaml` as it is laid out"


_comments = st.sampled_from(["", "# a comment\n", "\n", "\n\n# decision: {}\n"])
_ids = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,4})?", fullmatch=True).filter(lambda id_: id_ not in ("null", "0"))
_scores = st.floats(0, 100).map(lambda score: round(score, 2))
_choices = st.one_of(
    st.builds(Chosen, outcome=st.just(Outcome.RECOMMENDED), recommended=_ids, score=_scores),
    st.builds(Chosen, outcome=st.sampled_from([Outcome.UNDECIDED, Outcome.INFEASIBLE])),
    st.builds(
        Chosen,
        outcome=st.just(Outcome.TIED),
        recommended=_ids,
        tied_with=st.lists(_ids, min_size=1, unique=True).map(tuple),
        score=_scores,
    ),
)
_versions = st.text(st.characters(min_codepoint=33, max_codepoint=0x17F), min_size=1).filter(str.isprintable)
_decisions = st.builds(
    lambda choices, **rest: RecordedDecision(
        choices={WHOLE: choices} if isinstance(choices, Chosen) else choices,
        kind="ruleset" if isinstance(choices, Chosen) else "stack",
        **rest,
    ),
    choices=_choices | st.dictionaries(_ids, _choices, min_size=1, max_size=3),
    as_of=st.dates(),
    by=st.fixed_dictionaries({"id": _ids, "version": _versions, "digest": st.sampled_from(["12e4", "0x1f", "ab"])}),
    id=st.sampled_from(["0o17", "1e5", "abc", "2021"]),
)


@given(_decisions, _decisions, st.tuples(_comments, _comments, _comments), st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_decision_between_any_others(
    first: RecordedDecision, second: RecordedDecision, comments: tuple[str, str, str], line_break: str
) -> None:
    """Whatever is recorded is read back, one takes the place of the other, and nothing else in the text moves."""
    one, two, three = comments
    above = f"{one}requirements:\n  - a\n{two}".replace("\n", line_break)
    below = f"{three}explain: []\n{one}".replace("\n", line_break)
    recorded = put(above, first)
    assert recorded.startswith(above)
    assert decision_in(recorded) == first
    text = put(recorded + below, second)
    assert decision_in(text) == second
    assert text.startswith(above)
    assert text.endswith(below)
    assert put(text, first) == recorded + below


def test_the_file_stays_what_it_was(tmp_path: Path) -> None:
    """Its mode and a byte order mark are kept, and a link goes on leading to it; nothing is left beside it."""
    file, link = tmp_path / "real.yaml", tmp_path / "steelyard.yaml"
    file.write_bytes(codecs.BOM_UTF8 + BLOCK.encode())
    file.chmod(0o640)
    link.symlink_to(file)
    assert write_decision(link, FIRST)
    assert not write_decision(link, FIRST)
    assert link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o640
    assert file.read_bytes().startswith(codecs.BOM_UTF8 + BLOCK.encode())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["real.yaml", "steelyard.yaml"]


def test_what_is_no_file(tmp_path: Path) -> None:
    """A pipe has no decision written to it."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FaultsError, match="no file or folder"):
        write_decision(tmp_path / "nothing", FIRST)
