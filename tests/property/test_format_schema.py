"""The JSON Schemas of the ruleset format take what the parser takes, over random rulesets and those that ship."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from steelyard.diagnostics import Code
from steelyard.library import check_path
from steelyard.parser import parse
from steelyard.parser.format import format_schema, format_schema_of
from steelyard.reader import yaml_files
from tests.editors.publish import shipped_paths
from tests.editors.reading import as_read, as_read_without_quotes
from tests.property.conditions import Chooser, Data
from tests.property.strategies import request_to, ruleset
from tests.property.test_schemas import anything
from tests.property.test_stacks import FEWER

INVALID = Path(__file__).parents[1] / "invalid"
ANY = Draft202012Validator(format_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)

ACROSS = "it compares one part of a ruleset with another, which may stand in another file"
WARNED = "it is a warning: the ruleset answers all the same"
CANNOT_KNOW = {
    Code.CANDIDATE_UNUSED: WARNED,
    Code.CASE_UNKNOWN_CANDIDATE: ACROSS,
    Code.CASE_UNKNOWN_RULE: ACROSS,
    Code.CRITERION_UNUSED: WARNED,
    Code.DATE_EMPTY_RANGE: "it compares two values",
    Code.EVIDENCE_UNUSED: WARNED,
    Code.NEED_EMPTY_RANGE: "it compares two values",
    Code.NEED_UNUSED: WARNED,
    Code.RULE_NEVER_HOLDS: WARNED,
    Code.RULE_NO_EVIDENCE: WARNED,
    Code.RULE_NO_REASON: WARNED,
    Code.RULE_OPERATOR_UNFIT: ACROSS,
    Code.RULE_UNKNOWN_CANDIDATE: ACROSS,
    Code.RULE_UNKNOWN_CRITERION: ACROSS,
    Code.RULE_UNKNOWN_EVIDENCE: ACROSS,
    Code.RULE_UNKNOWN_NEED: ACROSS,
    Code.RULE_UNKNOWN_OPTION: ACROSS,
    Code.RULESET_IMPORTANCE_ORDER: "it compares two values",
    Code.VALUE_TOO_FINE: "what a number in binary is a multiple of depends on who computes it",
}
"""The faults in a ruleset that the schema of the format passes over, and why."""

KNOWN_TO_ITS_OWN = {
    Code.CASE_UNKNOWN_CANDIDATE,
    Code.RULE_OPERATOR_UNFIT,
    Code.RULE_UNKNOWN_CANDIDATE,
    Code.RULE_UNKNOWN_CRITERION,
    Code.RULE_UNKNOWN_NEED,
    Code.RULE_UNKNOWN_OPTION,
}
"""Those of them that the schema of the ruleset itself refuses."""

FAULTS_IN_FILES = [
    code
    for code in Code
    if code.value.partition("/")[0] not in {"file", "json", "request", "stack", "yaml"}
    and (INVALID / f"{code.value}.yaml").is_file()
]


def own(document: Data) -> Draft202012Validator:
    """The schema of one ruleset."""
    model = parse(document).ruleset
    return Draft202012Validator(format_schema_of(model), format_checker=Draft202012Validator.FORMAT_CHECKER)


def case_of(chooser: Chooser, document: Data) -> Data:
    """A case that expects something of everything there is."""
    candidates, rules = list(document["candidates"]), list(document["rules"])
    expect = {
        "outcome": chooser.one_of(("recommended", "tied", "undecided", "infeasible")),
        "recommended": chooser.one_of(candidates),
        "tied": chooser.some_of(candidates),
        "fired": chooser.some_of(rules),
        "not_fired": chooser.some_of(rules),
        "excluded": chooser.some_of(candidates),
        "above": {candidates[0]: chooser.one_of((candidates[-1], candidates))},
    }
    kept = chooser.some_of(list(expect), at_least=1)
    return {"note": chooser.text(), **request_to(chooser, document), "expect": {key: expect[key] for key in kept}}


@st.composite
def whole_rulesets(draw: st.DrawFn) -> Data:
    """Valid rulesets with cases."""
    chooser = Chooser(draw)
    document = ruleset(chooser)
    return {**document, "cases": {"first": case_of(chooser, document), "7": case_of(chooser, document)}}


@st.composite
def rulesets_with_slips(draw: st.DrawFn) -> tuple[Data, Data]:
    """A ruleset, and the same with something else in a few places, right or wrong."""
    chooser = Chooser(draw)
    document = draw(whole_rulesets())
    slipped = deepcopy(document)
    for _ in range(1 + chooser.below(2)):
        place: Any = slipped
        while True:
            key = chooser.one_of(list(place) if isinstance(place, dict) else range(len(place)))
            inner = place[key]
            if not isinstance(inner, dict | list) or not inner or chooser.rarely(6):
                break
            place = inner
        match chooser.one_of(("gone", "like another", "any")):
            case "gone":
                place.pop(key)
            case "like another":
                place[key] = chooser.one_of(list(place.values()) if isinstance(place, dict) else place)
            case _:
                place[key] = anything(chooser)
    return document, slipped


@given(whole_rulesets())
def test_what_is_valid_is_taken(document: Data) -> None:
    """A valid ruleset is taken by both schemas, with quotes and without, whole and section by section."""
    assert not parse(document).faults
    for schema in (ANY, own(document)):
        for written in (document, as_read_without_quotes(document)):
            schema.validate(written)
            for section in written:
                schema.validate({section: written[section]})


@given(rulesets_with_slips())
def test_what_is_refused_is_faulty(case: tuple[Data, Data]) -> None:
    """What either schema refuses, the parser refuses as well."""
    document, slipped = case
    is_sound = not parse(slipped).faults
    event(f"with slips it is sound: {is_sound}")
    if is_sound:
        ANY.validate(slipped)
        own(slipped).validate(slipped)
        # What it does not say differently, the schema of the ruleset as it was takes too.
        if all(slipped[section] == document[section] for section in ("needs", "candidates", "criteria")):
            own(document).validate(slipped)


@FEWER
@given(whole_rulesets())
def test_they_are_schemas(document: Data) -> None:
    """Both are schemas by JSON Schema 2020-12 itself, plain JSON, and refer to nothing outside."""
    for schema in (format_schema(), format_schema_of(parse(document).ruleset)):
        Draft202012Validator.check_schema(schema)
        assert json.loads(json.dumps(schema, allow_nan=False)) == schema
        assert set(references(schema)) <= {f"#/$defs/{name}" for name in schema["$defs"]}


def references(schema: Any) -> list[str]:
    """Every reference in a schema."""
    if isinstance(schema, dict):
        return [found for key, value in schema.items() for found in ([value] if key == "$ref" else references(value))]
    return [found for item in schema for found in references(item)] if isinstance(schema, list) else []


@pytest.mark.parametrize("folder", shipped_paths(), ids=lambda folder: folder.name)
def test_what_ships_is_taken(folder: Path) -> None:
    """Every file of a ruleset that ships is taken by both schemas, though it holds some of the sections only."""
    known = format_schema_of(check_path(folder).required())
    for schema in (ANY, Draft202012Validator(known, format_checker=Draft202012Validator.FORMAT_CHECKER)):
        for file in yaml_files(folder):
            schema.validate(as_read(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("code", FAULTS_IN_FILES)
def test_what_is_faulty_is_refused(code: Code) -> None:
    """The schema refuses each fault, but for those that it cannot know; some of these the ruleset's own knows."""
    sound = as_read((INVALID / "ruleset.yaml").read_text(encoding="utf-8"))
    faulty = as_read((INVALID / f"{code.value}.yaml").read_text(encoding="utf-8"))
    assert ANY.is_valid(sound)
    assert own(sound).is_valid(sound)
    assert ANY.is_valid(faulty) == (code in CANNOT_KNOW)
    if code in CANNOT_KNOW and CANNOT_KNOW[code] != WARNED:
        assert own(sound).is_valid(faulty) == (code not in KNOWN_TO_ITS_OWN)
