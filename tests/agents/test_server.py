"""The server within one process: what the protocol finds beside the tools, and what it is refused."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

import anyio
import pytest
from jsonschema import Draft202012Validator
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp.types import PromptReference, ResourceTemplateReference, TextContent, TextResourceContents

from steelyard.agents import server
from steelyard.agents.served import Served, askable
from steelyard.agents.server import server_of
from steelyard.agents.tools import Offered, Told, offered
from steelyard.requirements import requirements_schema
from tests.agents.pets import HOUSE, one, pets, several


def talk(served: Served, say: Callable[[Client], Awaitable[Any]]) -> Any:
    """What comes of a talk with the server."""

    async def connected() -> Any:
        async with Client(server_of(served)) as client:
            return await say(client)

    return anyio.run(connected)


def refusal(say: Callable[[Client], Awaitable[Any]]) -> MCPError:
    """How the server refuses."""

    async def refused(client: Client) -> MCPError:
        with pytest.raises(MCPError) as caught:
            await say(client)
        return caught.value

    error = talk(one(), refused)
    assert isinstance(error, MCPError)
    return error


def read(served: Served, uri: str) -> Any:
    """The document at an address."""

    async def say(client: Client) -> Any:
        (contents,) = (await client.read_resource(uri)).contents
        assert isinstance(contents, TextResourceContents)
        assert (contents.uri, contents.mime_type) == (uri, "application/json")
        return json.loads(contents.text)

    return talk(served, say)


def prompted(served: Served, **arguments: str) -> str:
    """What the prompt says."""

    async def say(client: Client) -> str:
        (message,) = (await client.get_prompt("interview", arguments)).messages
        assert message.role == "user"
        assert isinstance(message.content, TextContent)
        return message.content.text

    return str(talk(served, say))


def test_everything_that_is_listed_can_be_read() -> None:
    """Each ruleset has four resources, and all of them are JSON."""

    async def say(client: Client) -> list[str]:
        return [each.uri for each in (await client.list_resources()).resources]

    listed = talk(several(), say)
    assert len(listed) == 1 + 4 * 2
    for uri in listed:
        assert read(several(), uri)


def test_rulesets_can_be_read() -> None:
    """What a ruleset asks, takes and knows."""
    base = "steelyard://rulesets/pets"
    described = read(one(), base)
    assert [each["id"] for each in described["needs"]] == list(pets().needs)
    assert described["digest"] == pets().digest
    schema = read(one(), f"{base}/schema")
    assert schema["$id"] == "urn:steelyard:ruleset:pets:requirements"
    assert schema["properties"].keys() == pets().needs.keys()
    first = read(one(), f"{base}/rules")["rules"][0]
    assert (first["id"], first["needs"]) == ("outdoors", ["garden", "home"])
    assert first["condition"] == "garden is yes, and home is house or farm"


def test_evidence_can_be_read() -> None:
    """A source, with every rating that rests on it and since when; and a rule with its history."""
    base = "steelyard://rulesets/pets"
    assert read(one(), f"{base}/evidence").keys() == pets().evidence.keys()
    survey = read(one(), f"{base}/evidence/survey")
    assert survey["url"] == "https://example.org/survey"
    waits = {
        "rule": "left-alone",
        "title": "Hours alone",
        "candidate": "robot",
        "since": "2020-01-01",
        "rating": "good",
        "because": "It waits.",
    }
    assert waits in survey["ratings"]
    (criterion,) = read(one(), f"{base}/rules/left-alone")["criteria"]
    assert len(criterion["rules"][0]["ratings"]["robot"]) == 2


@pytest.mark.parametrize(
    "uri",
    [
        "steelyard://rulesets/petz",
        "steelyard://rulesets/pets/needs",
        "steelyard://rulesets/pets/evidence/nothing",
        "steelyard://rulesets/pets/rules/nothing",
        "steelyard://rulesets/pets/rules/outdoors/more",
        "steelyard://rulesets/",
        "steelyard://elsewhere",
        "file:///etc/passwd",
    ],
)
def test_there_is_nothing_else(uri: str) -> None:
    """Any other address is refused with the address that was probably meant, or some that there are."""
    error = refusal(lambda client: client.read_resource(uri))
    assert error.message.startswith(f"no resource `{uri}`: ")
    assert error.data == {"uri": uri}


def test_the_prompt() -> None:
    """It names the ruleset, its candidates, the tools, and what was said of the project."""
    text = prompted(several(), ruleset="plants", project="A dark flat")
    for part in ('"plants"', "Dog, Cat and Robot", "`next_question`", "`recommend`", "A dark flat", "Which plant."):
        assert part in text
    assert '"pets"' in prompted(several())


def test_completions() -> None:
    """The names of rulesets are completed, and those of what is in them, in whatever case they are begun."""

    async def say(client: Client) -> list[list[str]]:
        evidence = ResourceTemplateReference(uri="steelyard://rulesets/{ruleset}/evidence/{evidence}")
        prompt = PromptReference(name="interview")
        found = [
            await client.complete(prompt, {"name": "ruleset", "value": "p"}),
            await client.complete(evidence, {"name": "evidence", "value": "su"}, {"ruleset": "pets"}),
            await client.complete(evidence, {"name": "rule", "value": ""}, {"ruleset": "pets"}),
            await client.complete(prompt, {"name": "project", "value": "A"}),
            await client.complete(evidence, {"name": "evidence", "value": "SUR"}, {"ruleset": "pets"}),
        ]
        return [each.completion.values for each in found]

    assert talk(several(), say) == [["pets", "plants"], ["survey"], list(pets().rules), [], ["survey"]]


def test_unknown_names_are_refused() -> None:
    """A tool, a prompt or a ruleset that is not there is refused with what was probably meant."""
    tool = refusal(lambda client: client.call_tool("recomend", {}))
    prompt = refusal(lambda client: client.get_prompt("interviews"))
    ruleset = refusal(lambda client: client.get_prompt("interview", {"ruleset": "petz"}))
    assert tool.message == "no tool `recomend`: did you mean `recommend`?"
    assert prompt.message == "no prompt `interviews`: did you mean `interview`?"
    assert ruleset.message == "no ruleset `petz` is served here: did you mean `pets`?"


def test_a_fault_of_ours_tells_an_id(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """It is an answer that tells an id and nothing else; the log has the rest under it."""

    def fail(*_: Any) -> Told:
        raise RuntimeError("a secret")

    def broken(served: Served) -> dict[str, Offered]:
        tools = offered(served)
        return {name: replace(each, tool=replace(each.tool, run=fail)) for name, each in tools.items()}

    monkeypatch.setattr(server, "offered", broken)
    with caplog.at_level(logging.ERROR):
        result = talk(one(), lambda client: client.call_tool("recommend", HOUSE))
    (content,) = result.content
    assert result.is_error
    assert "secret" not in content.text + json.dumps(result.meta)
    assert result.structured_content is None
    assert result.meta["steelyard/errors"] == [{"code": "internal", "detail": content.text}]
    id_ = content.text.removesuffix(".").split()[-1]
    assert [id_ in record.message for record in caplog.records] == [True]
    assert "a secret" in caplog.text


SOUND: Mapping[str, dict[str, Any]] = {
    "list_rulesets": {},
    "get_needs": {},
    "recommend": HOUSE,
    "explain": HOUSE,
    "compare": {**HOUSE, "compare": ["dog", "cat"]},
    "next_question": {},
}


@pytest.mark.parametrize("name", SOUND)
def test_only_answers_have_structured_content(name: str) -> None:
    """An answer is what the tool's schema says. A fault is a text, and data beside it that no schema is about."""

    async def say(client: Client) -> Any:
        schemas = {tool.name: tool.output_schema for tool in (await client.list_tools()).tools}
        return schemas, await client.call_tool(name, SOUND[name]), await client.call_tool(name, {"petz": 1})

    schemas, sound, faulty = talk(one(), say)
    assert schemas.keys() == SOUND.keys()
    assert not sound.is_error
    Draft202012Validator(schemas[name]).validate(sound.structured_content)
    assert not {"steelyard/errors", "steelyard/left_out"} & (sound.meta or {}).keys()
    assert faulty.is_error
    assert faulty.structured_content is None
    assert "- /petz: unknown key `petz`" in faulty.content[0].text
    assert "/petz" in [each["pointer"] for each in faulty.meta["steelyard/errors"]]
    assert faulty.meta["steelyard/left_out"] == 0


def test_titles_of_resources() -> None:
    """A title is a sentence before the next begins."""

    async def say(client: Client) -> list[str | None]:
        return [each.title for each in (await client.list_resources()).resources]

    titles = talk(several(), say)
    assert "Which plant. What it takes" in titles
    assert "Which pet? What it knows" in titles


def test_hints() -> None:
    """Clients are told that no tool changes anything, so that they need not ask before each call."""

    async def say(client: Client) -> Any:
        return (await client.list_tools()).tools

    for tool in talk(one(), say):
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert tool.annotations.open_world_hint is False
        assert tool.title
        assert tool.description


def test_the_schema_is_that_of_http() -> None:
    """The schema that is read is the one that a service tells."""
    assert read(one(), "steelyard://rulesets/pets/schema") == requirements_schema(askable(pets()))
