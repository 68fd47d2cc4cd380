"""What embedding programs, scripts and services can rely on."""

import json
import subprocess
import sys
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

import steelyard
from steelyard.cli import steelyard as command
from steelyard.library import DEFAULT_RULESET
from steelyard.web import create_app

REQUESTS: list[dict[str, Any]] = [
    {"as_of": "2020-04-11", "requirements": {}},
    {"as_of": "2026-11-22", "requirements": {"stage": "production", "targets": ["ios", "android"], "lifetime": 10}},
    {
        "as_of": "2020-04-11",
        "requirements": {
            "team_experience": {"value": "beginner", "importance": "could"},
            "model_kinds": {"value": ["recurrent"], "importance": "must"},
            "targets": [],
        },
        "candidates": ["pytorch"],
    },
    {"as_of": "1999-01-01", "requirements": {"training_speed": True}},
    {"ruleset": "pytorch-vs-tensorflow-2020", "as_of": "2015-12-01", "requirements": {"recurrent": True}},
]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """A client of the service over all that ships."""
    return create_app().test_client()


@pytest.mark.parametrize("request_", REQUESTS, ids=json.dumps)
def test_every_interface_gives_the_same_bytes(request_: dict[str, Any], client: FlaskClient) -> None:
    """The command line, HTTP and Python answer one request with the same bytes of JSON."""
    answer = steelyard.load(request_.get("ruleset", DEFAULT_RULESET)).answer(request_)
    expected = (answer.to_json() + "\n").encode()
    arguments = ["recommend", "-", "--format", "json"]
    assert CliRunner().invoke(command, arguments, input=json.dumps(request_)).stdout_bytes == expected
    assert client.post("/v1/recommendations", json=request_).data == expected
    assert json.loads(expected) == answer.to_dict()


STACK_REQUESTS: list[dict[str, Any]] = [
    {"as_of": "2026-11-25", "requirements": {}},
    {"as_of": "2026-11-25", "requirements": {"targets": {"value": ["android"], "importance": "must"}}},
    {"as_of": "2020-04-11", "requirements": {"framework": "keras"}, "candidates": ["tensorboard"]},
]


@pytest.mark.parametrize("request_", STACK_REQUESTS, ids=json.dumps)
def test_every_interface_gives_the_same_bytes_of_a_stack(request_: dict[str, Any], client: FlaskClient) -> None:
    """A stack, too, is answered with the same bytes by the command line, HTTP and Python."""
    answer = steelyard.load_stack("deep-learning").answer(request_)
    expected = (answer.to_json() + "\n").encode()
    request_ = {"stack": "deep-learning", **request_}
    by_file = CliRunner().invoke(command, ["recommend", "-", "--format", "json"], input=json.dumps(request_))
    assert by_file.stdout_bytes == expected
    assert client.post("/v1/recommendations", json=request_).data == expected


def test_the_order_of_answers_does_not_change_the_bytes() -> None:
    """Answers given in another order, and with defaults spelled out, are the same question with the same id."""
    ruleset = steelyard.load()
    one = ruleset.recommend({"targets": ["browser", "ios"], "training_speed": True}, as_of="2020-04-11")
    spelled_out = {"training_speed": {"value": True, "importance": "should"}, "targets": ["ios", "browser"]}
    other = ruleset.recommend(spelled_out, as_of="2020-04-11", candidates=list(ruleset.candidates)[::-1])
    assert other.to_json() == one.to_json()


def test_importing_brings_in_nothing_of_the_service() -> None:
    """`import steelyard`, and an answer, load neither Flask nor anything else that only an interface needs."""
    program = (
        "import sys, steelyard\n"
        "steelyard.load().recommend({'training_speed': True}).to_dict()\n"
        "print(*{'flask', 'werkzeug', 'granian', 'click', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == []


def test_names_are_imported_when_they_are_asked_for() -> None:
    """`import steelyard` alone loads no room; a name loads what it needs, and is then there like any other."""
    program = (
        "import sys, steelyard\n"
        "print(*[name for name in sys.modules if name.startswith('steelyard.')], 'then')\n"
        "from steelyard import Diagnostic\n"
        "print('steelyard.engine' in sys.modules, 'Diagnostic' in vars(steelyard))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["then", "False", "True"]


def test_names_are_listed_and_no_others_are_given() -> None:
    """`dir` and `import *` tell every public name, and a name that there is not is an `AttributeError`."""
    names: dict[str, Any] = {}
    exec("from steelyard import *", names)  # noqa: S102
    assert set(steelyard.__all__) == set(names) - {"__builtins__"}
    assert set(steelyard.__all__) <= set(dir(steelyard))
    with pytest.raises(AttributeError, match="module 'steelyard' has no attribute 'recommend'"):
        getattr(steelyard, "recommend")  # noqa: B009  a type checker knows that there is none


def test_all_names_exist_and_are_documented() -> None:
    """Every public name exists and has a docstring of its own."""
    for name in steelyard.__all__:
        assert getattr(steelyard, name).__doc__


def test_errors_carry_every_fault() -> None:
    """A faulty request raises one error that holds all faults, each with a JSON pointer and a code."""
    with pytest.raises(steelyard.RequestError) as caught:
        steelyard.load().recommend({"lifetme": 3, "targets": ["andriod", "ios"]}, as_of="2020-13-01")
    found = {(each.pointer, each.code.value) for each in caught.value.diagnostics}
    assert found == {
        ("/as_of", "value/bad-date"),
        ("/requirements/lifetme", "request/unknown-need"),
        ("/requirements/targets/0", "request/unknown-option"),
    }


def test_a_faulty_ruleset_cannot_be_loaded() -> None:
    """A faulty ruleset raises one error with every fault and its line."""
    with pytest.raises(steelyard.RulesetError) as caught:
        steelyard.Ruleset.from_yaml("ruleset: {id: x}\nneeds: {}\n", name="mine.yaml")
    lines = {each.span and each.span.line + 1 for each in caught.value.diagnostics}
    assert lines == {1, 2}


def test_many_requests_without_numpy_name_the_extra() -> None:
    """Where NumPy is not installed, all else works, and whoever asks many requests at once is told what to install."""
    program = """
import sys
sys.modules["numpy"] = None
import steelyard
ruleset = steelyard.load("pytorch-vs-tensorflow-2020")
print(ruleset.recommend({}).outcome)
try:
    ruleset.recommend_many([])
except ModuleNotFoundError as error:
    print(*error.__notes__)
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert told.endswith('pip install "steelyard[batch]"\n')
