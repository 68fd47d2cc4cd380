"""How `steelyard serve` is configured: by options, by the environment, by files."""

from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from steelyard.cli.environment import SecretOption
from steelyard.cli.serve import serve
from steelyard.web import Settings
from steelyard.web.serving import server
from steelyard.web.serving.options import ServerOptions


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[ServerOptions, Settings]]:
    """What the server would be started with, in place of being started."""
    found: list[tuple[ServerOptions, Settings]] = []
    monkeypatch.setattr(server, "serve", lambda options, settings: found.append((options, settings)))
    return found


def run(*arguments: str, **environment: str) -> Any:
    """The result of the command under an environment."""
    prefixed = {f"STEELYARD_SERVE_{name}": value for name, value in environment.items()}
    return CliRunner().invoke(serve, arguments, env=prefixed, prog_name="serve")


def test_the_defaults_are_those_of_the_service(started: list[tuple[ServerOptions, Settings]]) -> None:
    """Nothing said on the command line is nothing said in Python."""
    assert run().exit_code == 0
    assert started == [(ServerOptions(), Settings())]


def test_every_setting_has_an_option() -> None:
    """Whatever can be chosen in Python can be chosen by an option, and so by a variable."""
    offered = {each.name for each in serve.params}
    assert offered == set(ServerOptions.__dataclass_fields__) | set(Settings.__dataclass_fields__)


def test_the_environment(started: list[tuple[ServerOptions, Settings]], tmp_path: Path) -> None:
    """Each option has a variable; lists of paths are written as in PATH, others with spaces between."""
    rules = [tmp_path / "a", tmp_path / "b"]
    for each in rules:
        each.mkdir()
    result = run(
        PORT="9000",
        WORKERS="2",
        RULES=":".join(map(str, rules)),
        MASK="hours home",
        LOG_REQUESTS="no",
        LOG_FORMAT="text",
    )
    assert result.exit_code == 0, result.output
    ((options, settings),) = started
    assert options == ServerOptions(port=9000, workers=2, rules=tuple(rules), log_requests=False, log_format="text")
    assert settings.masked_needs == ("hours", "home")


def test_an_option_wins_over_the_environment(started: list[tuple[ServerOptions, Settings]]) -> None:
    """What is typed is meant."""
    assert run("--port", "9001", PORT="9000").exit_code == 0
    assert started[0][0].port == 9001


def test_unknown_variables_are_refused(started: list[tuple[ServerOptions, Settings]]) -> None:
    """A variable that is misspelt is told with the one that was probably meant; all of them at once."""
    result = run(PROT="9000", WORKER="2")
    assert result.exit_code == 2
    assert "`STEELYARD_SERVE_PROT` (did you mean `STEELYARD_SERVE_PORT`?)" in result.output
    assert "`STEELYARD_SERVE_WORKER` (did you mean `STEELYARD_SERVE_WORKERS`?)" in result.output
    assert started == []


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("PORT", "0", "0 is not in the range 1<=x<=65535"),
        ("WORKERS", "many", "'many' is not a valid integer"),
        ("LOG_FORMAT", "xml", "'xml' is not one of 'text', 'json'"),
        ("RULES", "/nowhere", "Path '/nowhere' does not exist"),
    ],
)
def test_faulty_values_are_refused(variable: str, value: str, message: str) -> None:
    """A value that makes no sense is told with its variable."""
    result = run(**{variable: value})
    assert result.exit_code == 2
    assert message in result.output
    assert f"STEELYARD_SERVE_{variable}" in result.output


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--rate-per-address", "often"), "`often` is no rate; say a number for each second, minute, hour or day"),
        (("--rate-per-key", "9/minute"), "a rate for each key means nothing without a file of keys"),
        (("--cors-origin", "example.org"), "`example.org` is no origin of a page; say scheme and host"),
        (("--trusted-proxies", "-1"), "-1 is not in the range 0<=x<=16"),
    ],
)
def test_faulty_guards_are_refused(
    started: list[tuple[ServerOptions, Settings]], options: tuple[str, ...], message: str
) -> None:
    """What would guard nothing is told in one line, before anything is served."""
    result = run(*options)
    assert result.exit_code == 2
    assert message in result.output.splitlines()[-1]
    assert started == []


def test_guards(started: list[tuple[ServerOptions, Settings]], tmp_path: Path) -> None:
    """Keys, rates, proxies and origins can be chosen by the environment."""
    result = run(
        API_KEYS_FILE=str(tmp_path / "keys.txt"),
        RATE_PER_KEY="100/minute",
        RATE_PER_ADDRESS="10/second",
        TRUSTED_PROXIES="1",
        CORS_ORIGIN="https://a.example https://b.example",
    )
    assert result.exit_code == 0, result.output
    assert started[0][1] == Settings(
        api_keys_file=tmp_path / "keys.txt",
        rate_per_key="100/minute",
        rate_per_address="10/second",
        trusted_proxies=1,
        cors_origins=("https://a.example", "https://b.example"),
    )


@pytest.fixture
def secret() -> click.Command:
    """A command with a secret."""

    @click.command()
    @click.option("--token", cls=SecretOption, envvar="TOKEN")
    def show(token: str | None) -> None:
        click.echo(f"token: {token}")

    return show


def test_a_secret_may_be_in_a_file(secret: click.Command, tmp_path: Path) -> None:
    """A variable that ends in `_FILE` names the file that holds the secret, as containers mount them."""
    (tmp_path / "token").write_text("open sesame\n")
    result = CliRunner().invoke(secret, env={"TOKEN_FILE": str(tmp_path / "token")})
    assert result.output == "token: open sesame\n"


def test_a_secret_is_given_once(secret: click.Command, tmp_path: Path) -> None:
    """With both variables it is not guessed which one is meant."""
    (tmp_path / "token").write_text("open sesame\n")
    result = CliRunner().invoke(secret, env={"TOKEN_FILE": str(tmp_path / "token"), "TOKEN": "x"})
    assert result.exit_code == 2
    assert "both TOKEN and TOKEN_FILE are set" in result.output


def test_a_secret_that_cannot_be_read(secret: click.Command, tmp_path: Path) -> None:
    """A file that is not there is told, and never what another holds."""
    result = CliRunner().invoke(secret, env={"TOKEN_FILE": str(tmp_path / "missing")})
    assert result.exit_code == 2
    assert "that TOKEN_FILE names cannot be read" in result.output
