"""What a ruleset takes, as the definition of a function that a language model may call."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from steelyard.agents.parameters import Schema, is_within_limits, parameters_of, sentence, strict
from steelyard.recommendation import counted
from steelyard.requirements import Askable, request_schema, requirements_schema

Whole = Literal["requirements", "request"]
"""What the arguments of a call are: the requirements, or a whole request."""

SCHEMAS: Mapping[Whole, Callable[[Askable], Schema]] = {
    "requirements": requirements_schema,
    "request": request_schema,
}

_LONGEST_NAME = 64
_MOST_NAMES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function that a model may call.

    Attributes:
        name: its name, of at most 64 letters, digits and underscores.
        description: when to call it, and with what.
        parameters: its parameters as JSON Schema.
    """

    name: str
    description: str
    parameters: Mapping[str, Any] = field(hash=False)

    def for_openai(self) -> dict[str, Any]:
        """The function as OpenAI takes it: in strict mode, where everything unsaid is null, if it is not too large."""
        strictly = strict(self.parameters)
        is_strict = is_within_limits(strictly)
        function = {
            "name": self.name,
            "description": f"{self.description} What is not known is null." if is_strict else self.description,
            "parameters": strictly if is_strict else dict(self.parameters),
            "strict": is_strict,
        }
        return {"type": "function", "function": function}

    def for_anthropic(self) -> dict[str, Any]:
        """The function as Anthropic takes it."""
        return {"name": self.name, "description": self.description, "input_schema": dict(self.parameters)}


def function_of(asked: Askable, of: Whole = "requirements") -> Function:
    """The function that recommends by a ruleset or a stack.

    Args:
        asked: the ruleset or the stack.
        of: what the arguments of a call are.
    """
    name = re.sub(r"[^a-z0-9]+", "_", f"recommend_{asked.id}")[:_LONGEST_NAME]
    return Function(name=name, description=_description(asked), parameters=parameters_of(SCHEMAS[of](asked)))


def _description(asked: Askable) -> str:
    names = [candidate.name for group in asked.rivals for candidate in group.values()]
    more = len(names) - _MOST_NAMES
    told = [*names[:_MOST_NAMES], *([f"{more} more"] if more > 0 else [])]
    return (
        f"{sentence(asked.title)} Weighs {counted(len(names), 'candidate')} ({', '.join(told)}) against what a project "
        "needs, and names the one that fits best, with a reason, a source and a date behind every point. Call it when "
        "somebody is to choose among them. Answer only what is known of the project, and leave out the rest; say "
        "`must` only of what the project cannot do without."
    )
