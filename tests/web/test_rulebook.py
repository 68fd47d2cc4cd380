"""The page of a ruleset: its heat map, what of it is shown, and the cell that is open."""

import pytest
from flask.testing import FlaskClient

from steelyard.api import Ruleset
from steelyard.render.layout import MINUS
from steelyard.web import create_app
from steelyard.web.pages.rulebook.heat_map import MOST_RULES
from tests import dated
from tests.web.rulebook import DAY, cells, client_of, client_of_pets, faults, heads, link_of, many, page, ratings, rules


@pytest.fixture(scope="module")
def pets() -> FlaskClient:
    """A client of a service with a ruleset whose knowledge changes with the days."""
    return client_of_pets()


def test_the_head(pets: FlaskClient) -> None:
    """The page says which ruleset it is and how much it knows, and leads back to weighing a project."""
    read = page(pets)
    assert read.one("h1").text == "Which pet fits?"
    head = read.one("header", class_="opening").text
    assert "Version 1 " in head
    assert dated.pets().digest[:12] in head
    assert "3 rules, 4 candidates, 10 ratings, 2 sources; a source is stale after 800 days." in head
    assert read.link("Weigh a project with it") == f"/?{DAY}"
    assert page(pets, "", "/rulesets/tea").link("Weigh a project with it") == "/?ruleset=tea"


def test_the_map(pets: FlaskClient) -> None:
    """A table has a row for each rule that stands, by criterion, and a column for each candidate."""
    read = page(pets)
    assert rules(read) == ["outdoors", "alone"]
    assert [each.text for each in read.all("th", scope="rowgroup")] == ["Home", "Care"]
    assert heads(read) == ["Dog", "Cat", "Robot dog", "Alpaca only from 2027-01-01"]
    assert [each.attributes["scope"] for each in read.all("th", class_="rule")] == ["col", "row", "row", "row"]
    assert read.one("caption").text == "2 of 3 rules as of 1 Feb 2025"
    assert read.one("tr", id="rule-outdoors").text == f"Likes to be outdoors veto if garden is yes1++++{MINUS}·"
    assert "1 rule does not stand on that day Friendly until 2022-01-01" in read.text


def test_ratings_are_told_apart_without_colour(pets: FlaskClient) -> None:
    """A cell has a sign to be seen and a word to be heard, and both are explained."""
    read = page(pets)
    assert ratings(read, "outdoors") == ["Dog: excellent", "Cat: excellent", "Robot dog: poor", "Alpaca: not known"]
    assert [each.text for each in cells(read, "alone")] == [MINUS, "+", "·", "·"]
    assert read.one("ul", class_="legend").text == (
        f"++ excellent + good o fair {MINUS} poor x unsupported · not known "
        "veto unsupported excludes, whatever the importance"
    )


def test_a_map_without_vetoes(pets: FlaskClient) -> None:
    """Where no rule vetoes, that is not explained either."""
    assert "veto" not in page(pets, "", "/rulesets/tea").text


def test_another_day(pets: FlaskClient) -> None:
    """The map is what was known on the day: other ratings, other rules, other candidates at hand."""
    read = page(pets, "as_of=2020-02-01")
    assert rules(read) == ["outdoors", "friendly"]
    assert ratings(read, "outdoors") == ["Dog: excellent", "Cat: good", "Robot dog: unsupported", "Alpaca: not known"]
    assert "Copes alone from 2020-03-01" in read.text
    assert heads(page(pets, "as_of=2026-06-01"))[2] == "Robot dog retired 2026-01-01"


def test_how_even_the_knowledge_is(pets: FlaskClient) -> None:
    """The foot tells of each candidate which share of the weight is rated, and on how many rules."""
    foot = page(pets).one("tfoot").text
    assert foot == (
        "How much is known % of the weight of these rules that is rated"
        "100100 %, 2 of 2 rules100100 %, 2 of 2 rules4040 %, 1 of 2 rules00 %, 0 of 2 rules"
    )


def test_the_whole_can_be_reached_by_keyboard(pets: FlaskClient) -> None:
    """What scrolls can have the focus, and says what it is."""
    region = page(pets).one("div", class_="map")
    assert (region.attributes["tabindex"], region.attributes["role"]) == ("0", "region")
    assert region.attributes["aria-labelledby"] == "map-title"


def test_one_criterion(pets: FlaskClient) -> None:
    """Rules can be narrowed to a criterion, shares and changes with them."""
    read = page(pets, f"{DAY}&criterion=care")
    assert rules(read) == ["alone"]
    assert "Likes to be outdoors" not in read.one("section", id="changed").text
    selected = [each.attributes["value"] for each in read.all("option") if "selected" in each.attributes]
    assert selected == ["care"]
    assert read.link("Show all") == f"/rulesets/pets?{DAY}"


@pytest.mark.parametrize(
    "said", ["candidate=robot&candidate=dog", "candidate=robot,dog", "candidate=dog, robot,&cell="]
)
def test_some_candidates(pets: FlaskClient, said: str) -> None:
    """Candidates can be narrowed, by a key that is repeated or by commas; they keep their order."""
    read = page(pets, f"{DAY}&{said}")
    assert heads(read) == ["Dog", "Robot dog"]
    ticked = [each.attributes["value"] for each in read.all("input", name="candidate") if "checked" in each.attributes]
    assert ticked == ["dog", "robot"]
    assert link_of(read, "outdoors", "Dog") == f"?{DAY}&candidate=dog,robot&cell=outdoors.dog#rule-outdoors"


def test_what_a_form_leaves_empty(pets: FlaskClient) -> None:
    """Empty values, as a form sends them, mean everything."""
    read = page(pets, f"{DAY}&criterion=&candidate=&since=&cell=")
    assert not faults(read)
    assert len(heads(read)) == 4
    assert "Show all" not in read.text


def test_forms_keep_the_rest(pets: FlaskClient) -> None:
    """Each form sends along what the others say."""
    read = page(pets, f"{DAY}&criterion=home&candidate=cat&since=2019-06-01&cell=outdoors.cat")
    for form, missing in (("day", {"as_of"}), ("filter", {"criterion", "candidate"}), ("since", {"since"})):
        form_ = read.one("form", class_=form)
        assert form_.attributes["action"].partition("#")[0] == "/rulesets/pets"
        kept = {
            each.attributes["name"]: each.attributes["value"]
            for each in read.all("input", type="hidden")
            if each.is_within(form_)
        }
        said = {"as_of": "2025-02-01", "criterion": "home", "candidate": "cat", "since": "2019-06-01"}
        assert kept == {key: value for key, value in {**said, "cell": "outdoors.cat"}.items() if key not in missing}


def test_nothing_is_open(pets: FlaskClient) -> None:
    """Where no cell is open, the page says what opening one is good for."""
    assert page(pets).one("aside", id="cell").text.startswith("Open a cell to read why")


def test_an_open_cell(pets: FlaskClient) -> None:
    """A cell leads to itself opened: the rating, why, its sources, since when, and what it was before."""
    closed = page(pets)
    address = link_of(closed, "outdoors", "Cat")
    assert address == f"?{DAY}&cell=outdoors.cat#rule-outdoors"
    read = page(pets, address[1:].partition("#")[0])
    cell = read.one("aside", id="cell")
    assert cell.text == (
        "Cat Close Likes to be outdoors ++ Excellent since 1 Jan 2025 Cats fly. survey, 2024-05 "
        "Counts if garden is yes. Weight 1. Whoever is unsupported is excluded, whatever the importance. Before "
        "+ Good since 1 Jun 2021 Cats still roam. survey, 2024-05 "
        "+ Good since 1 Jan 2019 Cats roam. survey, 2024-05 book, 2019-05, stale ↓ The rule below: Copes alone"
    )
    current = [each for each in cells(read, "outdoors") if each.attributes.get("aria-current") == "true"]
    assert [each.attributes["aria-label"] for each in current] == ["Cat: excellent"]
    assert read.one("title").text == "Cat: Likes to be outdoors · Which pet fits? · Steelyard"


def test_sources_are_linked(pets: FlaskClient) -> None:
    """A source leads to its address, and tells it nothing; one that has none is no link."""
    read = page(pets, "as_of=2020-02-01&cell=outdoors.cat")
    cell = read.one("aside", id="cell")
    linked = [each for each in read.all("a", class_="source") if each.is_within(cell)]
    assert {each.attributes["href"] for each in linked} == {"https://example.org/survey"}
    assert {each.attributes["rel"] for each in linked} == {"noopener noreferrer"}
    assert [each.text for each in read.all("span", class_="source") if each.is_within(cell)] == ["book, 2019-05"]


def test_history_ends_on_the_day(pets: FlaskClient) -> None:
    """What came later than the day is not told."""
    cell = page(pets, "as_of=2021-07-01&cell=outdoors.cat").one("aside", id="cell").text
    assert "Cats still roam." in cell
    assert "Cats roam." in cell
    assert "Cats fly." not in cell


def test_a_cell_of_which_nothing_is_known(pets: FlaskClient) -> None:
    """It can be opened too, and says that it counts neither way, and that the candidate cannot be chosen."""
    cell = page(pets, f"{DAY}&cell=alone.alpaca").one("aside", id="cell").text
    assert "Not known Nothing is known of it on 1 Feb 2025: it counts neither for nor against Alpaca." in cell
    assert "Alpaca cannot be chosen on that day: only from 2027-01-01." in cell


def test_a_rating_without_reason_or_date(pets: FlaskClient) -> None:
    """That no reason is given is said; nothing is said of a day where none is known."""
    cell = page(pets, "cell=caffeine.green", "/rulesets/tea").one("aside", id="cell").text
    assert f"{MINUS} Poor No reason is given. Counts if sleep is yes. Weight 1." in cell
    assert "since" not in cell
    assert "Before" not in cell


def test_a_rule_that_does_not_stand(pets: FlaskClient) -> None:
    """A cell of such a rule can be opened by its address; it has no neighbours."""
    cell = page(pets, f"{DAY}&cell=friendly.dog").one("aside", id="cell").text
    assert "The rule does not stand on that day: until 2022-01-01." in cell
    assert "↓" not in cell
    assert "↑" not in cell


def test_neighbours(pets: FlaskClient) -> None:
    """From an open cell one goes to the rules above and below, of the same candidate, and back."""
    read = page(pets, f"{DAY}&cell=outdoors.cat")
    below = read.link("↓ The rule below: Copes alone")
    assert below == f"?{DAY}&cell=alone.cat#rule-alone"
    read = page(pets, below[1:].partition("#")[0])
    assert read.link("↑ The rule above: Likes to be outdoors") == link_of(read, "outdoors", "Cat")
    assert "↓" not in read.one("aside", id="cell").text
    assert read.link("Close") == f"/rulesets/pets?{DAY}#rule-alone"


def test_very_many_rules() -> None:
    """A map of very many rules is cut, and says so."""
    read = page(client_of(Ruleset.from_dict(many(rules=MOST_RULES + 2))), "", "/rulesets/many")
    assert len(rules(read)) == MOST_RULES
    assert "2 more rules are not shown: choose a criterion." in read.text


@pytest.mark.parametrize(("candidates", "breadth"), [(2, "narrow"), (13, "broad"), (21, "vast")])
def test_breadth(candidates: int, breadth: str) -> None:
    """A map that is too broad to lie open is marked as such."""
    read = page(client_of(Ruleset.from_dict(many(rules=1, candidates=candidates))), "", "/rulesets/many")
    assert read.all("div", class_=f"is-{breadth}")


def test_what_ships_is_light() -> None:
    """The page of every ruleset that ships is below 100 kB as it is sent, with whatever changed."""
    client = create_app().test_client(use_cookies=False)
    for each in client.get("/v1/rulesets").get_json()["rulesets"]:
        read = client.get(f"/rulesets/{each['id']}?since=1990-01-01", headers={"Accept-Encoding": "gzip"})
        assert read.status_code == 200
        assert len(read.data) < 100_000
