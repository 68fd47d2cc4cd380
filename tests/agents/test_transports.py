"""Real processes, talked to by the SDK's own client: over standard input and output, and over HTTP."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal

import anyio
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.types import TextContent

import steelyard
from tests.agents.pets import AS_OF
from tests.cli.conftest import RULESET
from tests.web.serving import HOST, PATIENCE, Server, free_port, wait_until

Era = Literal["auto", "legacy"]
ERAS: tuple[Era, ...] = ("auto", "legacy")
ASKED = {"as_of": AS_OF, "requirements": {"garden": True}}
HELLO = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "a test", "version": "1"},
}


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ruleset in a file."""
    path = tmp_path_factory.mktemp("rules") / "pets.yaml"
    path.write_text(RULESET, encoding="utf-8")
    return path


@contextmanager
def http_server(folder: Path, *arguments: str | Path) -> Iterator[Server]:
    """A server that listens on this machine, for as long as the block lasts."""
    port, log = free_port(), folder / "server.log"
    command = [sys.executable, "-m", "steelyard", "mcp", "--transport", "http", "--host", HOST, "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen([*command, *arguments], stdout=output, stderr=output)
    running = Server(process, port, log)
    try:
        wait_until(running.listens, running)
        yield running
    finally:
        process.kill()
        process.wait(PATIENCE)


@pytest.fixture(scope="module")
def served(rules: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the ruleset over HTTP."""
    with http_server(tmp_path_factory.mktemp("served"), rules) as running:
        yield running


def over(transport: str, rules: Path, served: Server) -> StdioServerParameters | str:
    """How the client finds the server."""
    if transport == "http":
        return f"http://{HOST}:{served.port}/mcp"
    return StdioServerParameters(
        command=sys.executable, args=["-m", "steelyard", "mcp", str(rules)], env=dict(os.environ)
    )


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("transport", ["stdio", "http"])
def test_a_whole_talk(transport: str, era: Era, rules: Path, served: Server) -> None:
    """A client of the protocol of today, or of before, lists, asks, errs, corrects itself, reads and is prompted."""

    async def talk() -> None:
        async with Client(over(transport, rules, served), mode=era, read_timeout_seconds=PATIENCE) as client:
            assert client.server_info is not None
            assert client.server_info.name == "steelyard"
            assert "next_question" in (client.instructions or "")
            names = [tool.name for tool in (await client.list_tools()).tools]
            assert names == ["list_rulesets", "get_needs", "recommend", "explain", "compare", "next_question"]

            faulty = await client.call_tool("recommend", {"requirements": {"gardn": True}})
            assert faulty.is_error
            assert faulty.structured_content is None
            assert faulty.meta is not None
            assert faulty.meta["steelyard/errors"][0]["help"] == "did you mean `garden`?"

            # The client holds what it gets to the schema that it was told.
            asked = await client.call_tool("next_question", {"as_of": AS_OF, "requirements": {}})
            assert asked.structured_content["question"]["need"] in ("garden", "hours")
            answer = await client.call_tool("recommend", {**ASKED, "detail": "full"})
            expected = steelyard.load(rules).answer(ASKED)
            assert answer.structured_content == json.loads(expected.to_json())
            (content,) = answer.content
            assert isinstance(content, TextContent)
            assert content.text == expected.to_markdown()
            for name, more in (("explain", {}), ("compare", {"compare": ["dog", "cat"]})):
                assert not (await client.call_tool(name, {**ASKED, **more})).is_error

            assert len((await client.list_resources()).resources) == 5
            assert (await client.read_resource("steelyard://rulesets/pets/evidence/survey")).contents
            assert (await client.get_prompt("interview", {})).messages

    anyio.run(talk)


def started(rules: Path) -> subprocess.Popen[bytes]:
    """A server over standard input and output."""
    command = [sys.executable, "-m", "steelyard", "mcp", str(rules)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def lines(*messages: dict[str, Any]) -> bytes:
    """Messages as they are sent."""
    return b"".join(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n" for message in messages)


def test_what_was_asked_is_answered_before_the_end(rules: Path) -> None:
    """A client may close its side as soon as it has asked; nothing but the protocol is written to standard output."""
    asked = lines(
        {"id": 1, "method": "initialize", "params": HELLO},
        {"method": "notifications/initialized"},
        {"id": 2, "method": "tools/call", "params": {"name": "recommend", "arguments": ASKED}},
        {"id": 3, "method": "tools/call", "params": {"name": "recommend", "arguments": {}}},
    )
    with started(rules) as process:
        out, err = process.communicate(asked, timeout=PATIENCE)
    answers = {message["id"]: message for message in map(json.loads, out.splitlines())}
    assert answers.keys() == {1, 2, 3}
    assert answers[2]["result"]["structuredContent"]["recommended"]["candidate"] == "dog"
    assert answers[3]["result"]["isError"] is True
    assert "structuredContent" not in answers[3]["result"]
    assert answers[3]["result"]["_meta"]["steelyard/errors"]
    assert (process.returncode, err) == (0, b"")


def test_what_is_no_message_does_not_end_it(rules: Path) -> None:
    """A line that is not JSON, or nothing of the protocol, leaves the server able to answer the next."""
    asked = b"no JSON\n[]\n{}\n\xff\xfe\n" + lines({"id": 1, "method": "initialize", "params": HELLO})
    with started(rules) as process:
        out, _ = process.communicate(asked, timeout=PATIENCE)
    messages = list(map(json.loads, out.splitlines()))
    assert "serverInfo" in messages[-1]["result"]
    assert process.returncode == 0


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_signals_end_it(number: signal.Signals, code: int, rules: Path) -> None:
    """It leaves at once, though its input is still open."""
    with started(rules) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(lines({"id": 1, "method": "initialize", "params": HELLO}))
        process.stdin.flush()
        assert process.stdout.readline()
        process.send_signal(number)
        assert process.wait(PATIENCE) == code


def test_a_signal_ends_the_http_server(rules: Path, tmp_path: Path) -> None:
    """SIGTERM ends it without a fault, and its log says where it listened and nothing of what was asked."""
    with http_server(tmp_path, rules) as running:

        async def talk() -> None:
            async with Client(f"http://{HOST}:{running.port}/mcp", read_timeout_seconds=PATIENCE) as client:
                assert not (await client.call_tool("recommend", ASKED)).is_error

        anyio.run(talk)
        running.signal(signal.SIGTERM)
        assert running.exit_code() == 0
        (line,) = running.said().splitlines()
    assert line.endswith(f"listening on http://{HOST}:{running.port}/mcp")


def posted(served: Server, **headers: str) -> int:
    """The status of a post with the headers."""
    body = lines({"id": 1, "method": "initialize", "params": HELLO})
    accept = "application/json, text/event-stream"
    with closing(served.client()) as connection:
        connection.request("POST", "/mcp", body, {"Content-Type": "application/json", "Accept": accept, **headers})
        return connection.getresponse().status


def test_pages_cannot_reach_it(served: Server, rules: Path, tmp_path: Path) -> None:
    """A page that has its own name resolved to this machine is refused, and so is a page of another origin."""
    assert posted(served) == 200
    assert posted(served, Host=f"localhost:{served.port}") == 200
    assert posted(served, Host="evil.example") == 421
    assert posted(served, Host=f"127.0.0.1.evil.example:{served.port}") == 421
    assert posted(served, Origin="http://evil.example") == 403
    assert posted(served, Origin=f"http://localhost:{served.port}") == 200
    with http_server(tmp_path, rules, "--allowed-host", "rules.example") as running:
        assert posted(running, Host="rules.example") == 200
        assert posted(running, Host="evil.example") == 421
