"""`steelyard schema`: what a ruleset takes, for programs and for models."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import steelyard
from tests.cli.conftest import Steelyard

PETS = {"garden": True, "hours": 7}


def printed(run: Steelyard, *arguments: str) -> dict[str, Any]:
    """The document that is printed."""
    result = run("schema", *arguments)
    assert result.exit_code == 0, result.output
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def test_json_schema(run: Steelyard) -> None:
    """Without options it is the schema of the requirements that the service tells too."""
    schema = printed(run, "pets.yaml")
    assert schema["$id"] == "urn:steelyard:ruleset:pets:requirements"
    Draft202012Validator(schema).validate(PETS)
    whole = printed(run, "pets.yaml", "--of", "request")
    Draft202012Validator(whole).validate({"ruleset": "pets", "requirements": PETS})


def test_the_default_is_described(run: Steelyard) -> None:
    """Without a ruleset it is that which every command asks."""
    assert printed(run)["$id"] == "urn:steelyard:ruleset:deep-learning-frameworks:requirements"


def test_openai(run: Steelyard) -> None:
    """A function whose arguments are what a ruleset recommends by, as they come."""
    tool = printed(run, "pets.yaml", "--for", "openai")
    assert tool["type"] == "function"
    function = tool["function"]
    assert function.keys() == {"name", "description", "parameters", "strict"}
    assert function["strict"] is False
    assert "null" not in json.dumps(function)
    Draft202012Validator(function["parameters"]).validate(PETS)
    assert steelyard.load(run.rules).recommend(PETS).recommended


def test_openai_strictly(run: Steelyard) -> None:
    """In strict mode a model that says nothing of a need says null, and is told so."""
    function = printed(run, "pets.yaml", "--for", "openai", "--strict")["function"]
    assert function["strict"] is True
    assert function["description"].endswith("What is not known is null.")
    takes = Draft202012Validator(function["parameters"])
    assert not takes.is_valid(PETS)
    takes.validate({**dict.fromkeys(function["parameters"]["properties"]), **PETS})
    assert "Leave the nulls out" in " ".join(run("schema", "--help").stdout.split())


@pytest.mark.parametrize("reader", [(), ("--for", "json-schema"), ("--for", "anthropic")])
def test_only_openai_is_strict(run: Steelyard, reader: Sequence[str]) -> None:
    """Nobody else has such a mode."""
    result = run("schema", "pets.yaml", *reader, "--strict")
    assert result.exit_code == 2
    assert "--strict goes with --for openai" in result.stderr


def test_what_is_too_large_to_be_strict(run: Steelyard) -> None:
    """It is refused rather than described otherwise than was asked."""
    options = {f"option-{number}": f"Option {number}" for number in range(1001)}
    many = json.dumps({"question": "Which?", "type": "choice", "options": options})
    run.write("large.yaml", run.rules.read_text(encoding="utf-8").replace("needs:\n", f"needs:\n  many: {many}\n"))
    result = run("schema", "large.yaml", "--for", "openai", "--strict")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "recommend_pets is too large for strict mode; leave out --strict" in result.stderr
    assert printed(run, "large.yaml", "--for", "openai")["function"]["strict"] is False


def test_anthropic(run: Steelyard) -> None:
    """A tool whose input is the request."""
    tool = printed(run, "pets.yaml", "--for", "anthropic", "--of", "request")
    assert tool.keys() == {"name", "description", "input_schema"}
    assert tool["name"] == "recommend_pets"
    Draft202012Validator(tool["input_schema"]).validate({"requirements": PETS})


@pytest.mark.parametrize("reader", ["json-schema", "openai", "anthropic"])
def test_stacks(run: Steelyard, reader: str) -> None:
    """A stack is described like a ruleset; only one of both is."""
    assert "deep-learning" in json.dumps(printed(run, "--stack", "deep-learning", "--for", reader, "--of", "request"))
    assert run("schema", "pets.yaml", "--stack", "deep-learning").exit_code == 2
