"""The keys of a ruleset's sections and what each takes: the format of `rules/README.md`, declared."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from steelyard.diagnostics import Code, FaultsError, fault
from steelyard.model import GRADE_BY_WORD, Grade, NeedType
from steelyard.recommendation import Outcome
from steelyard.shape import (
    ADDRESS,
    COUNT,
    DATE,
    FLAG,
    ID,
    NEED_ID,
    NUMBER,
    WEIGHT,
    WORDS,
    PartlyReadError,
    Shape,
    Value,
    address,
    choice_schema,
    day,
    entries,
    entries_schema,
    flag,
    identifier,
    is_null,
    listed,
    listed_schema,
    need_identifier,
    nested,
    number,
    optional,
    optional_schema,
    shape_schema,
    text,
    told,
    weight,
    whole_number,
    with_text_keys,
    word,
    wrong_type,
)

_DATED_KEY = re.compile(r"\d")
_NEED_TYPES = {type_.value: type_ for type_ in NeedType}
_OUTCOMES = {outcome.value: outcome for outcome in Outcome}


# What stands in several places, or depends on what the ruleset knows: `parser.format` says what each is.
CONDITION = {"$ref": "#/$defs/a-condition"}
REQUIREMENTS = {"$ref": "#/$defs/the-requirements"}
RATINGS = {"$ref": "#/$defs/ratings-of-a-candidate"}
CANDIDATE = {"$ref": "#/$defs/id-of-a-candidate"}
CRITERION = {"$ref": "#/$defs/id-of-a-criterion"}
EVIDENCE = {"$ref": "#/$defs/id-of-evidence"}
RULE = {"$ref": "#/$defs/id-of-a-rule"}
NEED = {"$ref": "#/$defs/a-need"}
SOURCE = {"$ref": "#/$defs/a-piece-of-evidence"}

_GRADE_WORDS = {
    Grade.EXCELLENT: "worth 2",
    Grade.GOOD: "worth 1",
    Grade.FAIR: "worth 0, but known: not the same as no rating",
    Grade.POOR: "worth -1",
    Grade.UNSUPPORTED: "worth -2; excludes the candidate where it is a must, or where the rule says veto",
}
_TYPE_WORDS = {
    NeedType.FLAG: "answered with true or false",
    NeedType.CHOICE: "answered with one option",
    NeedType.CHOICES: "answered with a list of options, perhaps empty",
    NeedType.SCALE: "answered with one option; the options stand from the lowest to the highest",
    NeedType.NUMBER: "answered with a number from minimum to maximum",
}
_OUTCOME_WORDS = {
    Outcome.RECOMMENDED: "one candidate is the best",
    Outcome.TIED: "several candidates share the first rank",
    Outcome.UNDECIDED: "no rule fired",
    Outcome.INFEASIBLE: "every candidate is excluded",
}


def _ids(value: Any) -> tuple[str, ...]:
    return listed(value, identifier)


def _as_is(value: Any) -> Any:
    return value


def _criterion(value: Any) -> str:
    """The title of a criterion, which is known to rules even where its title is faulty."""
    try:
        return text(value)
    except FaultsError as error:
        raise PartlyReadError(list(error.diagnostics), "") from None


def grade(value: Any) -> Grade:
    """A rating's word."""
    return word(value, GRADE_BY_WORD, "a rating")


GRADE = choice_schema((each.word, words) for each, words in _GRADE_WORDS.items())


class ImportanceShape(Shape):
    """The multipliers of importances."""

    must = Value(weight, described=told("How much a must weighs; 4 if it is not said.", WEIGHT))
    should = Value(weight, described=told("How much a should weighs; 2 if it is not said.", WEIGHT))
    could = Value(weight, described=told("How much a could weighs; 1 if it is not said.", WEIGHT))


_IMPORTANCE = shape_schema(ImportanceShape())


class RulesetShape(Shape):
    """The section `ruleset`."""

    id = Value(identifier, required=True, described=told("The name by which the ruleset is asked.", ID))
    title = Value(text, required=True, described=told("The question that the ruleset decides.", WORDS))
    version = Value(text, required=True, described=told("Counted up when the knowledge changes.", WORDS))
    importance = Value(
        nested(ImportanceShape()),
        described=told("How much more a must weighs than a should, and that than a could.", _IMPORTANCE),
    )
    stale_after_days = Value(
        whole_number, described=told("Evidence older than so many days is marked stale in answers.", COUNT)
    )


class NeedShape(Shape):
    """One entry of `needs`."""

    noun = "a need"
    question = Value(text, required=True, described=told("The question to ask, in plain words.", WORDS))
    help = Value(text, described=told("A line that helps to answer.", WORDS))
    type = Value(
        lambda value: word(value, _NEED_TYPES, "a type of need"),
        required=True,
        described=told("How the need is answered.", choice_schema(_TYPE_WORDS.items())),
    )
    options = Value(
        entries(identifier, text, "options"),
        described=told("The answers by id, each in plain words; those of a scale in order.", entries_schema(ID, WORDS)),
    )
    minimum = Value(number, described=told("The lowest answer.", NUMBER))
    maximum = Value(number, described=told("The highest answer.", NUMBER))
    unit = Value(text, described=told("What the number counts.", WORDS))


class CandidateShape(Shape):
    """One entry of `candidates`."""

    noun = "a candidate"
    name = Value(text, required=True, described=told("What people call it.", WORDS))
    summary = Value(text, described=told("What it is, in a sentence.", WORDS))
    steward = Value(text, described=told("Who develops and maintains it.", WORDS))
    licence = Value(text, described=told("Under what terms; for software an SPDX expression.", WORDS))
    homepage = Value(address, described=told("Its web address.", ADDRESS))
    since = Value(day, described=told("The first day on which it can be chosen.", DATE))
    until = Value(day, described=told("The first day on which it can no longer be chosen.", DATE))


class EvidenceShape(Shape):
    """One entry of `evidence`."""

    noun = "a piece of evidence"
    title = Value(text, required=True, described=told("What the source is called.", WORDS))
    published = Value(day, required=True, described=told("The day on which it said so.", DATE))
    url = Value(address, described=told("Its web address.", ADDRESS))
    source = Value(text, described=told("What else identifies it, where it has no web address.", WORDS))


class RatingShape(Shape):
    """A rating written as a mapping."""

    noun = "a rating"
    rating = Value(grade, required=True, described=told("How well the candidate meets the rule.", GRADE))
    because = Value(text, described=told("Why, in a sentence or two.", WORDS))
    evidence = Value(_ids, described=told("The sources that say so.", listed_schema(EVIDENCE)))


_rating_mapping = nested(RatingShape())


def _rating(value: Any) -> dict[str, Any]:
    """One rating: a bare word, which shares its rule's reason and evidence, or a mapping."""
    if isinstance(value, Mapping):
        return {"bare": False, **_rating_mapping(value)}
    if not isinstance(value, str) or is_null(value):
        wrong_type("a rating", value, "write a word, a mapping with `rating`, or ratings by date")
    return {"bare": True, "rating": grade(value)}


def _day_key(value: Any) -> str:
    return day(value).isoformat()


def _is_day(value: Any) -> bool:
    try:
        day(value)
    except FaultsError:
        return False
    return True


_dated_ratings = entries(_day_key, _rating, "ratings by date")


def _by_day(ratings: Mapping[str, dict[str, Any]]) -> dict[date | None, dict[str, Any]]:
    return {date.fromisoformat(first): ratings[first] for first in sorted(ratings)}


def rating_history(value: Any) -> dict[date | None, dict[str, Any]]:
    """The ratings of one candidate by first day, oldest first; None for a rating without a date."""
    dated = isinstance(value, Mapping) and any(map(_DATED_KEY.match, with_text_keys(value)[0]))
    if not dated:
        try:
            return {None: _rating(value)}
        except PartlyReadError as error:
            raise PartlyReadError(list(error.diagnostics), {None: error.sound}) from None
    try:
        return _by_day(_dated_ratings(value))
    except PartlyReadError as error:
        sound = {first: rating for first, rating in error.sound.items() if _is_day(first)}
        raise PartlyReadError(list(error.diagnostics), _by_day(sound)) from None


_WHEN = {"anyOf": [CONDITION, {"type": "null"}]}


class RuleShape(Shape):
    """One entry of `rules`. `when` is read when the needs are known."""

    noun = "a rule"
    criterion = Value(identifier, required=True, described=told("The topic that it belongs to.", CRITERION))
    title = Value(text, required=True, described=told("What it is about, in a few words.", WORDS))
    when = Value(_as_is, described=told("When the rule weighs; always if it is not said.", _WHEN))
    weight = Value(weight, described=told("How much it weighs beside others; 1 if it is not said.", WEIGHT))
    veto = Value(flag, described=told("Whether `unsupported` excludes even where the need is no must.", FLAG))
    since = Value(day, described=told("The first day on which the rule stands.", DATE))
    until = Value(day, described=told("The first day on which it no longer stands.", DATE))
    because = Value(text, described=told("Why, for the ratings that are a bare word.", WORDS))
    evidence = Value(
        _ids, described=told("The sources, for the ratings that are a bare word.", listed_schema(EVIDENCE))
    )
    ratings = Value(
        entries(identifier, rating_history, "ratings by candidate"),
        required=True,
        described=told("How well each candidate meets the rule.", entries_schema(CANDIDATE, RATINGS)),
    )


def _above(value: Any) -> tuple[str, ...]:
    return (identifier(value),) if isinstance(value, str) else listed(value, identifier, empty=False)


_CANDIDATES = listed_schema(CANDIDATE)


class ExpectShape(Shape):
    """What a case expects."""

    noun = "expectations"
    outcome = Value(
        lambda value: word(value, _OUTCOMES, "an outcome"),
        described=told("What the answer comes to.", choice_schema(_OUTCOME_WORDS.items())),
    )
    recommended = Value(identifier, described=told("The candidate that is recommended, alone.", CANDIDATE))
    tied = Value(_ids, described=told("Exactly these share the first rank; none: nobody ties.", _CANDIDATES))
    fired = Value(_ids, described=told("Each of these rules fired.", listed_schema(RULE)))
    not_fired = Value(_ids, described=told("None of these rules fired.", listed_schema(RULE)))
    excluded = Value(_ids, described=told("Exactly these are excluded.", _CANDIDATES))
    above = Value(
        entries(identifier, _above, "candidates and those they rank above"),
        described=told(
            "Each of these ranks above the one beside it, or above each of a list.",
            entries_schema(CANDIDATE, {"anyOf": [CANDIDATE, listed_schema(CANDIDATE, empty=False)]}),
        ),
    )


_expectations = nested(ExpectShape())


def _some_expectation(value: Any) -> dict[str, Any]:
    found = _expectations(value)
    if not found:
        raise FaultsError([fault(Code.CASE_EXPECTS_NOTHING, "the case expects nothing")])
    return found


_SOME_CANDIDATES = listed_schema(CANDIDATE, empty=False)
_EXPECTATIONS = {**shape_schema(ExpectShape()), "minProperties": 1}


class CaseShape(Shape):
    """One entry of `cases`. `requirements` are read when the needs are known."""

    noun = "a case"
    note = Value(text, described=told("What the case is about.", WORDS))
    requirements = Value(
        _as_is, required=True, described=told("Answers by need: a value, or one with its importance.", REQUIREMENTS)
    )
    as_of = Value(day, described=told("The day asked about; today if it is not said.", DATE))
    candidates = Value(_ids, described=told("The candidates that are weighed; all if not said.", _SOME_CANDIDATES))
    expect = Value(_some_expectation, required=True, described=told("What the answer has to be.", _EXPECTATIONS))


class DocumentShape(Shape):
    """All sections."""

    noun = "a ruleset"
    ruleset = Value(nested(RulesetShape()), required=True, described=told("Who it is.", shape_schema(RulesetShape())))
    needs = Value(
        entries(need_identifier, nested(NeedShape()), "needs"),
        required=True,
        described=told("What can be asked.", entries_schema(NEED_ID, NEED)),
    )
    candidates = Value(
        entries(identifier, nested(CandidateShape()), "candidates"),
        required=True,
        described=told("What can be recommended.", entries_schema(ID, shape_schema(CandidateShape()))),
    )
    criteria = Value(
        entries(identifier, _criterion, "criteria"),
        required=True,
        described=told("The topics that group the rules for people, each with its title.", entries_schema(ID, WORDS)),
    )
    evidence = Value(
        optional(entries(identifier, nested(EvidenceShape()), "evidence", empty=True)),
        described=told("The sources of what is known.", optional_schema(entries_schema(ID, SOURCE, empty=True))),
    )
    rules = Value(
        entries(identifier, nested(RuleShape()), "rules"),
        required=True,
        described=told("What is known.", entries_schema(ID, shape_schema(RuleShape()))),
    )
    cases = Value(
        optional(entries(identifier, nested(CaseShape()), "cases", empty=True)),
        described=told(
            "What the author expects.", optional_schema(entries_schema(ID, shape_schema(CaseShape()), empty=True))
        ),
    )


DOCUMENT = DocumentShape()

_SHAPES = (DocumentShape, RulesetShape, ImportanceShape, NeedShape, CandidateShape, EvidenceShape, RuleShape)


def keys_of_format() -> dict[str, tuple[str, ...]]:
    """Every key that a ruleset may hold, by the shape it belongs to; documents are held against it."""
    shapes = (*_SHAPES, RatingShape, CaseShape, ExpectShape)
    return {shape.__name__.removesuffix("Shape").lower(): tuple(shape().fields) for shape in shapes}
