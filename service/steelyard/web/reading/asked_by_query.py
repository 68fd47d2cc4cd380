"""A request in the query of an address: `?deployment=production&targets=android,ios&must=targets`."""

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from steelyard.diagnostics import Code, Diagnostic, fault, quote
from steelyard.model import Importance, Need, NeedType
from steelyard.reader import PlainText
from steelyard.web.reading.queries import repeated

_NAMES = ("ruleset", "stack")
_TEXTS = (*_NAMES, "as_of")
_LISTS = ("candidates", "explain", "compare")
_IMPORTANCES = tuple(importance.value for importance in Importance)

Query = MultiDict[str, str]


def named_in(query: Query) -> dict[str, Any]:
    """A request that says no more than the query does of what is to be asked."""
    return {"requirements": {}, **{key: query[key] for key in _NAMES if key in query}}


def request_in(query: Query, needs: Mapping[str, Need]) -> tuple[dict[str, Any], list[Diagnostic]]:
    """The request that a query makes, as it would be posted.

    A key that no request has is taken for a need. Lists are written with commas, or as a key that is repeated.

    Args:
        query: the query.
        needs: the needs of what is asked, by which an answer is a list or a single value.

    Returns:
        The request, and what is wrong with the query itself.
    """
    texts: dict[str, Any] = {}
    lists = {key: _items(query.getlist(key)) for key in _LISTS if key in query}
    requirements: dict[str, Any] = {}
    faults: list[Diagnostic] = []
    for key, values in query.lists():
        if key in _LISTS or key in _IMPORTANCES:
            continue
        path = (key,) if key in _TEXTS else ("requirements", key)
        if key in needs and needs[key].type is NeedType.CHOICES:
            requirements[key] = _items(values)
            continue
        if len(values) > 1:
            faults.append(repeated(key, values, path))
        (texts if key in _TEXTS else requirements)[key] = PlainText(values[0].strip())
    faults += _weigh(query, requirements)
    return {**texts, **lists, "requirements": requirements}, faults


def _weigh(query: Query, requirements: dict[str, Any]) -> list[Diagnostic]:
    """Gives the requirements the importance that the query says; what is weighed twice is a fault."""
    faults = []
    weighed: set[str] = set()
    for importance in _IMPORTANCES:
        for need in _items(query.getlist(importance)):
            if need in weighed:
                path = ("requirements", need, "importance")
                faults.append(fault(Code.VALUE_REPEATED, f"the importance of {quote(need)} is given twice", path))
                continue
            weighed.add(need)
            answer = {"value": requirements[need]} if need in requirements else {}
            requirements[need] = {**answer, "importance": importance}
    return faults


def _items(values: Sequence[str]) -> list[str]:
    return [PlainText(item.strip()) for value in values if value.strip() for item in value.split(",")]
