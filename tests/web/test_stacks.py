"""Stacks over HTTP: asking them, and what the service tells of them."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from steelyard.api import Ruleset
from steelyard.library import RulesetError
from steelyard.web import Shelf, create_app, open_shelf
from tests.stacks import BEDS, DAY, PETS, RULESETS, STACK, Data, changed, stack, written
from tests.unit.samples import told
from tests.web.problems import problem_of
from tests.web.serving import serving, wait_until

PATH = "/v1/recommendations"
REQUEST: Data = {"stack": "pet-bed-vet", "as_of": DAY, "requirements": {"garden": True}}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """A client of an application that serves the stack and its rulesets."""
    rulesets = [Ruleset.from_dict(each) for each in RULESETS.values()]
    return create_app(Shelf.holding(*rulesets, stacks=[stack()])).test_client(use_cookies=False)


def errors(client: FlaskClient, request_: Data) -> list[tuple[str, str, str | None]]:
    """The errors of a request that is invalid: pointer, code and help."""
    problem = problem_of(client.post(PATH, json=request_))
    assert problem["type"] == "urn:steelyard:problem:invalid"
    return [(error["pointer"], error["code"], error["help"]) for error in problem["errors"]]


def test_an_answer(client: FlaskClient) -> None:
    """A request that names a stack gets the stack's own answer, to the byte."""
    response = client.post(PATH, json=REQUEST)
    assert response.status_code == 200
    assert response.content_type == "application/json"
    assert response.data.decode() == stack().recommend({"garden": True}, as_of=DAY).to_json() + "\n"


def test_a_ruleset_of_the_stack_alone(client: FlaskClient) -> None:
    """What a part says is, to the byte, what the service says of its ruleset alone."""
    parts = client.post(PATH, json=REQUEST).get_json()["parts"]
    for part in parts:
        recommendation = part["recommendation"]
        alone = {"ruleset": part["ruleset"], "as_of": DAY, "requirements": recommendation["requirements"]}
        assert client.post(PATH, json=alone).get_json() == recommendation


@pytest.mark.parametrize(("named", "help_"), [("pet-bed-vat", "did you mean `pet-bed-vet`?"), ("x", None)])
def test_an_unknown_stack(client: FlaskClient, named: str, help_: str | None) -> None:
    """A stack that is not served is told with what was probably meant, and with the other faults of the request."""
    request_ = {**REQUEST, "stack": named, "as_of": "today"}
    assert errors(client, request_) == [
        ("/as_of", "value/bad-date", "write it as YYYY-MM-DD"),
        ("/stack", "request/unknown-stack", help_ or "the only one is `pet-bed-vet`"),
    ]


@pytest.mark.parametrize("named", [1, None, [], {}, " "])
def test_a_stack_without_a_name(client: FlaskClient, named: Any) -> None:
    """What is no name of a stack is told as such, once."""
    assert [error[0] for error in errors(client, {**REQUEST, "stack": named})] == ["/stack"]


@pytest.mark.parametrize("ruleset", ["pets", "petz", 1])
def test_a_ruleset_and_a_stack(client: FlaskClient, ruleset: Any) -> None:
    """A request that names both is refused, whether or not both exist."""
    found = errors(client, {**REQUEST, "ruleset": ruleset})
    assert ("/stack", "request/ruleset-and-stack", "leave out one") in found
    assert len(found) == (1 if ruleset == "pets" else 2)


def test_faults_of_requirements(client: FlaskClient) -> None:
    """All faults are told at once, in the words and at the places in which a ruleset tells them."""
    requirements = {"gardn": True, "pet": "cta", "hours": {"value": 30, "importance": "may"}}
    assert errors(client, {**REQUEST, "requirements": requirements, "candidates": ["clinc"]}) == [
        ("/candidates/0", "request/unknown-candidate", "did you mean `clinic`?"),
        ("/requirements/gardn", "request/unknown-need", "did you mean `garden`?"),
        ("/requirements/hours/importance", "value/unknown-word", "one of `must`, `should` or `could`"),
        ("/requirements/hours/value", "value/out-of-range", None),
        ("/requirements/pet", "request/unknown-option", "did you mean `cat`?"),
    ]


def test_list(client: FlaskClient) -> None:
    """The list names every stack with its digest and the rulesets of its parts."""
    assert client.get("/v1/stacks").get_json() == {
        "stacks": [
            {
                "id": "pet-bed-vet",
                "title": "A pet, its bed and its vet",
                "version": "2",
                "digest": stack().digest,
                "parts": [
                    {"part": "pet", "ruleset": "pets"},
                    {"part": "bed", "ruleset": "beds"},
                    {"part": "house-vet", "ruleset": "vets"},
                ],
            }
        ]
    }


def test_no_stacks() -> None:
    """A service may have no stacks; a request for one is then told so, without a suggestion."""
    client = create_app(Shelf.holding(Ruleset.from_dict(PETS))).test_client()
    assert client.get("/v1/stacks").get_json() == {"stacks": []}
    assert errors(client, REQUEST) == [("/stack", "request/unknown-stack", None)]


def test_one_stack(client: FlaskClient) -> None:
    """One stack is told with what its parts take, and with the needs of all of them as rulesets describe theirs."""
    described = client.get("/v1/stacks/pet-bed-vet").get_json()
    assert list(described) == ["id", "title", "version", "digest", "parts", "needs"]
    assert described["parts"][1:] == [
        {
            "part": "bed",
            "ruleset": "beds",
            "title": "Which bed?",
            "version": "1",
            "takes": {"pet": {"part": "pet", "importance": "must"}},
            "candidates": [{"id": "basket", "name": "Basket"}, {"id": "tower", "name": "Tower"}],
        },
        {
            "part": "house-vet",
            "ruleset": "vets",
            "title": "Which vet?",
            "version": "1",
            "takes": {"pet": {"part": "pet", "importance": "could"}},
            "candidates": [{"id": "clinic", "name": "Clinic"}, {"id": "visits", "name": "House calls"}],
        },
    ]
    of_rulesets = [client.get(f"/v1/rulesets/{name}").get_json()["needs"] for name in RULESETS]
    assert described["needs"] == list({need["id"]: need for needs in of_rulesets for need in needs}.values())


@pytest.mark.parametrize(("named", "help_"), [("pet-bed", "Did you mean `pet-bed-vet`?"), ("x", None)])
def test_a_stack_that_is_not_there(client: FlaskClient, named: str, help_: str | None) -> None:
    """A stack in the path that is not there is told with those that are."""
    problem = problem_of(client.get(f"/v1/stacks/{named}"))
    assert problem["type"] == "urn:steelyard:problem:unknown-stack"
    assert problem["status"] == 404
    assert problem["detail"] == f"No stack `{named}` is served. {help_ or 'The only one is `pet-bed-vet`.'}"


def test_a_shelf_of_files(tmp_path: Path) -> None:
    """A folder that holds rulesets and stacks gives both, and none of them twice or as the other."""
    shelf = open_shelf([written(tmp_path)])
    assert list(shelf.rulesets) == ["beds", "pets", "vets"]
    assert list(shelf.stacks) == ["pet-bed-vet"]
    assert shelf.stacks["pet-bed-vet"].digest == stack().digest


def test_a_stack_over_rulesets_of_another_path(tmp_path: Path) -> None:
    """A stack finds rulesets in all the paths that are served."""
    (tmp_path / "a").mkdir()
    (tmp_path / "elsewhere").mkdir()
    folder = written(tmp_path / "a")
    stacks = (folder / "stacks").rename(tmp_path / "elsewhere" / "stacks")
    shelf = open_shelf([folder / "pets", folder / "beds", folder / "vets", stacks / "pet-bed-vet.yaml"])
    assert list(shelf.rulesets) == ["pets", "beds", "vets"]
    assert list(shelf.stacks) == ["pet-bed-vet"]


def test_a_stack_brings_its_rulesets(tmp_path: Path) -> None:
    """The rulesets that a served stack joins are served as well, each once, after those of the paths themselves."""
    folder = written(tmp_path)
    alone = open_shelf([folder / "stacks"])
    assert list(alone.rulesets) == ["pets", "beds", "vets"]
    assert list(open_shelf([folder / "vets", folder / "stacks"]).rulesets) == ["vets", "pets", "beds"]


def test_a_faulty_stack_is_not_served(tmp_path: Path) -> None:
    """One faulty stack is enough to refuse, and the faults of rulesets and stacks are told together."""
    folder = written(tmp_path)
    (folder / "beds" / "ruleset.yaml").write_text(json.dumps(changed(BEDS, (("rules", "low", "weight"), 0))))
    data = changed(STACK, (("parts", "house-vet", "takes"), {"pat": "pet"}))
    (folder / "stacks" / "pet-bed-vet.yaml").write_text(json.dumps(data))
    with pytest.raises(RulesetError) as caught:
        open_shelf([folder])
    assert told(caught.value.diagnostics) == [
        "value/out-of-range /rules/low/weight",
        "stack/faulty-ruleset /parts/bed/ruleset",
        "stack/unknown-need /parts/house-vet/takes/pat",
    ]


def test_two_stacks_with_one_id(tmp_path: Path) -> None:
    """Two stacks with one id are refused, and both are named."""
    folder = written(tmp_path)
    (folder / "stacks" / "other.yaml").write_text(json.dumps(STACK))
    with pytest.raises(RulesetError, match="two stacks have the id `pet-bed-vet`: "):
        open_shelf([folder])
    ruleset = Ruleset.from_dict(PETS)
    with pytest.raises(ValueError, match="no two stacks with the same id"):
        Shelf.holding(ruleset, stacks=[stack(), stack()])


@pytest.mark.xdist_group("server")
def test_a_server(tmp_path: Path) -> None:
    """A server process finds the stacks in its paths, says so, and gives the stack's own answer, to the byte."""
    with serving(tmp_path, "--rules", written(tmp_path)) as server:
        client = server.client()
        client.request("POST", PATH, json.dumps(REQUEST), {"Content-Type": "application/json"})
        body = client.getresponse().read()
        client.close()
        assert body.decode() == stack().recommend({"garden": True}, as_of=DAY).to_json() + "\n"
        wait_until(lambda: "Serving beds, pets, vets, stack pet-bed-vet on http://" in server.said(), server)


@pytest.mark.parametrize("served", ["the other one", "another stack", "neither"])
def test_two_rulesets_with_one_id_below_stacks(tmp_path: Path, served: str) -> None:
    """A stack that joins another ruleset than the one that is served by its id is refused; the same, twice, is not."""
    folder = written(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    content = PETS if served == "neither" else changed(PETS, (("ruleset", "version"), "other"))
    (other / "pets.yaml").write_text(json.dumps(content))
    joining = {"stack": {"id": "s", "title": "x", "version": "1"}, "parts": {"pet": {"ruleset": "./pets.yaml"}}}
    (other / "stack.yaml").write_text(json.dumps(joining))
    paths = [folder / "pets" if served == "the other one" else folder / "stacks", other / "stack.yaml"]
    if served == "neither":
        assert list(open_shelf(paths).rulesets) == ["pets", "beds", "vets"]
    else:
        with pytest.raises(RulesetError, match="joins a ruleset with the id `pets`, and another one has it too"):
            open_shelf(paths)


def test_what_is_of_the_other_kind() -> None:
    """Whoever asks a stack by the id of a ruleset, or the other way round, is told that it is there."""
    client = create_app(Shelf.holding(Ruleset.from_dict(PETS), stacks=[stack()])).test_client()
    assert problem_of(client.get("/v1/stacks/pets"))["errors"][0]["help"] == "there is a ruleset of this name"
    assert errors(client, {"stack": "pets", "requirements": {}})[0][2] == "there is a ruleset of this name"
    assert problem_of(client.get("/v1/rulesets/pet-bed-vet"))["errors"][0]["help"] == "there is a stack of this name"
    assert errors(client, {"ruleset": "pet-bed-vet", "requirements": {}})[0][2] == "there is a stack of this name"
