"""Which ruleset a request asks."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from steelyard.api import Ruleset
from steelyard.diagnostics import Code, Diagnostic, fault, quote, suggestion
from steelyard.requirements import RequestError, RequestReader, wanted_ruleset
from steelyard.web.shelf import Shelf

_NO_RULESET = RequestReader({}, {})


def chosen_ruleset(shelf: Shelf, data: Any) -> Ruleset:
    """The ruleset that the request names, or else the default.

    Raises:
        RequestError: there is no such ruleset. Told with it is every fault that shows without a ruleset.
    """
    if not isinstance(data, Mapping) or "ruleset" not in data:
        return shelf.default
    named = wanted_ruleset(data)
    ruleset = shelf.rulesets.get(named) if named is not None else None
    if ruleset is not None:
        return ruleset
    faults = _faults_of_the_rest(data)
    if named is not None and not any(each.path == ("ruleset",) for each in faults):
        faults.append(unknown_ruleset(shelf, named, ("ruleset",)))
    raise RequestError(faults)


def unknown_ruleset(shelf: Shelf, named: str, path: tuple[str, ...] = ()) -> Diagnostic:
    """The fault of a ruleset that is not there."""
    message = f"no ruleset {quote(named)} is served"
    return fault(Code.REQUEST_UNKNOWN_RULESET, message, path, help=suggestion(named, shelf.rulesets))


def _faults_of_the_rest(data: Mapping[Any, Any]) -> list[Diagnostic]:
    """The faults of a request, but for needs and candidates, of which only a ruleset could say whether they exist."""
    answers = data.get("requirements")
    request = {**data, "requirements": {}} if isinstance(answers, Mapping) else data
    try:
        _NO_RULESET.read(request, datetime.now(UTC).date())
    except RequestError as error:
        return [each for each in error.diagnostics if each.code is not Code.REQUEST_UNKNOWN_CANDIDATE]
    return []
