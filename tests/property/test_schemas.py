"""The JSON Schema of requests takes what the reader of requests takes, over random rulesets and requests."""

import json
from copy import deepcopy
from datetime import date
from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import steelyard
from steelyard.diagnostics import Code
from steelyard.requirements import RequestError, RequestReader
from steelyard.requirements.json_schema import Askable, request_schema, requirements_schema
from tests.property.conditions import Chooser, Data
from tests.property.strategies import request_to, ruleset
from tests.property.test_stacks import FEWER, made, stacks

ANY_DAY = date(2026, 1, 1)
NO_DAYS = ("2026-02-30", "2026-13-01", "0000-01-01")
DAYS = (
    "2026-02-28",
    "0001-01-01",
    "9999-12-31",
    "2026-2-28",
    "2026-02-28\n",
    " 2026-02-28",
    "20260228",
    "\uff12026-02-28",
)
WORDS = ("must", "would", "questions", "rules", "", "true", "web", "nobody-knows-this", "pets", *DAYS)
NUMBERS = (0, 1, -1, 0.5, 1.0, 10**15, 10**15 + 1, -(10**15) - 0.5, 1e300, 5e-324, 10**41)


def faults_found(reader: RequestReader, data: Any) -> list[Code]:
    """The codes of what the reader finds wrong."""
    try:
        reader.read(data, ANY_DAY)
    except RequestError as error:
        return [each.code for each in error.diagnostics]
    return []


def taken_by_schema(schema: Data, data: Any, *, formats: bool) -> bool:
    """Whether the schema takes it, with or without a look at formats."""
    checker = Draft202012Validator.FORMAT_CHECKER if formats else None
    return Draft202012Validator(schema, format_checker=checker).is_valid(data)


def agree(reader: RequestReader, schema: Data, data: Any) -> bool:
    """Whether both take the data; that they agree is seen to, but for what the module of the schema says."""
    codes = set(faults_found(reader, data))
    is_taken = not codes
    if codes == {Code.REQUEST_CANNOT_COMPARE} and "candidates" in data:
        return is_taken
    assert taken_by_schema(schema, data, formats=True) == is_taken, (data, codes)
    if codes != {Code.VALUE_BAD_DATE} or data["as_of"] not in NO_DAYS:
        assert taken_by_schema(schema, data, formats=False) == is_taken, (data, codes)
    return is_taken


def asked_of(model: Any) -> Askable:
    """The ruleset as it is described."""
    return Askable(kind="ruleset", id=model.id, title=model.title, needs=model.needs, rivals=(model.candidates,))


def slips(chooser: Chooser, document: Data, request: Data) -> None:
    """Changes the request in a few places, mostly to what is nearly right."""
    for _ in range(1 + chooser.below(3)):
        match chooser.one_of(("need", "need", "need", "key", "key", "gone")):
            case "need":
                need = chooser.one_of([*document["needs"], "nobody_knows"])
                request["requirements"][need] = value_for(chooser, document["needs"].get(need, {}))
            case "key":
                key = chooser.one_of(("as_of", "candidates", "explain", "compare", "requirements", "candidate"))
                request[key] = value_of_key(chooser, document, key)
            case _:
                request.pop(chooser.one_of(list(request)))
                request.setdefault("requirements", {})


def value_of_key(chooser: Chooser, document: Data, key: str) -> Any:
    """Something that stands in a place of a request, right or wrong."""
    names = [*document["candidates"], *document["candidates"], "nobody"]
    match chooser.one_of(("right", "right", "any")) and key:
        case "as_of":
            return chooser.one_of([*DAYS, *NO_DAYS])
        case "candidates":
            return [chooser.one_of(names) for _ in range(chooser.below(3))]
        case "compare":
            return [chooser.one_of(names) for _ in range(1 + chooser.below(3))]
        case "explain":
            return [chooser.one_of(("questions", "changes", "rules", "all")) for _ in range(chooser.below(3))]
        case "requirements":
            return {chooser.one_of(list(document["needs"])): value_for(chooser, {}) for _ in range(chooser.below(2))}
    return anything(chooser)


def value_for(chooser: Chooser, need: Data) -> Any:
    """An answer, right or wrong, mostly of the type that the need has, bare or with an importance."""
    options = [*need.get("options", {}), *need.get("options", {}), "no-option"]
    bounds = [need.get(key, 0) + more for key in ("minimum", "maximum") for more in (0, 0.5, -0.5)]
    value = chooser.one_of(
        (
            chooser.one_of((True, False)),
            chooser.one_of(options),
            [chooser.one_of(options) for _ in range(chooser.below(4))],
            chooser.one_of(bounds),
            anything(chooser),
        )
    )
    stated: Data = {"value": value}
    if chooser.rarely(2):
        stated["importance"] = chooser.one_of(("must", "should", "could", "would", None))
    if chooser.rarely(5):
        stated.pop("value")
    if chooser.rarely(6):
        stated["because"] = "it is so"
    return stated if chooser.rarely(2) else value


def anything(chooser: Chooser) -> Any:
    """Any JSON."""
    return chooser.one_of(
        (None, True, {}, [], [[]], [None], {"value": {}}, chooser.one_of(WORDS), chooser.one_of(NUMBERS))
    )


@st.composite
def rulesets_asked(draw: st.DrawFn) -> tuple[Data, Data, Data]:
    """A ruleset, a valid request to it, and the same with slips."""
    chooser = Chooser(draw)
    document = ruleset(chooser)
    request = request_to(chooser, document)
    if chooser.rarely(2):
        request["ruleset"] = document["ruleset"]["id"]
    slipped = deepcopy(request)
    slips(chooser, document, slipped)
    return document, request, slipped


@st.composite
def stacks_asked(draw: st.DrawFn) -> tuple[steelyard.Stack, Data, Data]:
    """A stack, a valid request to it, and the same with slips."""
    data, rulesets, request = draw(stacks())
    stack = made(data, rulesets)
    everything = {
        "needs": {need: body for each in rulesets.values() for need, body in each["needs"].items()},
        "candidates": list(stack.model.candidates),
    }
    slipped = deepcopy(request)
    slips(Chooser(draw), everything, slipped)
    return stack, {**request, "stack": stack.id}, slipped


@given(rulesets_asked())
def test_rulesets(case: tuple[Data, Data, Data]) -> None:
    """The schema of a ruleset's requests takes what its reader takes."""
    document, request, slipped = case
    model = steelyard.Ruleset.from_dict(document).model
    reader, schema = RequestReader.of(model), request_schema(asked_of(model))

    assert agree(reader, schema, request)
    event(f"with slips it is taken: {agree(reader, schema, slipped)}")


@FEWER
@given(stacks_asked())
def test_stacks(case: tuple[steelyard.Stack, Data, Data]) -> None:
    """The schema of a stack's requests takes what its reader takes."""
    stack, request, slipped = case
    model = stack.model
    rivals = tuple(part.ruleset.candidates for part in model.parts.values())
    asked = Askable(kind="stack", id=model.id, title=model.title, needs=model.needs, rivals=rivals)
    reader, schema = RequestReader(model.needs, model.candidates, rivals=rivals), request_schema(asked)

    assert agree(reader, schema, request)
    event(f"with slips it is taken: {agree(reader, schema, slipped)}")


@given(rulesets_asked())
def test_requirements(case: tuple[Data, Data, Data]) -> None:
    """The schema of the requirements alone takes what that of the request takes; both are schemas, and plain JSON."""
    document, _, slipped = case
    asked = asked_of(steelyard.Ruleset.from_dict(document).model)
    alone, whole = requirements_schema(asked), request_schema(asked)
    answers = slipped["requirements"]

    is_taken = taken_by_schema(whole, {"requirements": answers}, formats=True)
    assert taken_by_schema(alone, answers, formats=True) == is_taken
    for schema in (alone, whole):
        Draft202012Validator.check_schema(schema)
        assert json.loads(json.dumps(schema)) == schema


def test_forms() -> None:
    """A form can be made of it: questions, help, options with their words, units; nothing names another host."""
    model = steelyard.load("pytorch-vs-tensorflow-2020").model
    schema = requirements_schema(asked_of(model))

    assert schema["$id"] == "urn:steelyard:ruleset:pytorch-vs-tensorflow-2020:requirements"
    assert schema["title"] == model.title
    for need in model.needs.values():
        question = schema["properties"][need.id]
        answer = schema["$defs"][need.id]
        options = answer.get("items", answer).get("oneOf", ())
        assert question["title"] == need.question
        assert question.get("description") == need.help
        assert [(each["const"], each["title"]) for each in options] == list(need.options)
