"""The page of a ruleset: what changed, and the sources."""

import pytest
from flask.testing import FlaskClient

from steelyard.api import Ruleset
from steelyard.web.pages.rulebook.what_changed import MOST_CHANGES
from tests.web.html import Page
from tests.web.rulebook import client_of, client_of_pets, link_of, many, page


@pytest.fixture(scope="module")
def pets() -> FlaskClient:
    """A client of a service with a ruleset whose knowledge changes with the days."""
    return client_of_pets()


def changed(read: Page) -> list[str]:
    """What changed: the days, and what is told below each."""
    section = read.one("section", id="changed")
    return [each.text for each in read.elements if each.name in ("h3", "li") and each.is_within(section)]


def test_what_changed(pets: FlaskClient) -> None:
    """Changes after a day are told by day, the newest first, with old and new rating, reason and sources."""
    assert changed(page(pets, "as_of=2022-02-01&since=2020-01-01")) == [
        "1 Jan 2022",
        "The rule “Friendly” goes",
        "1 Jun 2021",
        "Cat on “Likes to be outdoors”: still good Cats still roam. survey, 2024-05",
        "1 Jan 2021",
        "Robot dog on “Likes to be outdoors”: unsupported → poor It gets wet. book, 2019-05, stale",
        "1 Mar 2020",
        (
            "The rule “Copes alone” comes if hours is at least 6 hours and at most 12 hours, "
            "and not (allergies includes fur, and garden is no); weight 1.5. Dog poor; Cat good"
        ),
    ]


def test_a_year_is_told_where_nothing_is_said(pets: FlaskClient) -> None:
    """Without a day to start from, it is the year before; nothing may have changed in it."""
    read = page(pets)
    assert read.one("input", id="since").attributes["value"] == "2024-02-01"
    assert changed(read) == ["1 Jan 2025", "Cat on “Likes to be outdoors”: good → excellent Cats fly. survey, 2024-05"]
    assert "Nothing changed." in page(pets, "as_of=2024-02-29").text
    assert page(pets, "as_of=2024-02-29").one("input", id="since").attributes["value"] == "2023-02-28"


def test_candidates_come_and_go(pets: FlaskClient) -> None:
    """That a candidate came or was retired is a change, and told where it is looked at."""
    query = "as_of=2027-02-01&since=2018-01-01"
    assert {"Alpaca comes", "Robot dog is retired", "Robot dog comes"} <= set(changed(page(pets, query)))
    assert changed(page(pets, f"{query}&candidate=alpaca")) == ["1 Jan 2027", "Alpaca comes"]


def test_a_change_leads_to_its_cell(pets: FlaskClient) -> None:
    """The rule of a change opens the cell that changed."""
    read = page(pets)
    section = read.one("section", id="changed")
    links = [each for each in read.all("a") if each.is_within(section) and "data-stay" in each.attributes]
    assert [each.attributes["href"] for each in links] == [link_of(read, "outdoors", "Cat")]


def test_the_sources(pets: FlaskClient) -> None:
    """The sources of what is shown are listed with their days, the newest first; stale ones say so."""
    sources = page(pets).one("details", id="sources").text
    assert sources == (
        "2 sources 1 of them stale on 1 Feb 2025 2024-05-01 A survey survey 2019-05-01 A book Page 3 · book · stale"
    )
    sources = page(pets, "as_of=2022-06-01&candidate=robot").one("details", id="sources").text
    assert sources == "1 source 1 of them stale on 1 Jun 2022 2019-05-01 A book Page 3 · book · stale"
    assert not page(pets, "", "/rulesets/tea").all("details", id="sources")


def test_many_changes() -> None:
    """Of very many changes the newest are told, and a link leads on to the rest, day by day to the first."""
    client = client_of(Ruleset.from_dict(many(rules=15)))
    query = "as_of=2010-01-01&since=1999-01-01"
    seen: list[str] = []
    for _ in range(10):
        read = page(client, query, "/rulesets/many")
        days = changed(read)
        assert len([each for each in days if each.startswith("Candidate")]) <= MOST_CHANGES
        seen += [each for each in days if each.startswith("1 Jan")]
        further = [each.attributes["href"] for each in read.all("a") if each.text.startswith("Look at what was known")]
        if not further:
            break
        query = further[0].partition("?")[2].partition("#")[0]
    assert set(seen) == {f"1 Jan {year}" for year in range(2000, 2010)}


def test_very_many_changes_of_one_day() -> None:
    """Where one day alone has too many, the rest of the time can still be reached."""
    client = client_of(Ruleset.from_dict(many(rules=60)))
    read = page(client, "as_of=2009-01-01&since=2005-01-01", "/rulesets/many")
    assert f"{60 * 2 * 4 - MOST_CHANGES} earlier changes are not told here." in read.text
    assert "Look at what was known by 31 Dec 2008" in read.text
