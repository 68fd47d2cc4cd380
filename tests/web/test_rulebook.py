"""The page of a ruleset: its heat map, the cell that is open, what changed, and what its address can say."""

import gzip
from html import escape
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from steelyard.api import Ruleset, load
from steelyard.render.layout import MINUS
from steelyard.web import Shelf, blueprint, create_app
from steelyard.web.pages.rulebook.browsing import KEYS
from steelyard.web.pages.rulebook.heat_map import MOST_RULES
from steelyard.web.pages.rulebook.what_changed import MOST_CHANGES
from tests import dated
from tests.web.html import Element, Page
from tests.web.problems import problem_of
from tests.web.rulesets import TEA

DAY = "as_of=2025-02-01"
SCRIPT = "<script>alert('\"&1')</script>"


def client_of(*rulesets: Ruleset) -> FlaskClient:
    """A client of a service that serves these."""
    return create_app(Shelf.holding(*rulesets)).test_client(use_cookies=False)


@pytest.fixture(scope="module")
def pets() -> FlaskClient:
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


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("as_of=soon", "soon is not a date: write it as YYYY-MM-DD"),
        ("as_of=2025-02-30", "2025-02-30 is not a day of the calendar."),
        ("as_of=2025-02-01&as_of=2025-02-02", "as_of is given 2 times."),
        (f"{DAY}&since=2025-03-01", "2025-03-01 is after 2025-02-01, the day that is shown."),
        ("criterion=hom", "Unknown criterion hom: did you mean home?"),
        ("candidate=dog,kat", "Unknown candidate kat: did you mean cat?"),
        ("cell=outdoor.dog", "Unknown rule outdoor: did you mean outdoors?"),
        ("cell=outdoors.dgo", "Unknown candidate dgo: did you mean dog?"),
        ("cell=x", "Unknown rule x: one of outdoors, alone or friendly"),
        ("candidat=dog", "Unknown key candidat: did you mean candidate?"),
        ("criterion=%3Cscript%3E", "Unknown criterion <script>: one of home or care"),
        ("since=%00", "\\x00 is not a date: write it as YYYY-MM-DD"),
    ],
)
def test_faults(pets: FlaskClient, query: str, told: str) -> None:
    """What is faulty in an address is told, and what is sound is shown."""
    read = page(pets, query)
    assert told in faults(read)
    assert read.one("h1").text == "Which pet fits?"


def test_all_faults_at_once(pets: FlaskClient) -> None:
    """Every fault is told, and the sound part of a list is kept."""
    read = page(pets, "as_of=x&criterion=y&candidate=dog,z&cell=a.b&since=c&more=d")
    assert len(faults(read)) == 7
    assert heads(read) == ["Dog"]


VALUES = st.sampled_from(
    ["2025-02-01", "0001-01-01", "9999-12-31", "home", "dog", "dog,cat", "outdoors.cat", "alone.alpaca", ".", "now"]
)


@given(st.lists(st.tuples(st.sampled_from([*KEYS, "other"]), VALUES | st.text(max_size=8)), max_size=6))
def test_whatever_is_said(pets: FlaskClient, query: list[tuple[str, str]]) -> None:
    """Every address is answered with a page that needs no loose policy, and links from it lead to others."""
    read = page(pets, urlencode(query, errors="replace"))
    for each in cells(read, rules(read)[0])[:1] if rules(read) else []:
        page(pets, each.attributes["href"][1:].partition("#")[0])


@pytest.mark.parametrize("day", ["0001-01-01", "0001-12-31", "9999-12-31"])
def test_days_at_the_ends_of_the_calendar(pets: FlaskClient, day: str) -> None:
    """The first and the last days of the calendar are days like others."""
    assert page(pets, f"as_of={day}").one("input", id="as-of").attributes["value"] == day


def test_a_day_on_which_nothing_stands(pets: FlaskClient) -> None:
    """Where no rule stands, that is said in place of rows and shares."""
    read = page(pets, "as_of=2019-01-01&criterion=care&since=2019-01-01")
    assert rules(read) == ["friendly"]
    read = page(pets, "as_of=2023-01-01&criterion=care")
    assert rules(read) == ["alone"]
    empty = page(client_of(Ruleset.from_dict(many(rules=1, since="2020-01-01"))), "as_of=2019-01-01", "/rulesets/many")
    assert not rules(empty)
    assert "No such rule stands on that day." in empty.text
    assert not empty.all("tfoot")


def test_an_unknown_ruleset(pets: FlaskClient) -> None:
    """What is not served is refused as everywhere else."""
    problem = problem_of(pets.get("/rulesets/pet", headers={"Accept": "application/json, text/html;q=0.5"}))
    assert problem["type"] == "urn:steelyard:problem:unknown-ruleset"
    assert problem["detail"] == "No ruleset `pet` is served. Did you mean `pets`?"


def test_other_rulesets(pets: FlaskClient) -> None:
    """The page leads to those of the other rulesets."""
    read = page(pets)
    assert read.link("Which tea?") == "/rulesets/tea"


def test_the_reply(pets: FlaskClient) -> None:
    """The page is packed where that is taken, may be kept and asked for again, and forbids whatever is not its own."""
    response = pets.get(f"/rulesets/pets?{DAY}", headers={"Accept-Encoding": "gzip"})
    assert response.content_type == "text/html; charset=utf-8"
    assert gzip.decompress(response.data).decode() == pets.get(f"/rulesets/pets?{DAY}").text
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["Steelyard-Ruleset"].startswith("pets;")
    kept = {"Accept-Encoding": "gzip", "If-None-Match": response.headers["ETag"]}
    assert pets.get(f"/rulesets/pets?{DAY}", headers=kept).status_code == 304
    assert pets.head(f"/rulesets/pets?{DAY}").status_code == 200


def test_below_a_prefix() -> None:
    """Every link and file is found where the service is mounted."""
    app = Flask("host")
    app.register_blueprint(blueprint(), url_prefix="/advice")
    client = app.test_client(use_cookies=False)
    path = f"/advice/rulesets/{load().id}"
    read = page(client, "criterion=devices&cell=android.pytorch", path)
    inner = [each.attributes["href"] for each in read.all("a") if each.attributes["href"].startswith("/")]
    assert inner
    assert all(each.startswith("/advice/") for each in inner)
    styles = [each.attributes["href"] for each in read.all("link", rel="stylesheet")]
    assert [client.get(each).status_code for each in styles] == [200, 200]
    assert {each.attributes["action"].partition("#")[0] for each in read.all("form")} == {path}


def test_texts_are_only_texts() -> None:
    """Whatever the texts of a ruleset hold, nothing of it becomes markup."""
    data: dict[str, Any] = {
        "ruleset": {"id": "bad", "title": SCRIPT, "version": SCRIPT},
        "needs": {"need": {"question": SCRIPT, "type": "number", "minimum": 0, "maximum": 9, "unit": SCRIPT}},
        "candidates": {"one": {"name": SCRIPT}, "two": {"name": SCRIPT, "since": "2020-01-01"}},
        "criteria": {"kind": SCRIPT},
        "evidence": {"book": {"title": SCRIPT, "source": SCRIPT, "published": "2020-01-01"}},
        "rules": {
            "rule": {
                "criterion": "kind",
                "title": SCRIPT,
                "when": {"need": {"at_least": 3}},
                "ratings": {"one": {"2020-01-01": {"rating": "good", "because": SCRIPT, "evidence": ["book"]}}},
            },
            "old": {"criterion": "kind", "title": SCRIPT, "until": "2020-06-01", "ratings": {"one": "good"}},
        },
    }
    client = client_of(Ruleset.from_dict(data))
    read = page(client, f"as_of=2021-01-01&since=2019-01-01&cell=rule.one&criterion={SCRIPT}", "/rulesets/bad")
    assert [each.attributes.get("type") for each in read.all("script")] == ["module"]
    assert read.one("h1").text == SCRIPT
    html = client.get("/rulesets/bad?as_of=2021-01-01&cell=rule.one").text
    assert SCRIPT not in html
    assert escape("<script>") in html


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
