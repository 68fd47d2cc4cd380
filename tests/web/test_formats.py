"""What the service tells editors of the files of rulesets."""

import pytest
from flask.testing import FlaskClient

from steelyard.parser.format import format_schema, format_schema_of
from steelyard.web import Shelf


def test_the_format(client: FlaskClient) -> None:
    """The schema of the format is that of the package."""
    response = client.get("/v1/ruleset-format")
    assert response.content_type == "application/json"
    assert response.get_json() == format_schema()


def test_the_format_of_a_ruleset(client: FlaskClient, shelf: Shelf) -> None:
    """The schema of a ruleset's files knows its needs; one that is not served has none."""
    told = client.get("/v1/rulesets/pets/format").get_json()
    assert told == format_schema_of(shelf.rulesets["pets"].model)
    assert set(shelf.rulesets["pets"].needs) <= told["$defs"]["a-condition"]["properties"].keys()
    assert client.get("/v1/rulesets/petz/format").status_code == 404


@pytest.mark.parametrize("path", ["/v1/ruleset-format", "/v1/rulesets/pets/format"])
def test_editors_need_not_fetch_it_again(client: FlaskClient, path: str) -> None:
    """Who has it already is told that it still holds."""
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
