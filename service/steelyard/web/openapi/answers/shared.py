"""What answers and requests have in common, described once each, so that a generated client has one type for it."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from steelyard.model import Grade, Importance, NeedType, Topic
from steelyard.recommendation import Outcome
from steelyard.requirements import requirement_schema

Name = Literal["Grade", "Importance", "NeedType", "Outcome", "Topic", "Value"]


def _words(words: Iterable[str], about: str) -> dict[str, Any]:
    return {"description": about, "type": "string", "enum": list(words)}


SHARED: Mapping[str, dict[str, Any]] = {
    "Grade": _words((each.word for each in Grade), "How well a candidate serves a need, the best first."),
    "Importance": _words((each.value for each in Importance), "How much an answer to a need matters."),
    "NeedType": _words((each.value for each in NeedType), "How a need is answered."),
    "Outcome": _words((each.value for each in Outcome), "What an answer comes to."),
    "Topic": _words((each.value for each in Topic), "What can be explained beside the answer itself."),
    "Value": requirement_schema()["properties"]["value"],
}


def reference(name: str) -> dict[str, str]:
    """What stands where a component is meant."""
    return {"$ref": f"#/components/schemas/{name}"}
