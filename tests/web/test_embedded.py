"""What another page is given to show inside itself: the script, and the questions or the answer alone."""

import gzip
from html import escape
from urllib.parse import parse_qsl

import pytest
from flask import Flask
from flask.testing import FlaskClient

from steelyard.web import Settings, Shelf, blueprint, create_app
from steelyard.web.guarding.keys import line_of, new_key
from steelyard.web.pages.assets import assets
from steelyard.web.pages.rendering import POLICY
from tests.web.html import Page

ELSEWHERE = "https://pages.example"
HEADERS = {"Origin": ELSEWHERE, "Accept": "text/html"}
VIEWS = ("questions", "recommendation")


def shown(client: FlaskClient, query: str = "", mounted: str = "") -> Page:
    """What is shown for a query."""
    response = client.get(f"{mounted}/embedded?{query}", headers={"Accept": "text/html"})
    assert response.status_code == 200
    assert response.headers["Content-Security-Policy"] == POLICY
    page = Page(response.text)
    page.demand_strict()
    return page


def test_the_questions_with_the_answer(client: FlaskClient) -> None:
    """Beside the questions stands who leads, and whatever is answered next leads on inside the other page."""
    page = shown(client, "garden=true&must=garden")
    assert page.one("h2", id="answer-title").text == "Dog fits best"
    assert len(page.all("section", class_="needs")) == 1
    assert {form.attributes["action"] for form in page.all("form")} == {"/embedded"}
    stays = [link.attributes["href"] for link in page.all("a") if "data-stay" in link.attributes]
    assert stays
    assert all(address.startswith("/embedded") for address in stays)
    assert page.link("The whole page") == "/?garden=true&must=garden"
    assert page.link("All that it knows, with its sources") == "/rulesets/pets"


def test_one_recommendation(client: FlaskClient) -> None:
    """The answer alone asks nothing, and whatever is followed from it is the whole page."""
    page = shown(client, "garden=true&must=garden&embedded-view=recommendation")
    assert page.one("h2", id="answer-title").text == "Dog fits best"
    assert page.one("h1").text == "Welches Haustier? 🐈"
    assert not page.all("form")
    assert len(page.all("figure", id="beam")) == 1
    assert [each.attributes["id"] for each in page.all("li") if "id" in each.attributes] == ["rank-dog", "rank-cat"]
    assert page.one("section", part="reasons").text.startswith("Why Dog It barks.")
    assert all("embedded" not in link.attributes["href"] for link in page.all("a"))
    assert page.one("ol", class_="ranking").text in shown(client, "garden=true&must=garden").text


def test_what_the_element_is_told(client: FlaskClient) -> None:
    """Beside what is seen stand the address of the page, and what is required, as it can be asked for again."""
    said = "ruleset=pets&as_of=2025-01-01&home=flat&allergies=hay,fur&must=home"
    main = shown(client, said).one("main")
    required = main.attributes["data-requirements"]
    assert dict(parse_qsl(required)) == {"home": "flat", "allergies": "fur,hay", "must": "home"}
    again = shown(client, f"{required}&as_of=2025-01-01").one("main")
    assert again.attributes == main.attributes
    assert main.attributes["data-address"].startswith("/?as_of=2025-01-01&home=flat")
    assert main.attributes["data-title"] == shown(client, said).one("h2", id="answer-title").text


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_said(client: FlaskClient, view: str) -> None:
    """Where nothing is said nothing is recommended, and there is a way to say it."""
    page = shown(client, f"embedded-view={view}")
    assert "Nothing is said yet" in page.text
    assert not page.all("figure")
    assert page.all("form") or page.link("Say what the project needs") == "/"


@pytest.mark.parametrize("view", VIEWS)
def test_nobody_is_left(client: FlaskClient, view: str) -> None:
    """Where every candidate is excluded, it is said which must could be given up."""
    page = shown(client, f"allergies=fur&home=flat&must=allergies,home&embedded-view={view}")
    assert page.one("ul", class_="ways").text
    assert len(page.all("li", class_="is-out")) == 2


def test_a_stack() -> None:
    """A stack shows each part, and each part leads to the whole page of its own."""
    page = shown(create_app().test_client(), "stack=deep-learning&targets=android")
    parts = page.all("section", part="ranking")
    assert len(parts) == 3
    links = [each for each in page.all("a") if any(each.is_within(part) for part in parts)]
    assert links
    assert all(link.attributes["href"].startswith("/?") for link in links)


def test_faults(client: FlaskClient) -> None:
    """What cannot be read is told, with what was probably meant, and the rest is shown."""
    page = shown(client, "garden=true&gardn=true&embedded-view=recomendation")
    told = page.one("section", class_="faults").text
    assert "Unknown view recomendation: did you mean recommendation?" in told
    assert "gardn" in told
    assert page.one("h2", id="answer-title").text == "Dog fits best"
    assert page.all("form")


@pytest.mark.parametrize("place", ["embedded-view", "ruleset", "garden", "as_of", "look-at", "candidates", "must"])
def test_what_is_said_stays_text(client: FlaskClient, place: str) -> None:
    """Whatever is said in the address is shown as text, if at all."""
    said = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    response = client.get("/embedded", query_string={place: said})
    assert response.status_code == 200
    assert said not in response.text
    assert escape("<img src=x", quote=False) in response.text or "img" not in response.text
    assert not Page(response.text).all("script")


def test_origins(shelf: Shelf) -> None:
    """A page of an origin that is named may read what is shown; another one may not, yet both may run the script."""
    for origins, allowed in (((ELSEWHERE,), ELSEWHERE), ((), None), (("https://other.example",), None)):
        client = create_app(shelf, Settings(cors_origins=origins)).test_client()
        version = assets().version
        for path in ("/embedded", f"/assets/{version}/embedding.js", f"/assets/{version}/embedded.css"):
            response = client.get(path, headers=HEADERS)
            assert (response.status_code, response.headers.get("Access-Control-Allow-Origin")) == (200, allowed)
        script = client.get("/embed.js", headers=HEADERS)
        assert script.headers.getlist("Cross-Origin-Resource-Policy") == ["cross-origin"]


def test_the_script(client: FlaskClient) -> None:
    """The script names the version of the rest, and is asked for anew whenever it is wanted."""
    response = client.get("/embed.js")
    assert response.content_type == "text/javascript; charset=utf-8"
    assert f'"assets/{assets().version}/embedding.js"' in response.text
    assert response.headers["Cache-Control"] == "private, no-cache"
    tag = {"If-None-Match": response.headers["ETag"]}
    assert client.get("/embed.js", headers=tag).status_code == 304
    packed = client.get("/embed.js", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == response.data
    assert len(packed.data) < 2000


def test_what_is_shown_is_kept_and_asked_again(client: FlaskClient) -> None:
    """A browser keeps what is shown, and asks whether it still holds."""
    response = client.get("/embedded?garden=true")
    tag = {"If-None-Match": response.headers["ETag"]}
    assert client.get("/embedded?garden=true", headers=tag).status_code == 304
    assert client.get("/embedded?garden=false", headers=tag).status_code == 200


def test_below_a_prefix() -> None:
    """Below a prefix every address has it."""
    app = Flask("host")
    app.register_blueprint(blueprint(), url_prefix="/advice")
    page = shown(app.test_client(), "targets=android", mounted="/advice")
    addresses = [each.attributes[key] for each in page.elements for key in ("href", "action") if key in each.attributes]
    assert all(address.startswith(("/advice/", "https://", "http://")) for address in addresses)
    assert page.one("main").attributes["data-address"] == "/advice/?targets=android"
    assert app.test_client().get("/advice/embed.js").status_code == 200


def test_where_keys_are_wanted(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where keys are wanted, the script needs none, and what it asks for does."""
    key = new_key()
    keys = tmp_path_factory.mktemp("keys") / "keys"
    keys.write_text(line_of("page", key))
    client = create_app(shelf, Settings(api_keys_file=keys, cors_origins=(ELSEWHERE,))).test_client()
    assert client.get("/embed.js", headers=HEADERS).status_code == 200
    refused = client.get("/embedded", headers=HEADERS)
    assert (refused.status_code, refused.headers["Access-Control-Allow-Origin"]) == (401, ELSEWHERE)
    assert client.get("/embedded", headers={**HEADERS, "X-Api-Key": key}).status_code == 200
