"""`steelyard schema`: what a ruleset takes, for programs and for models."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

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
    """A function in strict mode: a model that says nothing of a need says null."""
    tool = printed(run, "pets.yaml", "--for", "openai")
    assert tool["type"] == "function"
    function = tool["function"]
    assert function.keys() == {"name", "description", "parameters", "strict"}
    assert function["strict"] is True
    Draft202012Validator(function["parameters"]).validate({**PETS, "allergies": None})


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
