"""The ruleset format as JSON Schema 2020-12, for editors that complete and check a file as it is typed.

A file of a ruleset may hold some of the sections only, so none is demanded. The schema of the format knows no names;
that of one ruleset knows its needs, options, candidates and criteria. Its rules and evidence are offered, but any other
is taken as well: new ones come with every edit, and `steelyard check` holds the names of all files against each other.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from steelyard.model import OPERATORS, Need, NeedType, Operator, Ruleset, operators_for
from steelyard.parser.needs import unfit_keys, wanted_keys
from steelyard.parser.shapes import CONDITION, DOCUMENT, GRADE, EvidenceShape, NeedShape, RatingShape
from steelyard.requirements import Askable, requirement_schema, requirements_schema
from steelyard.shape import (
    DATE,
    DIALECT,
    FLAG,
    ID,
    NEED_ID,
    SCALAR,
    answer_schema,
    choice_schema,
    entries_schema,
    listed_schema,
    shape_schema,
    told,
    within,
)

Schema = dict[str, Any]

_LIST = listed_schema(SCALAR, empty=False)
_PART = {"minProperties": 1, "type": "object", **CONDITION}
_PARTS = {"type": "array", "minItems": 1, "items": _PART}
_COMBINERS: Schema = {
    "all": told("Each of these must hold.", _PARTS),
    "any": told("At least one of these must hold.", _PARTS),
    "not": told("This must not hold.", _PART),
}
_NO_ADDRESS = "Evidence has a url, or a source: what else identifies it."
_NAME_OF_A_NEED = {key: value for key, value in NEED_ID.items() if key != "not"}
_RESERVED = NEED_ID["not"]["enum"]
# An editor has no words for what a `not` refuses.
_ID_OF_A_NEED = {
    **_NAME_OF_A_NEED,
    "pattern": f"^(?!({'|'.join(_RESERVED)})$)" + NEED_ID["pattern"].removeprefix("^"),
    "patternErrorMessage": NEED_ID["patternErrorMessage"].removesuffix(".")
    + f", and none of `{'`, `'.join(_RESERVED)}`.",
}
_OPERATOR_WORDS = {
    "is": "The answer is just this.",
    "includes": "The answer includes this option.",
    "any_of": "The answer is, or includes, at least one of these.",
    "all_of": "The answer includes each of these.",
    "none_of": "The answer is, or includes, none of these.",
    "at_least": "The answer is this or more.",
    "at_most": "The answer is this or less.",
}


def format_schema() -> Schema:
    """The schema of any file of any ruleset."""
    names = {"candidate": ID, "criterion": ID, "rule": ID}
    return _schema(
        "urn:steelyard:ruleset-format",
        "A file of a ruleset.",
        {
            "a-condition": _condition(entries_schema(_NAME_OF_A_NEED, _any_test(), empty=True)),
            "the-requirements": entries_schema(_ID_OF_A_NEED, _any_requirement(), empty=True),
            "id-of-evidence": ID,
            **{f"id-of-a-{noun}": schema for noun, schema in names.items()},
        },
    )


def format_schema_of(ruleset: Ruleset) -> Schema:
    """The schema of any file of one ruleset, which knows what the ruleset has."""
    requirements = requirements_schema(Askable.of(ruleset))
    tests = {need.id: _test_of(need) for need in ruleset.needs.values()}
    return _schema(
        f"urn:steelyard:ruleset:{ruleset.id}:format",
        f"A file of the ruleset `{ruleset.id}`.",
        {
            "a-condition": _condition({"type": "object", "properties": tests, "additionalProperties": False}),
            "the-requirements": {key: requirements[key] for key in ("type", "properties", "additionalProperties")},
            "id-of-a-candidate": choice_schema((id_, each.name) for id_, each in ruleset.candidates.items()),
            "id-of-a-criterion": choice_schema(ruleset.criteria.items()),
            "id-of-a-rule": _among((id_, each.title) for id_, each in ruleset.rules.items()),
            "id-of-evidence": _among((id_, each.title) for id_, each in ruleset.evidence.items()),
            **requirements["$defs"],
            **{need.id: _answer(need) for need in ruleset.needs.values()},
            **{f"option-of-{need.id}": choice_schema(need.options) for need in ruleset.needs.values() if need.options},
        },
    )


# There is no title: an editor would show it above the words of every part that has none.
def _schema(urn: str, description: str, names: Mapping[str, Any]) -> Schema:
    whole = shape_schema(DOCUMENT, needs={"propertyNames": _ID_OF_A_NEED})
    schema = {
        "$schema": DIALECT,
        "$id": urn,
        "description": description,
        "type": whole["type"],
        "properties": whole["properties"],
        "additionalProperties": False,
        "$defs": {
            "a-need": _need(),
            "a-piece-of-evidence": {
                **shape_schema(EvidenceShape()),
                "anyOf": [{"required": [key], "errorMessage": _NO_ADDRESS} for key in ("url", "source")],
            },
            "a-rating": _by_kind(mapping=shape_schema(RatingShape()), other=GRADE),
            "ratings-of-a-candidate": _ratings(),
            **names,
        },
    }
    return _demanding_apart(schema)


def _demanding_apart(schema: Mapping[str, Any]) -> Schema:
    """The same with what is required said apart from the keys: an editor would offer a whole of both among the keys."""
    whole = within(schema, _demanding_apart)
    if not whole.keys() >= {"properties", "required"}:
        return whole
    required = {"required": whole.pop("required")}
    return {**whole, "allOf": [*whole.get("allOf", ()), required]}


def _need() -> Schema:
    """A need, which has other keys by its type; where the type is none, any of them."""
    schema = shape_schema(NeedShape())
    for type_ in NeedType:
        is_of_type = {"properties": {"type": {"const": type_.value}}, "required": ["type"]}
        schema = {"if": is_of_type, "then": _need_of(type_), "else": schema}
    return schema


def _need_of(type_: NeedType) -> Schema:
    whole = shape_schema(NeedShape())
    properties = {key: value for key, value in whole["properties"].items() if key not in unfit_keys(type_)}
    return {**whole, "properties": properties, "required": sorted((*whole["required"], *wanted_keys(type_)))}


def _ratings() -> Schema:
    """A rating, a bare word or a mapping; or such ratings by their first day, which has digits."""
    rating = {"$ref": "#/$defs/a-rating"}
    by_day = {"type": "object", "propertyNames": DATE, "additionalProperties": rating}
    has_no_digits = {"propertyNames": {"pattern": "^([^0-9]|$)"}}
    return _by_kind(mapping={"if": has_no_digits, "then": shape_schema(RatingShape()), "else": by_day}, other=GRADE)


def _by_kind(*, mapping: Schema, other: Schema, a_list: Schema | None = None) -> Schema:
    """What depends on how it is written, told apart so that an editor complains of what was meant."""
    scalar = other if a_list is None else {"if": {"type": "array"}, "then": a_list, "else": other}
    # The last takes anything, and refuses nothing: an editor completes by it where there is nothing yet.
    return {"if": {"type": "object"}, "then": mapping, "else": scalar, "anyOf": [other, {}]}


def _condition(tests: Mapping[str, Any]) -> Schema:
    """A condition: a mapping of tests, and of conditions joined."""
    return {**tests, "properties": {**tests.get("properties", {}), **_COMBINERS}}


def _any_test() -> Schema:
    several = {"anyOf": [SCALAR, listed_schema(SCALAR)]}
    operands: Schema = {
        each.name: _LIST if each.takes_list else several if each.name == "is" else SCALAR for each in OPERATORS.values()
    }
    return _by_kind(mapping=_operators(operands), a_list=_LIST, other=SCALAR)


def _test_of(need: Need) -> Schema:
    """A test of one need: a bare value, a list of options, or operators."""
    operands = {each.name: _operand(need, each) for each in operators_for(need.type)}
    bare = operands["includes" if need.type is NeedType.CHOICES else "is"]
    help_ = {} if need.help is None else {"description": need.help}
    forms = _by_kind(mapping=_operators(operands), a_list=operands.get("any_of"), other=bare)
    return {"title": need.question, **help_, **forms}


def _operand(need: Need, operator: Operator) -> Schema:
    """What stands beside the operator, as `parser.conditions` reads it."""
    if operator.takes_list:
        return listed_schema(_option(need), empty=False)
    if operator.name == "is" or need.type is NeedType.NUMBER:
        return _answer(need)
    return _option(need)


def _answer(need: Need) -> Schema:
    """A whole answer to the need."""
    match need.type:
        case NeedType.FLAG:
            return FLAG
        case NeedType.NUMBER:
            return answer_schema(need)
        case NeedType.CHOICES:
            return listed_schema(_option(need))
        case _:
            return _option(need)


def _option(need: Need) -> Schema:
    return {"$ref": f"#/$defs/option-of-{need.id}"}


def _operators(operands: Mapping[str, Any]) -> Schema:
    return {
        "type": "object",
        "properties": {name: told(_OPERATOR_WORDS[name], operand) for name, operand in operands.items()},
        "additionalProperties": False,
        "minProperties": 1,
    }


def _any_requirement() -> Schema:
    several = listed_schema(SCALAR)
    stated = requirement_schema(value={"anyOf": [SCALAR, several]})
    return _by_kind(mapping=stated, a_list=several, other=SCALAR)


def _among(known: Iterable[tuple[str, str]]) -> Schema:
    """One of these ids, or another."""
    return {"anyOf": [choice_schema(known), {**ID, "doNotSuggest": True}]}
