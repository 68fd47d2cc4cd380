"""`steelyard mcp`, as far as nobody talks to it: what it is given, and what it lacks."""

import socket
import sys

import pytest

import steelyard
from tests.cli.conftest import Steelyard


def test_without_the_extra(run: Steelyard, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the SDK the command says what to install."""
    for name in [name for name in sys.modules if name.startswith("steelyard.agents")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr(steelyard, "agents", raising=False)
    for name in [name for name in sys.modules if name.partition(".")[0] in ("mcp", "mcp_types")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    result = run("mcp", "pets.yaml")
    assert result.exit_code == 2
    assert 'pip install "steelyard[mcp]"' in result.stderr


def test_every_faulty_ruleset_is_told(run: Steelyard) -> None:
    """Nothing is served while something is faulty; all of it is told."""
    run.write("broken.yaml", "ruleset: {id: broken}\n")
    result = run("mcp", "deep-learning-framework", "broken.yaml", "pets.yaml")
    assert result.exit_code == 2
    assert "did you mean `deep-learning-frameworks`?" in result.stderr
    assert "broken.yaml:1:" in result.stderr
    assert result.stdout == ""


def test_stacks_are_not_served(run: Steelyard) -> None:
    """The id of a stack is told apart from one that there is not."""
    result = run("mcp", "deep-learning")
    assert result.exit_code == 2
    assert "deep-learning is a stack; name the rulesets that it joins" in result.stderr


def test_no_two_with_one_id(run: Steelyard) -> None:
    """A model names rulesets by their ids."""
    run.write("again.yaml", run.rules.read_text(encoding="utf-8"))
    result = run("mcp", "pets.yaml", "again.yaml")
    assert result.exit_code == 2
    assert "two rulesets have the id `pets`" in result.stderr


def test_where_it_cannot_listen(run: Steelyard) -> None:
    """A port that is in use, or a host that is not there, is told as misuse."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        in_use = run("mcp", "pets.yaml", "--transport", "http", "--port", port)
    nowhere = run("mcp", "pets.yaml", "--transport", "http", "--host", "nowhere.invalid")
    assert (in_use.exit_code, nowhere.exit_code) == (2, 2)
    assert f"cannot listen on 127.0.0.1, port {port}: it is in use" in in_use.stderr
    assert "cannot listen on nowhere.invalid: there is no such host" in nowhere.stderr
