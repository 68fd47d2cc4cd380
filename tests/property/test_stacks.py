"""Stacks of random rulesets: what each part says is what its ruleset says, and nothing but the content counts."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import steelyard
from steelyard.library import check_path, found_at
from steelyard.stack import Rulesets, check_stack
from tests.property.asking import put
from tests.property.conditions import IMPORTANCES, Chooser, Data, answer
from tests.property.strategies import DAYS, ruleset

FED = "fed_by_a_part"
PARTS = ("first", "second", "third-one")
# Every example makes several rulesets; all but the first law say less than those of the engine already do.
FEWER = settings(max_examples=max(1, settings().max_examples // 4))


def fed_need(chooser: Chooser, source: Data) -> Data:
    """A choice with an option for every candidate of a ruleset, and one more."""
    options = {candidate: chooser.text() for candidate in [*source["candidates"], "something-else"]}
    return {"question": "Which one was it?", "type": "choice", "options": options}


@st.composite
def stacks(draw: st.DrawFn) -> tuple[Data, dict[str, Data], Data]:
    """A stack of two or three parts that share needs, its rulesets by id, and a request."""
    chooser = Chooser(draw)
    rulesets: dict[str, Data] = {}
    parts: Data = {}
    shared: Data = {}
    for part in PARTS[: 2 + chooser.below(2)]:
        document = ruleset(chooser, shared)
        document["ruleset"]["id"] = f"of-{part}"
        rulesets[f"of-{part}"] = document
        parts[part] = {"ruleset": f"of-{part}"}
        if FED in document["needs"]:
            feed: Any = PARTS[0]
            if chooser.rarely(2):
                feed = {"part": PARTS[0], "importance": chooser.one_of(IMPORTANCES)}
            parts[part]["takes"] = {FED: feed}
        shared = {**document["needs"], **shared}
        shared.setdefault(FED, fed_need(chooser, document))
    head = {"id": "joined", "title": chooser.text(), "version": "1"}
    return {"stack": head, "parts": parts}, rulesets, request(chooser, rulesets)


def request(chooser: Chooser, rulesets: dict[str, Data]) -> Data:
    """A valid request, which now and then answers the need that is fed, and names candidates."""
    needs = {need: body for document in rulesets.values() for need, body in document["needs"].items()}
    asked = chooser.some_of([need for need in needs if need != FED])
    if chooser.rarely(4):
        asked.append(FED)
    found: Data = {
        "as_of": chooser.one_of(DAYS),
        "requirements": {need: answer(chooser, needs[need]) for need in asked},
    }
    candidates = dict.fromkeys(each for document in rulesets.values() for each in document["candidates"])
    if chooser.rarely(3):
        found["candidates"] = chooser.some_of(list(candidates), at_least=1)
    return found


def made(data: Data, rulesets: dict[str, Data]) -> steelyard.Stack:
    """The stack over the rulesets."""
    return steelyard.Stack.from_dict(data, map(steelyard.Ruleset.from_dict, rulesets.values()))


def asked(stack: steelyard.Stack, request_: Data) -> steelyard.StackAnswer:
    """The stack's answer to the request."""
    return stack.recommend(request_["requirements"], as_of=request_["as_of"], candidates=request_.get("candidates"))


def request_to_part(part: Data, document: Data, request_: Data, answered: dict[str, steelyard.Answer]) -> Data:
    """What asking the part's ruleset alone would be, worked out from the data of the stack."""
    stated = {need: value for need, value in request_["requirements"].items() if need in document["needs"]}
    for need, feed in part.get("takes", {}).items():
        said = {"part": feed} if isinstance(feed, str) else feed
        source = answered[said["part"]].recommended
        if need not in stated and source is not None:
            stated[need] = {"value": source.candidate, "importance": said.get("importance", "must")}
    alone: Data = {"as_of": request_["as_of"], "requirements": stated}
    named = [each for each in request_.get("candidates", ()) if each in document["candidates"]]
    return {**alone, "candidates": named} if named else alone


@given(stacks())
def test_each_part_says_what_its_ruleset_says(drawn: tuple[Data, dict[str, Data], Data]) -> None:
    """A part's recommendation is, id and all, what its ruleset alone gives for those requirements."""
    data, rulesets, request_ = drawn
    told = asked(made(data, rulesets), request_)
    answered: dict[str, steelyard.Answer] = {}
    for part, body in data["parts"].items():
        document = rulesets[body["ruleset"]]
        alone = request_to_part(body, document, request_, answered)
        answered[part] = put(steelyard.Ruleset.from_dict(document), alone)
        assert told.parts[part].to_json() == answered[part].to_json()
    assert told.is_complete == all(each.recommended for each in answered.values())
    assert told.requirements.keys() == request_["requirements"].keys()


@FEWER
@given(stacks())
def test_what_was_taken_is_told(drawn: tuple[Data, dict[str, Data], Data]) -> None:
    """What a part took is what its own recommendation was asked with, and where it came from is said."""
    data, rulesets, request_ = drawn
    told = asked(made(data, rulesets), request_)
    for part, body in data["parts"].items():
        assert told.taken[part].keys() == body.get("takes", {}).keys()
        for need, taken in told.taken[part].items():
            stated = told.parts[part].requirements.get(need)
            assert (stated and stated["value"]) == taken.value
            assert stated is None or stated["importance"] == taken.importance
            assert (taken.source is None) == (need in request_["requirements"])
            assert taken.tied == (taken.source is not None and told.parts[taken.source].outcome == "tied")


@FEWER
@given(stacks(), st.randoms(use_true_random=False))
def test_only_the_content_counts(drawn: tuple[Data, dict[str, Data], Data], random: Any) -> None:
    """The order of answers, of what is at hand, and of files and keys changes no byte of the answer."""
    data, rulesets, request_ = drawn
    first = asked(made(data, rulesets), request_)
    shuffled = list(rulesets.items())
    random.shuffle(shuffled)
    answers = list(request_["requirements"].items())
    random.shuffle(answers)
    parts = {part: dict(reversed(body.items())) for part, body in data["parts"].items()}
    other = asked(
        made({"parts": parts, "stack": data["stack"]}, dict(shuffled)), {**request_, "requirements": dict(answers)}
    )
    assert other.to_json() == first.to_json()


@FEWER
@given(stacks(), st.randoms(use_true_random=False))
def test_files_make_no_difference(drawn: tuple[Data, dict[str, Data], Data], random: Any) -> None:
    """It does not matter what the files are called, or in which folders they stand."""
    data, rulesets, request_ = drawn
    with TemporaryDirectory() as place:
        names = random.sample(range(100), k=len(rulesets))
        for name, document in zip(names, rulesets.values(), strict=True):
            (Path(place) / f"r{name}").mkdir()
            (Path(place) / f"r{name}" / f"{name}.yaml").write_text(json.dumps(document), encoding="utf-8")
        file = Path(place) / "zoo.yaml"
        file.write_text(json.dumps(data), encoding="utf-8")
        found = found_at(Path(place))
        assert list(found.stacks) == [file]
        at_hand = Rulesets(map(check_path, found.rulesets))
        stack = steelyard.Stack(check_stack(file, at_hand).required())
    assert asked(stack, request_).to_json() == asked(made(data, rulesets), request_).to_json()


@FEWER
@given(stacks())
def test_renderings_tell_every_part(drawn: tuple[Data, dict[str, Data], Data]) -> None:
    """The text tells once what was asked, on lines that fit; the request in the Markdown gets the same answer."""
    data, rulesets, request_ = drawn
    told = asked(made(data, rulesets), request_)
    text = told.to_text(width=60)
    assert sum(line.startswith("  Asked") for line in text.splitlines()) == 1
    assert all(len(line) <= 60 for line in text.splitlines() if line.isascii())
    markdown = told.to_markdown()
    assert sum(line.startswith("## ") for line in markdown.splitlines()) == 3 + len(data["parts"])
    again = json.loads(markdown.rpartition("```json\n")[2].partition("```")[0])
    assert made(data, rulesets).answer(again).to_json() == told.to_json()


def test_the_strategy_reaches_what_matters() -> None:
    """Among random stacks there are taken answers, ties, parts without one, and answers given by the request."""
    seen: set[str] = set()

    @settings(max_examples=200, database=None, derandomize=True)
    @given(stacks())
    def look(drawn: tuple[Data, dict[str, Data], Data]) -> None:
        data, rulesets, request_ = drawn
        for took in asked(made(data, rulesets), request_).taken.values():
            for taken in took.values():
                seen.add("tied" if taken.tied else "said" if taken.source is None else "taken")
                if taken.value is None:
                    seen.add("nothing")

    look()
    assert seen == {"tied", "said", "taken", "nothing"}
