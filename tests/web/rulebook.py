"""Reading the page of a ruleset in tests."""

from typing import Any

from flask.testing import FlaskClient

from steelyard.api import Ruleset
from steelyard.web import Shelf, create_app
from tests import dated
from tests.web.html import Element, Page
from tests.web.rulesets import TEA

DAY = "as_of=2025-02-01"


def client_of(*rulesets: Ruleset) -> FlaskClient:
    """A client of a service that serves these."""
    return create_app(Shelf.holding(*rulesets)).test_client(use_cookies=False)


def client_of_pets() -> FlaskClient:
    """A client of a service with a ruleset whose knowledge changes with the days, and with another."""
    return client_of(dated.pets(), Ruleset.from_dict(TEA))


def page(client: FlaskClient, query: str = DAY, path: str = "/rulesets/pets") -> Page:
    """The page at an address, which needs no loose policy."""
    response = client.get(f"{path}?{query}")
    assert response.status_code == 200, response.get_data(as_text=True)
    read = Page(response.get_data(as_text=True))
    read.demand_strict()
    return read


def cells(read: Page, rule: str) -> list[Element]:
    """The links in the cells of a rule."""
    line = read.one("tr", id=f"rule-{rule}")
    return [each for each in read.all("a") if each.is_within(line)]


def ratings(read: Page, rule: str) -> list[str]:
    """What the cells of a rule say to whoever hears them."""
    return [each.attributes["aria-label"] for each in cells(read, rule)]


def link_of(read: Page, rule: str, name: str) -> str:
    """Where the cell of a candidate leads."""
    return next(
        each.attributes["href"] for each in cells(read, rule) if each.attributes["aria-label"].startswith(f"{name}: ")
    )


def rules(read: Page) -> list[str]:
    """The rules in the map."""
    rows = [each.attributes.get("id", "") for each in read.all("tr")]
    return [each.removeprefix("rule-") for each in rows if each.startswith("rule-")]


def heads(read: Page) -> list[str]:
    """The candidates in the map."""
    return [each.text for each in read.all("th", class_="candidate")]


def faults(read: Page) -> list[str]:
    """What is told of an address that is faulty."""
    told = read.all("section", id="faults")
    return [each.text for each in read.all("li") if told and each.is_within(told[0])]


def many(*, rules: int, candidates: int = 2, since: str | None = None) -> dict[str, Any]:
    """A ruleset with many rules, rated anew every January since 2000, or standing since a day."""
    rated = {f"{year}-01-01": {"rating": "good", "because": "It is."} for year in range(2000, 2010)}
    return {
        "ruleset": {"id": "many", "title": "Which?", "version": "1"},
        "needs": {"need": {"question": "Is it?", "type": "flag"}},
        "candidates": {f"c-{number}": {"name": f"Candidate {number}"} for number in range(candidates)},
        "criteria": {"one": "One"},
        "rules": {
            f"r-{number}": {
                "criterion": "one",
                "title": f"Rule {number}",
                **({"since": since} if since else {}),
                "ratings": {f"c-{each}": rated for each in range(candidates)},
            }
            for number in range(rules)
        },
    }
