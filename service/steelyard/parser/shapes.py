"""The keys of a ruleset's sections and what each takes: the format of `rules/README.md`, declared."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from steelyard.diagnostics import Code, FaultsError, fault
from steelyard.model import GRADE_BY_WORD, Grade, NeedType
from steelyard.recommendation import Outcome
from steelyard.shape import (
    PartlyReadError,
    Shape,
    Value,
    address,
    day,
    entries,
    flag,
    identifier,
    is_null,
    listed,
    need_identifier,
    nested,
    number,
    optional,
    text,
    weight,
    whole_number,
    with_text_keys,
    word,
    wrong_type,
)

_DATED_KEY = re.compile(r"\d")
_NEED_TYPES = {type_.value: type_ for type_ in NeedType}
_OUTCOMES = {outcome.value: outcome for outcome in Outcome}


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


class ImportanceShape(Shape):
    """The multipliers of importances."""

    must = Value(weight)
    should = Value(weight)
    could = Value(weight)


class RulesetShape(Shape):
    """The section `ruleset`."""

    id = Value(identifier, required=True)
    title = Value(text, required=True)
    version = Value(text, required=True)
    importance = Value(nested(ImportanceShape()))
    stale_after_days = Value(whole_number)


class NeedShape(Shape):
    """One entry of `needs`."""

    noun = "a need"
    question = Value(text, required=True)
    help = Value(text)
    type = Value(lambda value: word(value, _NEED_TYPES, "a type of need"), required=True)
    options = Value(entries(identifier, text, "options"))
    minimum = Value(number)
    maximum = Value(number)
    unit = Value(text)


class CandidateShape(Shape):
    """One entry of `candidates`."""

    noun = "a candidate"
    name = Value(text, required=True)
    summary = Value(text)
    steward = Value(text)
    licence = Value(text)
    homepage = Value(address)
    since = Value(day)
    until = Value(day)


class EvidenceShape(Shape):
    """One entry of `evidence`."""

    noun = "a piece of evidence"
    title = Value(text, required=True)
    published = Value(day, required=True)
    url = Value(address)
    source = Value(text)


class RatingShape(Shape):
    """A rating written as a mapping."""

    noun = "a rating"
    rating = Value(grade, required=True)
    because = Value(text)
    evidence = Value(_ids)


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


class RuleShape(Shape):
    """One entry of `rules`. `when` is read when the needs are known."""

    noun = "a rule"
    criterion = Value(identifier, required=True)
    title = Value(text, required=True)
    when = Value(_as_is)
    weight = Value(weight)
    veto = Value(flag)
    since = Value(day)
    until = Value(day)
    because = Value(text)
    evidence = Value(_ids)
    ratings = Value(entries(identifier, rating_history, "ratings by candidate"), required=True)


def _above(value: Any) -> tuple[str, ...]:
    return (identifier(value),) if isinstance(value, str) else listed(value, identifier, empty=False)


class ExpectShape(Shape):
    """What a case expects."""

    noun = "expectations"
    outcome = Value(lambda value: word(value, _OUTCOMES, "an outcome"))
    recommended = Value(identifier)
    tied = Value(_ids)
    fired = Value(_ids)
    not_fired = Value(_ids)
    excluded = Value(_ids)
    above = Value(entries(identifier, _above, "candidates and those they rank above"))


_expectations = nested(ExpectShape())


def _some_expectation(value: Any) -> dict[str, Any]:
    found = _expectations(value)
    if not found:
        raise FaultsError([fault(Code.CASE_EXPECTS_NOTHING, "the case expects nothing")])
    return found


class CaseShape(Shape):
    """One entry of `cases`. `requirements` are read when the needs are known."""

    noun = "a case"
    note = Value(text)
    requirements = Value(_as_is, required=True)
    as_of = Value(day)
    candidates = Value(_ids)
    expect = Value(_some_expectation, required=True)


class DocumentShape(Shape):
    """All sections."""

    noun = "a ruleset"
    ruleset = Value(nested(RulesetShape()), required=True)
    needs = Value(entries(need_identifier, nested(NeedShape()), "needs"), required=True)
    candidates = Value(entries(identifier, nested(CandidateShape()), "candidates"), required=True)
    criteria = Value(entries(identifier, _criterion, "criteria"), required=True)
    evidence = Value(optional(entries(identifier, nested(EvidenceShape()), "evidence", empty=True)))
    rules = Value(entries(identifier, nested(RuleShape()), "rules"), required=True)
    cases = Value(optional(entries(identifier, nested(CaseShape()), "cases", empty=True)))


DOCUMENT = DocumentShape()

_SHAPES = (DocumentShape, RulesetShape, ImportanceShape, NeedShape, CandidateShape, EvidenceShape, RuleShape)


def keys_of_format() -> dict[str, tuple[str, ...]]:
    """Every key that a ruleset may hold, by the shape it belongs to; documents are held against it."""
    shapes = (*_SHAPES, RatingShape, CaseShape, ExpectShape)
    return {shape.__name__.removesuffix("Shape").lower(): tuple(shape().fields) for shape in shapes}
