"""The same answer elsewhere: as an address, as commands and programs, and as files."""

import json
from dataclasses import dataclass, replace
from pprint import pformat
from shlex import quote

from steelyard.api import Answer, Ruleset, StackAnswer
from steelyard.interview import Interview, recommend_command, requirements_text
from steelyard.web.pages.project import Project, written
from steelyard.web.pages.rendering import Place

_WIDTH = 88


@dataclass(frozen=True, slots=True)
class Copy:
    """A text to copy: what it is, and itself."""

    id: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Download:
    """A file to fetch: what it is, and its address."""

    label: str
    address: str


def copies(
    project: Project, answer: Answer | StackAnswer, place: Place, *, interview: Interview | None
) -> tuple[Copy, ...]:
    """The texts that give the same answer again, on any day."""
    dated = replace(project, as_of=answer.as_of)
    kind = "ruleset" if isinstance(project.asked, Ruleset) else "stack"
    request = {kind: project.asked.id, **dated.request}
    link = f"{place.origin}{place.home}{dated.address}"
    posted = quote(json.dumps(request, ensure_ascii=False))
    curl = f"curl --json {posted} \\\n  {place.origin}{place.root}/v1/recommendations"
    found = [Copy("link", "Link", link), *([Copy("curl", "curl", curl)] if place.has_api else [])]
    found.append(Copy("python", "Python", _python(dated, kind)))
    if interview is not None:
        found += [
            Copy("command", "Command line", recommend_command(interview, project.asked.id)),
            Copy("yaml", "YAML", requirements_text(interview, project.asked.id)),
        ]
    return tuple(found)


def downloads(project: Project, answer: Answer | StackAnswer, place: Place) -> tuple[Download, ...]:
    """The files that tell the answer."""
    query = written(replace(project, as_of=answer.as_of).query_of_request)
    files = {"Decision record": "decision.md", "Chart": "ranking.svg", "JSON": "recommendation.json"}
    if isinstance(answer, StackAnswer):
        del files["Chart"]
    return tuple(Download(label, f"{place.root}/downloads/{name}{query}") for label, name in files.items())


def _python(project: Project, kind: str) -> str:
    load = "load" if kind == "ruleset" else "load_stack"
    bare = {
        need: stated["value"] if stated["importance"] == "should" else dict(stated)
        for need, stated in project.requirements.items()
    }
    told = pformat(bare, width=_WIDTH, sort_dicts=False)
    candidates = f"    candidates={[*project.candidates]!r},\n" if project.candidates else ""
    indented = told.replace("\n", "\n    ")
    return (
        "import steelyard\n\n"
        f'asked = steelyard.{load}("{project.asked.id}")\n'
        f"answer = asked.recommend(\n    {indented},\n"
        f'    as_of="{project.as_of}",\n{candidates})\n'
        "print(answer.summary)\n"
    )
