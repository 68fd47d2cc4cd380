"""Addresses of the page: whatever they say, a page is shown, and what it says of itself leads to the same page."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from steelyard.api import Ruleset
from steelyard.web import Shelf, create_app
from steelyard.web.pages.project import IMPORTANCE_OF
from steelyard.web.pages.reading import read_project
from tests.property.conditions import Data
from tests.property.strategies import cases
from tests.web.html import Page
from tests.web.rulesets import PETS, pets_and_tea

SHELF = pets_and_tea()
CLIENT: FlaskClient = create_app(SHELF).test_client(use_cookies=False)

KEYS = st.sampled_from(
    [
        *("ruleset", "stack", "as_of", "candidates", "explain", "compare", "must", "should", "could"),
        *("not-known", "look-at", "set-beside", "nonsense"),
        *PETS["needs"],
        *(f"{IMPORTANCE_OF}{need}" for need in PETS["needs"]),
    ]
)
VALUES = st.sampled_from(
    [
        *("pets", "tea", "dog", "cat", "dog,cat", "cat,dog", "garden", "garden,home", "hours", "true", "false", "flat"),
        *("fur", "fur,hay", "", " ", "low", "7", "99", "2026-01-01", "0001-01-01", "9999-12-31", "@2020-01-01", "tea@"),
        *(
            "tea@2020-01-01",
            "must",
            "could",
            "changes",
            "questions",
            "2020-02-30",
            "\x00",
            "<b>",
            "%",
            "é",
            ",",
            "1e999",
        ),
    ]
)
QUERIES = st.lists(st.tuples(KEYS | st.text(max_size=5), VALUES | st.text(max_size=5)), max_size=8)


@given(query=QUERIES)
def test_whatever_it_says_a_page_is_shown(query: list[tuple[str, str]]) -> None:
    """No address breaks the page: it is shown, strictly written, or leads to one that is."""
    address = f"/?{urlencode(query, errors='surrogatepass')}"
    response = CLIENT.get(address)
    if response.status_code == 303:
        response = CLIENT.get(response.headers["Location"])
    assert response.status_code == 200
    Page(response.get_data(as_text=True)).demand_strict()


@given(query=QUERIES)
def test_what_was_read_is_written_the_same(query: list[tuple[str, str]]) -> None:
    """What was understood of an address is read the same again from the address that is made of it, without a fault."""
    project = read_project(SHELF, MultiDict(query)).project
    again = read_project(SHELF, MultiDict(project.query))
    assert not again.faults
    assert again.project.query == project.query
    assert again.project == project
    assert again.project.requirements == project.requirements
    assert again.project.address == project.address


@settings(max_examples=settings().max_examples // 4)
@given(case=cases(), data=st.data())
def test_every_link_leads_to_a_page(case: tuple[Data, Data], data: st.DataObject) -> None:
    """Every link by which the page of any project goes on is read without a fault, and shows a page."""
    document, request = case
    shelf = Shelf.holding(Ruleset.from_dict(document))
    client = create_app(shelf).test_client()
    asked = shelf.default
    said = asked.answer(request).requirements
    project = replace(read_project(shelf, MultiDict()).project, requirements=said, shows_changes=True)
    read = Page(client.get(f"/{project.address}").get_data(as_text=True))
    links = [each.attributes["href"] for each in read.all("a") if "data-stay" in each.attributes]
    assert links
    for link in links:
        found = read_project(shelf, MultiDict(parse_qsl(urlsplit(link).query, keep_blank_values=True)))
        assert not found.faults
    Page(client.get(data.draw(st.sampled_from(links))).get_data(as_text=True)).demand_strict()
