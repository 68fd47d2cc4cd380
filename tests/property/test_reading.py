"""The fast ways in agree with the thorough ones: texts read at once, data read without marshmallow, rulesets kept."""

from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from steelyard.diagnostics import Source
from steelyard.library import check_data, check_path, shipped, shipped_folder
from steelyard.library.frozen import from_frozen, to_frozen
from steelyard.model import Ruleset
from steelyard.parser.shapes import DOCUMENT, CandidateShape, RatingShape, RuleShape
from steelyard.reader import Limits, yaml_files
from steelyard.reader.at_once import read_at_once
from steelyard.reader.composer import compose
from steelyard.reader.nodes import MappingNode
from steelyard.shape import Shape, Value, address, day, flag, identifier, listed, nested, read_shape, text, weight
from steelyard.shape.explaining import loaded
from tests.property.conditions import Data
from tests.property.strategies import documents

LIMITS = Limits(depth=6, values=60)
PIECES = st.sampled_from(
    (
        *("a", "b", "é🎉", "'q'", '"q\\n"', "~", ": ", ":", "- ", "\n", "\n  ", "\r\n", "\x85", "[", "]", "{", "}"),
        *(", ", "&x ", "*x", "!t ", "<<", "# c\n", "|\n", "? ", "---\n", "...\n", "\t", "\x00", "\ufeff", "\ud800"),
        "%YAML 1.1\n",
    )
)
ODD = ("&", "*", "!", "\ufeff")


def agree(source: Source, limits: Limits) -> bool:
    """Whether the text was read at once; then as the composer reads it, each part with its place."""
    root, faults = compose(source, limits)
    found = read_at_once(source, limits)
    if found is None:
        is_odd = any(mark in source.text for mark in ODD)
        assert faults or not isinstance(root, MappingNode) or is_odd
        return False
    assert not faults
    assert isinstance(root, MappingNode)
    data = root.data()
    assert (found.data, repr_of_types(found.data)) == (data, repr_of_types(data))
    assert places(found.root()) == places(root)
    assert (found.size, found.root().height) == (root.size, root.height)
    return True


def repr_of_types(data: Any) -> Any:
    """The kinds of the texts in the data: which of them stood without quotes."""
    if isinstance(data, dict):
        return [(type(key), repr_of_types(value)) for key, value in data.items()]
    return [repr_of_types(each) for each in data] if isinstance(data, list) else type(data)


def places(node: Any) -> Any:
    """The spans of a node and of all in it."""
    if isinstance(node, MappingNode):
        return node.span, [(key.span, places(value)) for key, value in node.entries.values()]
    return node.span, [places(item) for item in getattr(node, "items", ())]


@given(st.lists(PIECES, max_size=30).map("".join))
def test_texts_of_any_kind(text_: str) -> None:
    """A text is read at once only if the composer finds no fault in it, and then it is the same, place by place."""
    agree(Source("t.yaml", text_), LIMITS)


@given(documents(), st.sampled_from([None, True, False]), st.integers(1, 200))
def test_texts_that_are_sound(document: Data, style: bool | None, width: int) -> None:
    """Whatever PyYAML writes of a ruleset is read at once."""
    text_ = yaml.safe_dump(document, default_flow_style=style, width=width, allow_unicode=True, sort_keys=False)
    assert agree(Source("t.yaml", text_), Limits()) == (not any(each in text_ for each in ("&id", "!!")))


@pytest.mark.parametrize("path", list(yaml_files(shipped_folder())), ids=lambda path: path.name)
def test_texts_that_ship(path: Any) -> None:
    """Every file that ships is read at once, with its places, unless it has anchors."""
    source = Source(path.name, path.read_text(encoding="utf-8"))
    assert agree(source, Limits()) == (": &" not in source.text)


class Inner(Shape):
    """A shape within the other."""

    noun = "an inner one"
    name = Value(text, required=True)
    since = Value(day)


class Outer(Shape):
    """A shape of every kind of field."""

    id = Value(identifier, required=True)
    weight = Value(weight)
    flag = Value(flag, required=True)
    ids = Value(lambda value: listed(value, identifier))
    inner = Value(nested(Inner()))
    url = Value(address)


VALUES = st.one_of(
    st.sampled_from(
        [None, True, False, 1, 0.5, 0, -1, "a", "A b", "", "2020-01-01", "https://example.org/", ["a"], []]
    ),
    st.lists(st.sampled_from(["a", "b", "B", None]), max_size=3),
    st.dictionaries(st.sampled_from(["name", "since", "nam", 5]), st.sampled_from(["a", "2020-01-01", "", None, 3])),
)
DATA = st.dictionaries(st.sampled_from(["id", "weight", "flag", "ids", "inner", "url", "wieght", "other", 7]), VALUES)


@given(DATA)
def test_shapes_without_marshmallow(data: dict[Any, Any]) -> None:
    """What the readers make of data is what marshmallow makes of it: the sound part, and every fault."""
    shape = Outer()
    sound, faults = read_shape(shape, data)
    if all(isinstance(key, str) for key in data):
        expected, found = loaded(shape, data)
        assert (sound, list(sound)) == (expected, list(expected))
        assert set(faults) <= set(found)
        assert bool(faults) == bool(found)


@given(documents(), st.data())
def test_rulesets_without_marshmallow(document: Data, data: st.DataObject) -> None:
    """The sections of a ruleset, whole or spoilt in one place, are read as marshmallow reads them."""
    for section, shape in (("rules", RuleShape()), ("candidates", CandidateShape())):
        for body in document[section].values():
            spoilt = {**body, data.draw(st.sampled_from([*shape.fields, "other"])): data.draw(VALUES)}
            for each in (body, spoilt):
                sound, faults = read_shape(shape, each)
                expected, found = loaded(shape, each)
                assert (sound, bool(faults)) == (expected, bool(found))
    assert read_shape(DOCUMENT, document) == loaded(DOCUMENT, document)
    assert read_shape(RatingShape(), {}) == loaded(RatingShape(), {})


def assert_same(kept: Ruleset, ruleset: Ruleset) -> None:
    """The rulesets are equal in every field, in the order of their mappings, in the kinds of texts and as digests."""
    assert kept == ruleset
    assert to_frozen(kept) == to_frozen(ruleset)
    assert kept.digest == ruleset.digest == replace(kept).digest
    for case, other in zip(kept.cases.values(), ruleset.cases.values(), strict=True):
        assert repr_of_types(case.requirements) == repr_of_types(other.requirements)


@given(documents())
def test_rulesets_kept(document: Data) -> None:
    """A ruleset that was kept is the one that was read."""
    ruleset = check_data(document).required()
    assert_same(from_frozen(to_frozen(ruleset)), ruleset)


@pytest.mark.parametrize("name", list(shipped()))
def test_rulesets_kept_that_ship(name: str) -> None:
    """A shipped ruleset that was kept is the one that was read, its cases included."""
    ruleset = check_path(shipped()[name]).required()
    assert_same(from_frozen(to_frozen(ruleset)), ruleset)
