"""The page: what it shows for what its address says, without a browser."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from steelyard.api import Ruleset
from steelyard.web import Shelf, blueprint, create_app
from steelyard.web.pages.assets import assets
from tests.web.html import Page
from tests.web.rulesets import PETS, TEA, TEA_YAML

DAY = "as_of=2026-01-01"


def page(client: FlaskClient, address: str) -> Page:
    """The page at an address, which needs no loose policy."""
    response = client.get(address, follow_redirects=True)
    assert response.status_code == 200, response.get_data(as_text=True)
    read = Page(response.get_data(as_text=True))
    read.demand_strict()
    return read


def title(read: Page) -> str:
    """What the answer comes to."""
    return read.one("strong", id="answer-title").text


def ranked(read: Page) -> list[str]:
    """The ranked candidates and their scores."""
    return [
        f"{name.text} {score.text}"
        for name, score in zip(read.all("span", class_="name"), read.all("span", class_="score"), strict=False)
    ]


def test_nothing_said(client: FlaskClient) -> None:
    """Where nothing is said nothing is recommended, and the page says what is best answered first."""
    read = page(client, f"/?{DAY}")
    assert title(read) == "Nothing is said yet"
    assert not ranked(read)
    assert "Best answered first" in read.text
    assert "Dog" in read.text
    assert "Cat" in read.text


def test_an_answer(client: FlaskClient) -> None:
    """An answer is ticked, the ranking follows from it, and a sentence says who leads and how firmly."""
    read = page(client, f"/?{DAY}&garden=true")
    assert title(read) == "Dog fits best"
    assert "100 of 100, 25 ahead of Cat." in read.one("span", class_="verdict-rest").text
    assert ranked(read) == ["Dog 100", "Cat 75"]
    ticked = [each.attributes["value"] for each in read.all("input", name="garden") if "checked" in each.attributes]
    assert ticked == ["true"]
    assert read.one("fieldset", id="need-garden").attributes["class"] == "question is-answered"
    assert read.one("fieldset", id="need-home").attributes["class"] == "question"


def test_reasons_with_sources(client: FlaskClient) -> None:
    """The leader is opened: its reasons with points and dated sources, a stale one said to be so in words."""
    read = page(client, f"/?{DAY}&garden=true")
    why = read.one("details", id="why").text
    assert "Why Dog" in why
    assert "+50.0Likes to be outdoorsBoth roam. survey, 2024-05, stale" in why
    assert "Its people · MIT · 100 of 100, all of it known" in why
    assert read.link("Homepage") == "https://example.org/dog"
    [address] = [each.attributes["href"] for each in read.all("a") if each.is_within(read.one("li", id="rank-cat"))]
    other = page(client, address)
    assert "Why Cat" in other.one("details", id="why").text


def test_two_side_by_side(client: FlaskClient) -> None:
    """Two candidates are shown where they differ, and hang on the beam with a weight for each criterion."""
    read = page(client, f"/?{DAY}&garden=true&hours=8&compare=cat,dog")
    beside = read.one("details", id="beside")
    assert "open" in beside.attributes
    assert "Copes alone" in beside.text
    beam = read.one("figure", id="beam")
    assert beam.text.startswith("CatDog")
    left, right = (
        read.all("ul", aria_label="What pulls towards Cat"),
        read.all("ul", aria_label="What pulls towards Dog"),
    )
    assert [each.text for each in (*left, *right)] == ["A Time 25.0", "B Place 12.5"]


def test_what_would_change_it(client: FlaskClient) -> None:
    """What would change the answer is looked for when it is asked for; each change is a link that makes it."""
    read = page(client, f"/?{DAY}&garden=true&explain=changes")
    changes = [each for each in read.all("a") if each.text.startswith("If ")]
    assert changes
    then = page(client, changes[0].attributes["href"])
    assert title(then) == "Cat fits best"


def test_excluded_and_infeasible(client: FlaskClient) -> None:
    """An excluded candidate says why; where all are, each way out is a link that gives a must up."""
    read = page(client, f"/?{DAY}&allergies=fur&home=flat&must=allergies,home")
    assert title(read).startswith("Both candidates, Dog and Cat, are excluded")
    assert "Excluded. It has fur." in read.text
    relax = read.one("section", class_="relax")
    assert "Without the must on allergies" in relax.text
    link = next(each for each in read.all("a") if each.text.startswith("Without the must"))
    assert "excluded" not in title(page(client, link.attributes["href"]))


def test_without_a_must_to_give_up() -> None:
    """Where dates exclude everybody, no must can be given up, and the page says so."""
    data = {**TEA, "candidates": {key: {**each, "until": "2020-01-01"} for key, each in TEA["candidates"].items()}}
    client = create_app(Shelf.holding(Ruleset.from_dict(data))).test_client()
    assert "No must excludes them all" in page(client, f"/?{DAY}&sleep=true").text


def test_some_of_the_candidates(client: FlaskClient) -> None:
    """Where the address names candidates, only those are weighed, and what is offered to copy says so."""
    read = page(client, f"/?{DAY}&garden=true&candidates=cat")
    assert ranked(read) == ["Cat 75"]
    assert "candidates: [cat]" in read.one("pre", id="copy-yaml").text
    assert "candidates=['cat']" in read.one("pre", id="copy-python").text


def test_an_answer_is_withdrawn(client: FlaskClient) -> None:
    """A link withdraws an answer, another says that it is not known, which is remembered and not asked again."""
    read = page(client, f"/?{DAY}&garden=true&hours=8")
    [address] = withdrawals(read, "garden")
    without = page(client, address)
    assert not withdrawals(without, "garden")
    assert withdrawals(without, "hours")
    telling = next(each for each in page(client, f"/?{DAY}").all("button") if "not-known" in each.attributes.values())
    need = telling.attributes["value"]
    later = page(client, f"/?{DAY}&not-known={need}")
    assert not [each for each in later.all("form") if each.attributes.get("id") == f"next-{need}"]
    assert "not known" in later.one("fieldset", id=f"need-{need}").text


def withdrawals(read: Page, need: str) -> list[str]:
    """The addresses without the answer to a need, if it has one."""
    question = read.one("fieldset", id=f"need-{need}")
    return [each.attributes["href"] for each in read.all("a", class_="withdraw") if each.is_within(question)]


def test_a_form_leads_to_an_address(client: FlaskClient) -> None:
    """What a form sends is long: it is answered with the address that says the same, which can be kept and sent."""
    sent = (
        f"/?{DAY}&garden=true&importance-garden=must&home=&importance-home=should&allergies=fur&allergies=hay"
        "&importance-allergies=could&hours=&importance-hours=must&patience=low&importance-patience=should"
    )
    response = client.get(sent)
    assert response.status_code == 303
    wanted = f"/?{DAY}&garden=true&allergies=fur,hay&patience=low&must=garden&could=allergies"
    assert response.headers["Location"] == wanted
    there = client.get(wanted)
    assert there.status_code == 200
    assert "Content-Location" not in there.headers
    in_place = client.get(sent, headers={"Steelyard-In-Place": "1"})
    assert in_place.status_code == 200
    assert in_place.headers["Content-Location"] == wanted
    assert in_place.data == there.data
    assert "Steelyard-In-Place" in in_place.headers["Vary"]


def test_a_page_has_one_address(client: FlaskClient) -> None:
    """What is written in another order, or says what goes without saying, leads to the one address of the page."""
    for address in (f"/?garden=true&{DAY}", f"/?ruleset=pets&{DAY}&garden=yes", f"/?{DAY}&garden=true&should=garden"):
        response = client.get(address)
        assert response.status_code == 303
        assert response.headers["Location"] == f"/?{DAY}&garden=true"


def test_none_of_them_is_an_answer(client: FlaskClient) -> None:
    """That none of the options holds is an answer, and another than to say nothing."""
    response = client.get(f"/?{DAY}&allergies=&importance-allergies=should")
    assert response.headers["Location"] == f"/?{DAY}&allergies="
    read = page(client, f"/?{DAY}&allergies=")
    assert "is-answered" in read.one("fieldset", id="need-allergies").attributes["class"]


def test_what_is_faulty_is_told(client: FlaskClient) -> None:
    """Every fault is told, with what was probably meant, and the rest of the address is kept."""
    faulty = "garden=true&homme=flat&home=flatt&hours=99&look-at=dgo&compare=dog,cow&ruleset=pets&set-beside=noon"
    read = page(client, f"/?as_of=2026-13-01&{faulty}")
    told = read.one("section", id="faults").text
    for words in (
        "homme",
        "did you mean home?",
        "flatt",
        "did you mean flat?",
        "99",
        "dgo",
        "cow",
        "2026-13-01",
        "noon",
    ):
        assert words in told
    assert title(read) == "Dog fits best"
    form = page(client, f"/?{DAY}&hours=99&importance-hours=should&garden=true&importance-garden=should")
    assert "99" in form.one("section", id="faults").text
    unknown = page(client, f"/?{DAY}&ruleset=pet&garden=true")
    assert "did you mean pets?" in unknown.one("section", id="faults").text


def test_other_rulesets_are_a_link_away(client: FlaskClient) -> None:
    """The default comes first; another ruleset is asked with what it knows of what was said."""
    read = page(client, f"/?{DAY}&garden=true")
    assert read.link("Which tea?") == f"/?ruleset=tea&{DAY}"
    tea = page(client, read.link("Which tea?"))
    assert tea.link("Welches Haustier? 🐈") == f"/?{DAY}"


def test_a_stack_is_answered_part_by_part() -> None:
    """A stack shows each part with its ranking, and leads to each alone, asked with what it took of the others."""
    client = create_app().test_client()
    read = page(client, "/?stack=deep-learning&as_of=2026-11-25&targets=android&must=targets")
    parts = read.all("section", class_="part")
    assert len(parts) == 3
    alone = page(
        client, [each for each in read.all("a") if each.text == "Why, and what would change it"][1].attributes["href"]
    )
    assert title(alone) in parts[1].text
    assert read.all("title")[0].text == f"{title(read)} · Steelyard"


def test_other_days_and_what_moved() -> None:
    """The page tells who led when, and sets what was known on another day beside what is shown."""
    client = create_app().test_client()
    said = "model_kinds=recurrent&research_flexibility=much"
    read = page(client, f"/?as_of=2026-11-25&{said}&set-beside=2016-06-01")
    then = read.one("details", id="then")
    assert "TensorFlow" in then.text
    assert "PyTorch" in then.text
    assert "The answer differs" in read.one("div", id="compared").text
    spans = [each for each in read.all("li") if each.is_within(read.one("ol", class_="spans"))]
    assert len(spans) > 1
    article = page(client, f"/?as_of=2026-11-25&{said}&set-beside=pytorch-vs-tensorflow-2020")
    assert "Look at the other answer by itself" in article.text
    there = article.link("Look at the other answer by itself")
    assert there.startswith("/?ruleset=pytorch-vs-tensorflow-2020&as_of=")
    shared = page(
        client, "/?as_of=2026-11-25&stage=production&visualisation=true&set-beside=pytorch-vs-tensorflow-2020"
    )
    assert "visualisation=true" in shared.link("Look at the other answer by itself")
    other = page(client, "/?as_of=2026-11-25&targets=microcontroller&set-beside=pytorch-vs-tensorflow-2020")
    assert "cannot be asked the same" in other.one("div", id="compared").text
    assert other.link("Take it away") == "/?as_of=2026-11-25&targets=microcontroller"


@pytest.mark.parametrize(
    ("name", "accept"),
    [("decision.md", "text/markdown"), ("ranking.svg", "image/svg+xml"), ("recommendation.json", "application/json")],
)
def test_downloads(client: FlaskClient, name: str, accept: str) -> None:
    """The files to download are the very bytes that the API answers with."""
    read = page(client, f"/?{DAY}&garden=true&could=garden")
    [address] = [each.attributes["href"] for each in read.all("a") if f"/{name}?" in each.attributes.get("href", "")]
    file = client.get(address)
    assert file.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    same = client.get(address.replace(f"/downloads/{name}", "/v1/recommendations"), headers={"Accept": accept})
    assert file.data == same.data


def test_no_such_download(client: FlaskClient) -> None:
    """Another file is not there; a faulty query is told as the API tells it."""
    assert client.get("/downloads/decision.pdf").status_code == 404
    assert client.get("/downloads/decision.md?gardn=true").status_code == 422
    stack = create_app().test_client()
    assert stack.get("/downloads/ranking.svg?stack=deep-learning").status_code == 404


def test_copies_say_the_same(client: FlaskClient) -> None:
    """What is offered to copy asks for the same answer: the link, curl, Python, the command and the file."""
    read = page(client, "/?garden=true&hours=8&must=garden")
    texts = {each.attributes["id"]: each.written for each in read.all("pre") if each.attributes.get("id")}
    assert set(texts) == {"copy-link", "copy-curl", "copy-python", "copy-command", "copy-yaml"}
    posted = json.loads(texts["copy-curl"].split("'")[1])
    answer = client.post("/v1/recommendations", json=posted).get_json()
    assert answer["requirements"]["garden"] == {"value": True, "importance": "must"}
    assert title(page(client, texts["copy-link"].removeprefix("http://localhost"))) == title(read)
    assert "must: " not in texts["copy-yaml"]
    compile(texts["copy-python"], "copied", "exec")


def test_nothing_of_a_ruleset_is_markup() -> None:
    """Whatever a ruleset says is text, wherever it is shown."""
    hostile = json.loads(json.dumps(PETS).replace("Likes", "<script>x</script>").replace("It barks", "<img src=x>"))
    hostile["ruleset"]["title"] = hostile["candidates"]["dog"]["name"] = "</title><script>x</script>"
    hostile["needs"]["garden"]["question"] = hostile["criteria"]["place"] = "<b onclick=x>'\">"
    client = create_app(Shelf.holding(Ruleset.from_dict(hostile))).test_client()
    for address in (f"/?{DAY}", f"/?{DAY}&garden=true&explain=changes&set-beside=2025-01-01&%3Cscript%3E=1"):
        read = page(client, address)
        assert not [each for each in read.all("script") if "src" not in each.attributes]
        assert not read.all("img")
        assert not read.all("b")


def test_it_is_kept_and_asked_about_again(client: FlaskClient) -> None:
    """The page is packed where a browser takes that, and has a tag by which it is asked for again."""
    address = f"/?{DAY}&garden=true"
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    again = client.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_its_files_are_kept_for_ever(client: FlaskClient) -> None:
    """Style and script have the digest of all of them in their address; under another they are asked for again."""
    read = page(client, "/")
    style = read.one("link", rel="stylesheet").attributes["href"]
    assert style == f"/assets/{assets().version}/page.css"
    response = client.get(style, headers={"Accept-Encoding": "gzip"})
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    old = client.get("/assets/old/page.css")
    assert old.data == gzip.decompress(response.data)
    assert old.headers["Cache-Control"] == "private, no-cache"
    assert client.get(f"/assets/{assets().version}/nothing.css").status_code == 404
    assert client.get(f"/assets/{assets().version}/..%2fassets.py").status_code == 404


def test_below_a_prefix(tmp_path: Path) -> None:
    """Below a prefix every link of the page is below it; the page can be there without the API, and the other way."""
    (tmp_path / "tea.yaml").write_text(TEA_YAML)
    app = Flask("host")
    app.register_blueprint(blueprint(rules=[tmp_path], name="both"), url_prefix="/both")
    app.register_blueprint(blueprint(rules=[tmp_path], name="page", api=False), url_prefix="/page")
    app.register_blueprint(blueprint(rules=[tmp_path], name="api", page=False), url_prefix="/api")
    client = app.test_client()
    for prefix in ("/both", "/page"):
        read = page(client, f"{prefix}/?{DAY}")
        local = [
            value
            for each in read.elements
            for key, value in each.attributes.items()
            if key in ("href", "src", "action")
        ]
        assert all(each.startswith((f"{prefix}/", "#", "http")) for each in local)
    assert "/docs" in client.get("/both/").get_data(as_text=True)
    assert "/docs" not in client.get("/page/").get_data(as_text=True)
    assert "curl" not in client.get("/page/").get_data(as_text=True)
    assert client.get("/page/v1/rulesets").status_code == 404
    assert client.get("/api/v1/rulesets").status_code == 200
    assert client.get("/api/").status_code == 404
    assert "page" not in client.get("/api/nothing").get_json()["detail"]
    with pytest.raises(ValueError, match="neither the API nor the page"):
        blueprint(api=False, page=False)


@pytest.mark.parametrize("accept", ["text/html,application/xhtml+xml,*/*;q=0.8", "application/json", "*/*", None])
def test_problems_are_pages_for_browsers(client: FlaskClient, accept: str | None) -> None:
    """A browser is told of a problem by a page that needs nothing else; a program as ever."""
    headers: dict[str, Any] = {} if accept is None else {"Accept": accept}
    response = client.get("/nothing%3Cb%3E", headers=headers)
    assert response.status_code == 404
    if accept is not None and accept.startswith("text/html"):
        read = Page(response.get_data(as_text=True))
        assert read.one("h1").text == "There is nothing here"
        assert read.link("Go to the page") == "/"
        assert not read.all("b")
        assert "sha256-" in response.headers["Content-Security-Policy"]
    else:
        assert response.headers["Content-Type"] == "application/problem+json"
