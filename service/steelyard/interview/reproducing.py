"""What gives the same answer again: a command, and a file of requirements."""

import shlex
from collections.abc import Iterator

import yaml

from steelyard.interview.state import Interview
from steelyard.model import Importance, NeedType, Requirement
from steelyard.render.layout import harmless

_ENDLESS = 10**9


def recommend_command(interview: Interview, name: str) -> str:
    """The command that gives the recommendation for what was said, on any day.

    Args:
        interview: what was said.
        name: the ruleset's id or path, as it was typed.
    """
    words = ["steelyard", "recommend", "--ruleset", name, "--as-of", interview.as_of.isoformat()]
    return shlex.join([*words, *_options(interview)])


def ask_command(interview: Interview, name: str, *, dated: bool, save: str | None = None) -> str:
    """The command that goes on where the interview stands.

    Args:
        interview: what was said.
        name: the ruleset's id or path, as it was typed.
        dated: whether the day was asked for; otherwise it goes on with the knowledge of its own day.
        save: the file to save the requirements in, if one was named.
    """
    # A name that looks like an option is told from one by what stands before it.
    words = ["steelyard", "ask"]
    words += ["--as-of", interview.as_of.isoformat()] if dated else []
    words += _options(interview)
    words += [word for need in interview.ruleset.needs if need in interview.not_known for word in ("--skip", need)]
    words += ["--save", save] if save is not None else []
    return shlex.join([*words, *(["--"] if name.startswith("-") else []), name])


def requirements_text(interview: Interview, name: str, *, dated: bool = True) -> str:
    """What was said as a file that `steelyard recommend` takes, with the questions as comments.

    Args:
        interview: what was said.
        name: the ruleset's id, or its path as the file is to call it.
        dated: whether the file asks about the day of the interview; otherwise it asks about its own day each time.
    """
    needs = interview.ruleset.needs
    lines = [f"# {harmless(interview.ruleset.title)}", _flow({"ruleset": name})]
    if dated:
        lines += ["# Without this line, what is known on the day of asking counts.", f"as_of: {interview.as_of}"]
    if interview.candidates is not None:
        lines.append(_flow({"candidates": list(interview.candidates)}))
    lines.append("requirements:" if interview.requirements else "requirements: {}")
    for need, stated in interview.requirements.items():
        lines += [f"  # {harmless(needs[need].question)}", f"  {_flow({need: dict(stated)})}"]
    return "\n".join(lines) + "\n"


def _options(interview: Interview) -> Iterator[str]:
    for need, requirement in interview.said.items():
        yield from ("--need", f"{need}={_typed(interview, need, requirement)}")
    for importance in (Importance.MUST, Importance.COULD):
        for need, requirement in interview.said.items():
            if requirement.importance is importance:
                yield from (f"--{importance.value}", need)
    for candidate in interview.candidates or ():
        yield from ("--candidate", candidate)


def _typed(interview: Interview, need: str, requirement: Requirement) -> str:
    declared = interview.ruleset.needs[need]
    stated = declared.stated(requirement.value)
    if isinstance(stated, list):
        return ",".join(stated)
    if declared.type is NeedType.FLAG:
        return "yes" if stated else "no"
    return str(stated)


def _flow(entry: dict[str, object]) -> str:
    """The entry on one line."""
    whole = yaml.safe_dump(entry, default_flow_style=True, sort_keys=False, allow_unicode=True, width=_ENDLESS)
    return whole.strip().removeprefix("{").removesuffix("}")
