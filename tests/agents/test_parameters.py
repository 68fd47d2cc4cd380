"""Parameters take what the schemas they are made of take, and strict mode takes what is left of them."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import steelyard
from steelyard.agents.functions import TooLargeError, function_of
from steelyard.agents.parameters import is_within_limits, parameters_of, plain, strictly
from steelyard.agents.served import Served, askable
from steelyard.agents.tools import offered
from steelyard.model import Need, NeedType
from steelyard.requirements import Askable, Whole, request_schema, requirements_schema
from tests.agents.pets import HOUSE, one, pets, several
from tests.property.conditions import Chooser, Data
from tests.property.strategies import request_to, ruleset
from tests.property.test_schemas import rulesets_asked, stacks_asked
from tests.property.test_stacks import FEWER

# What OpenAI documents for structured outputs.
PERMITTED = {
    *("$defs", "$ref", "additionalProperties", "anyOf", "description", "enum", "format", "items", "maxItems"),
    *("maximum", "minItems", "minimum", "pattern", "properties", "required", "type"),
}
DEEPEST = 10
TYPES = {"string", "number", "boolean", "integer", "object", "array", "null"}
FORMS: list[tuple[Literal["ruleset", "stack"], str, Whole]] = [
    *(("ruleset", id_, of) for id_ in steelyard.shipped() for of in get_args(Whole)),
    *(("stack", id_, of) for id_ in steelyard.shipped_stacks() for of in get_args(Whole)),
]


def takes(schema: Mapping[str, Any], data: Any) -> bool:
    """Whether the schema takes the data."""
    return Draft202012Validator(schema).is_valid(data)


def schemas_in(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The schema and every schema within it."""
    yield schema
    below = [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values(), *schema.get("anyOf", ())]
    for each in [*below, *([schema["items"]] if "items" in schema else [])]:
        yield from schemas_in(each)


def hold_to_strict_rules(root: Mapping[str, Any]) -> None:
    """Holds a schema to what OpenAI documents: every schema of one kind, every property required, null where unsaid."""
    Draft202012Validator.check_schema(root)
    assert root["type"] == "object"
    assert is_within_limits(root)
    assert depth(root, root) <= DEEPEST
    for each in schemas_in(root):
        assert each.keys() <= PERMITTED
        # What a schema is stands in one of these, never in two.
        assert len(each.keys() & {"$ref", "anyOf", "type"}) == 1, each
        assert "anyOf" not in each or each.keys() <= {"anyOf", "description"}
        assert "$ref" not in each or len(each) == 1
        assert each.get("type", "null") in TYPES
        assert (each.get("type") == "object") == ("properties" in each)
        assert (each.get("type") == "array") == ("items" in each)
        if "properties" in each:
            assert each["additionalProperties"] is False
            assert each["required"] == list(each["properties"])


def depth(schema: Mapping[str, Any], root: Mapping[str, Any]) -> int:
    """How many objects and arrays stand within each other."""
    if "$ref" in schema:
        return depth(root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root)
    below = [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]
    within = [depth(each, root) for each in below]
    return max([1 + max(within, default=0) if below else 0, *(depth(each, root) for each in schema.get("anyOf", ()))])


def asked_by(kind: Literal["ruleset", "stack"], id_: str) -> Askable:
    """What ships under the id."""
    if kind == "ruleset":
        return askable(steelyard.load(id_))
    stack = steelyard.load_stack(id_)
    rivals = [part.ruleset.candidates for part in stack.parts.values()]
    return Askable(kind=kind, id=stack.id, title=stack.title, needs=stack.needs, rivals=rivals)


def spelled_out(document: Data, request: Data) -> Data:
    """The request as strict mode has a model write it: whatever is not said is null."""
    said = request["requirements"]
    stated = {
        need: {"importance": None, **answer} if isinstance(answer, dict) else answer for need, answer in said.items()
    }
    keys = dict.fromkeys(("ruleset", "as_of", "candidates", "explain", "compare"))
    return {**keys, **request, "requirements": {**dict.fromkeys(document["needs"]), **stated}}


@st.composite
def questions(draw: st.DrawFn) -> tuple[Data, Data]:
    """A ruleset and a valid request to it."""
    chooser = Chooser(draw)
    document = ruleset(chooser)
    return document, request_to(chooser, document)


@given(rulesets_asked())
def test_they_take_the_same(case: tuple[Data, Data, Data]) -> None:
    """Whether right or wrong, a request is taken as parameters if it is taken as it is posted."""
    document, request, slipped = case
    schema = request_schema(askable(steelyard.Ruleset.from_dict(document)))
    parameters = parameters_of(schema)

    Draft202012Validator.check_schema(parameters)
    assert takes(parameters, request)
    assert takes(parameters, slipped) == takes(schema, slipped)
    event(f"with slips it is taken: {takes(schema, slipped)}")


@given(questions())
def test_strict_mode(case: tuple[Data, Data]) -> None:
    """Strict mode knows every keyword, wants every property, and takes every valid request with nulls filled in."""
    document, request = case
    schema = strictly(parameters_of(request_schema(askable(steelyard.Ruleset.from_dict(document)))))

    hold_to_strict_rules(schema)
    assert takes(schema, spelled_out(document, request))


@pytest.mark.parametrize(("kind", "id_", "of"), FORMS)
def test_strict_forms(kind: Literal["ruleset", "stack"], id_: str, of: Whole) -> None:
    """Whatever ships can be described strictly, and whatever need not be said may be null in it."""
    function = function_of(asked_by(kind, id_), of)
    told = function.for_openai(strict=True)["function"]
    assert told["strict"] is True
    assert told["description"].endswith("What is not known is null.")
    schema = told["parameters"]
    hold_to_strict_rules(schema)
    needed = function.parameters.get("required", ())
    for key, each in schema["properties"].items():
        assert takes({**each, "$defs": schema["$defs"]}, None) is (key not in needed)


@FEWER
@given(stacks_asked())
def test_strict_stacks(case: tuple[steelyard.Stack, Data, Data]) -> None:
    """A stack's request is described strictly too, with the pairs that can be compared, and nothing in place of one."""
    stack, request, _ = case
    rivals = [part.ruleset.candidates for part in stack.model.parts.values()]
    asked = Askable(kind="stack", id=stack.id, title=stack.title, needs=stack.model.needs, rivals=rivals)
    schema = strictly(parameters_of(request_schema(asked)))

    hold_to_strict_rules(schema)
    compare = {**schema["properties"]["compare"], "$defs": schema["$defs"]}
    assert takes(compare, request.get("compare"))
    assert takes(compare, None)
    assert not takes(compare, ["nobody", "anybody"])


@pytest.mark.parametrize("served", [one(), several()], ids=["one", "several"])
def test_tools_can_be_made_strict(served: Served) -> None:
    """Adapters that make the schemas of tools strict keep every argument, and every need of the requirements."""
    for name, tool in offered(served).items():
        schema = strictly(tool.takes)
        hold_to_strict_rules(schema)
        assert list(schema["properties"]) == list(tool.takes["properties"])
        if "requirements" in schema["properties"]:
            described = schema["properties"]["requirements"]
            stated = next((each for each in described.get("anyOf", ()) if "properties" in each), described)
            assert list(stated["properties"]) == list(pets().needs), name


@given(questions())
def test_nulls_say_nothing(case: tuple[Data, Data]) -> None:
    """What a model in strict mode writes gets the answer that the request gets."""
    document, request = case
    asked = steelyard.Ruleset.from_dict(document)
    tool = offered(Served.of(asked))["recommend"]
    plainly: Data = {key: request[key] for key in ("as_of", "candidates", "requirements") if key in request}
    whole = spelled_out(document, plainly)
    arguments = {key: whole[key] for key in ("ruleset", "as_of", "candidates", "requirements")}

    told = tool.call({**arguments, "detail": "full"})
    assert not told.is_error, told.text
    assert told.document == asked.answer(plainly).to_dict()


def test_words() -> None:
    """A choice is an `enum` whose labels stand in the description, as a unit does."""
    defined = function_of(askable(pets())).parameters["$defs"]
    assert defined["home"] == {
        "description": "flat: Flat; house: House; farm: Farm.",
        "type": "string",
        "enum": ["flat", "house", "farm"],
    }
    assert defined["hours"] == {"description": "In hours.", "type": "number", "minimum": 0, "maximum": 24}
    garden = function_of(askable(pets())).parameters["properties"]["garden"]
    assert garden["description"] == "Is there a garden? A yard counts."


def test_properties_may_be_called_like_keywords() -> None:
    """A need called `title` or `items` is a need."""
    needs = {id_: Need(id=id_, question="Which?", type=NeedType.FLAG) for id_ in ("title", "items", "const")}
    asked = Askable(kind="ruleset", id="odd", title="Odd?", needs=needs, rivals=[{}])
    parameters = parameters_of(requirements_schema(asked))
    assert list(parameters["properties"]) == ["title", "items", "const"]
    assert list(strictly(parameters)["properties"]) == ["title", "items", "const"]


@pytest.mark.parametrize(("number", "length"), [(1001, 1), (251, 60)])
def test_what_is_too_large_is_not_strict(number: int, length: int) -> None:
    """A ruleset with more options than strict mode takes, or longer ones, is refused there, and described otherwise."""
    options = tuple((f"option-{place:0{length}}", f"Option {place}") for place in range(number))
    need = Need(id="many", question="Which?", type=NeedType.CHOICE, options=options)
    asked = Askable(kind="ruleset", id="large", title="Large?", needs={"many": need}, rivals=[{}])
    function = function_of(asked)
    with pytest.raises(TooLargeError, match="recommend_large is too large for strict mode"):
        function.for_openai(strict=True)
    assert function.for_openai()["function"]["parameters"] == function.parameters


def test_a_choice_of_forms_may_be_null() -> None:
    """Where a type stands beside a choice of forms, null is a choice beside both, not a form of that type."""
    either: dict[str, Any] = {"type": "array", "anyOf": [{"type": "array", "items": {"type": "string"}}]}
    schema = strictly({"type": "object", "properties": {"names": either}, "additionalProperties": False})
    assert schema["properties"]["names"] == {"anyOf": [either, {"type": "null"}]}
    assert takes(schema, {"names": None})


def test_functions() -> None:
    """A function is told to each as it takes it, with the same name and a description that says when to call it."""
    function = function_of(askable(pets()), "request")
    openai, anthropic = function.for_openai(), function.for_anthropic()
    assert openai["type"] == "function"
    assert openai["function"]["name"] == anthropic["name"] == "recommend_pets"
    assert openai["function"]["strict"] is False
    assert openai["function"]["parameters"] == anthropic["input_schema"]
    assert openai["function"]["description"] == anthropic["description"]
    assert "Which pet? Weighs 3 candidates (Dog, Cat, Robot)" in anthropic["description"]
    assert takes(anthropic["input_schema"], {"ruleset": "pets", **HOUSE})
    assert plain(anthropic["input_schema"]) == anthropic["input_schema"]
