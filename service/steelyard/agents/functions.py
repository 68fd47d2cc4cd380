"""What a ruleset takes, as the definition of a function that a language model may call."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from steelyard.agents.parameters import is_within_limits, parameters_of, sentence, strictly
from steelyard.recommendation import counted
from steelyard.requirements import SCHEMAS, Askable, Whole

_LONGEST_NAME = 64
_MOST_NAMES = 12


class TooLargeError(ValueError):
    """A function is larger than strict mode takes."""


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

    def for_openai(self, *, strict: bool = False) -> dict[str, Any]:
        """The function as OpenAI takes it.

        Args:
            strict: whether a model is held to the parameters, so that everything unsaid is null. Whoever takes such
                arguments for a request has to leave the nulls out; others can be passed on as they are.

        Raises:
            TooLargeError: the parameters are too large for strict mode.
        """
        parameters = strictly(self.parameters) if strict else dict(self.parameters)
        if strict and not is_within_limits(parameters):
            raise TooLargeError(f"{self.name} is too large for strict mode")
        function = {
            "name": self.name,
            "description": f"{self.description} What is not known is null." if strict else self.description,
            "parameters": parameters,
            "strict": strict,
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
