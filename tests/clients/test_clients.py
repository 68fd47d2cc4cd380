"""Clients that are generated from the description of a live service, and are all that a program needs to ask it."""

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import steelyard
from tests.clients import python, typescript
from tests.clients.conftest import Described

pytestmark = pytest.mark.xdist_group("clients")


class Clients:
    """The client in each language, made when it is first asked for."""

    def __init__(self, service: Described, home: Path) -> None:
        """Begins with none, in an empty folder."""
        self._service = service
        self._home = home
        self._told: dict[ModuleType, Any] = {}

    def folder(self, language: ModuleType) -> Path:
        """A folder with the generated client."""
        made = self._home / language.__name__
        if not made.is_dir():
            made.mkdir()
            language.generate(self._service, made)
        return made

    def told(self, language: ModuleType) -> Any:
        """What a program, whose types were checked, got by the client."""
        if language not in self._told:
            self._told[language] = json.loads(language.ask(self._service, self.folder(language)))
        return self._told[language]


@pytest.fixture(scope="module")
def clients(service: Described, tmp_path_factory: pytest.TempPathFactory) -> Clients:
    """Clients of the service."""
    return Clients(service, tmp_path_factory.mktemp("clients"))


@pytest.mark.parametrize("language", [typescript, python], ids=["typescript", "python"])
def test_it_is_told_the_truth(clients: Clients, language: ModuleType) -> None:
    """Every answer that the client gets is the one that Python gets, whole and unchanged."""
    printed = clients.told(language)
    ruleset = steelyard.load()
    asked = {"targets": {"value": ["android"], "importance": "must"}, "model_kinds": ["recurrent"]}
    answer = ruleset.recommend(asked, as_of="2026-11-25", explain=["questions", "changes"])
    assert printed["answer"] == answer.to_dict()
    assert printed["ruleset"] == ruleset.id
    assert printed["needs"] == list(ruleset.needs)
    assert sorted(printed["rules"]) == sorted(ruleset.rules)
    assert printed["question"] == printed["answer"]["questions"][0]["question"]
    assert printed["change"] == printed["answer"]["changes"][0]["steps"][0]["need"]
    assert printed["kept"] == printed["answer"]["recommended"]["candidate"]
    rated = {reason["rating"] for ranked in printed["answer"]["ranking"] for reason in ranked["reasons"]}
    assert printed["grades"] == sorted(rated)
    stack = steelyard.load_stack("deep-learning").recommend({"targets": ["browser"]})
    assert printed["stack"] == ",".join(f"{part}: {winner(told)}" for part, told in stack.parts.items())
    query = {"model_kinds": ["recurrent"], "stage": {"value": "production", "importance": "must"}}
    found = ruleset.recommend(query, as_of="2026-11-25", candidates=["pytorch", "tensorflow"])
    assert printed["query"] == winner(found)
    assert printed["many"] == [winner(answer), "/requirements/targte: request/unknown-need"]
    assert printed["ready"] == "ready"


def winner(answer: steelyard.Answer) -> str:
    """Who is recommended."""
    assert answer.recommended is not None
    return answer.recommended.candidate


@pytest.mark.parametrize("language", [typescript, python], ids=["typescript", "python"])
def test_it_is_told_what_is_wrong(clients: Clients, language: ModuleType) -> None:
    """A problem has a type too, so that a program can point to the field and say what was probably meant."""
    refused = clients.told(language)["refused"]
    assert refused["status"] == 422
    (fault,) = refused["problem"]["errors"]
    assert (fault["pointer"], fault["help"]) == ("/requirements/stage", "did you mean `production`?")


def test_an_answer_that_the_client_has(clients: Clients) -> None:
    """A client that shows the entity tag is told that its answer still holds."""
    assert clients.told(typescript)["status"] == 304


def test_what_is_not_described_does_not_compile(clients: Clients) -> None:
    """Misspelt keys, words that are none and forgotten nulls are faults for the compiler."""
    wrong = """\
import type { components } from "./steelyard.js";
type Schemas = components["schemas"];
export const importance: Schemas["Importance"] = "shall";
export const request: Schemas["Request"] = { requirements: {}, candidate: [] };
export const winner = (answer: Schemas["Recommendation"]): string => answer.recommended.candidate;
export const grade = (reason: Schemas["Reason"]): string => reason.rating;
"""
    complaints = [
        line for line in typescript.compiled(wrong, clients.folder(typescript)) if line.startswith("program.ts")
    ]
    assert [line.partition("(")[2].partition(",")[0] for line in complaints] == ["3", "4", "5", "6"], complaints


def test_what_is_not_described_has_the_wrong_type(clients: Clients) -> None:
    """The same in Python."""
    wrong = """\
from steelyard_client.models import Importance, Reason, Recommendation, Request, RequestRequirements
importance = Importance.SHALL
request = Request(RequestRequirements(), candidate=[])
def winner(answer: Recommendation) -> str: return answer.recommended.candidate
def grade(reason: Reason) -> str: return reason.rating.value
"""
    faults = python.faults_of_types(wrong, clients.folder(python))
    assert sorted({fault.partition(":")[0] for fault in faults}) == ["2", "3", "4", "5"], faults


def test_nothing_is_left_out(service: Described, clients: Clients) -> None:
    """Every operation has a function, and nothing of the description was passed over but the other form of a batch."""
    folder = clients.folder(python)
    document = json.loads(service.description.read_text(encoding="utf-8"))
    operations = [told for path in document["paths"].values() for told in path.values()]
    described = {f"{told['tags'][0].lower()}/{told['operationId']}.py" for told in operations}
    made = folder / python.PACKAGE / "api"
    functions = {f"{path.parent.name}/{path.name}" for path in made.glob("*/*.py") if path.name != "__init__.py"}
    assert functions == described
    assert (folder / "warnings").read_text(encoding="utf-8").splitlines() == [
        "WARNING parsing POST /v1/recommendations/batch within recommendations.",
        "Unsupported content type application/x-ndjson",
    ]
