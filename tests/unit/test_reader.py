"""YAML texts, files and folders to plain data: what is read, what is refused and where, and within what limits."""

import os
import socket
from pathlib import Path
from typing import Any

import pytest
import yaml

from steelyard.diagnostics import Diagnostic, Source
from steelyard.reader import (
    Limits,
    PlainText,
    beyond_limits,
    loader,
    read_document,
    read_file,
    read_path,
    yaml_files,
)
from tests.unit.samples import faults_of, told

SMALL = Limits(file_bytes=200, files=3, depth=5, alias_nodes=20, values=50)


def read(text: str, limits: Limits | None = None) -> tuple[Any, list[str]]:
    """The data of a text, and each fault as code, line and column, counted from 1."""
    document, faults = read_document(Source("t.yaml", text), limits or Limits())
    return document.data, [placed(each) for each in faults]


def placed(found: Diagnostic) -> str:
    """The code of a fault with its line and column."""
    return f"{found.code.value} {found.span.line + 1}:{found.span.column + 1}" if found.span else found.code.value


READ: list[tuple[str, Any]] = [
    ("a: 1", {"a": "1"}),
    ("{a: no, 12:30: 1e3, ~: null}", {"a": "no", "12:30": "1e3", "~": "null"}),
    ("a: 2020-01-01\ntrue: .nan", {"a": "2020-01-01", "true": ".nan"}),
    ("a:\nb: ''", {"a": "", "b": ""}),
    ("a: |\n  x\n  y\nb: >-\n  x\n  y\n", {"a": "x\ny\n", "b": "x y"}),
    ("? a\n: [1, {b: c}]", {"a": ["1", {"b": "c"}]}),
    ("a: &x {b: 1}\nc: *x\nd: [*x, &y z, *y]", {"a": {"b": "1"}, "c": {"b": "1"}, "d": [{"b": "1"}, "z", "z"]}),
    ("a: &x 1\nb: &x 2\nc: *x", {"a": "1", "b": "2", "c": "2"}),
    ("&k a: 1\nb: *k", {"a": "1", "b": "a"}),
    ('"<<": 1\na: "\\u00e9\\x41"', {"<<": "1", "a": "éA"}),
    ("%YAML 1.1\n---\na: 1\n...\n", {"a": "1"}),
    ("\ufeffa: 1", {"a": "1"}),
    ("a: 1\r\nb: 2\r\n", {"a": "1", "b": "2"}),
    ("a: 1\rb: 2", {"a": "1", "b": "2"}),
    ("a:\t1 \t# with tabs\n", {"a": "1"}),
    ('{\n\t"a": [\n\t\t"b"\n\t]\n}', {"a": ["b"]}),
    ("日本: 🎉", {"日本": "🎉"}),
    ("{}", {}),
]

REFUSED: list[tuple[str, list[str]]] = [
    ("", ["file/empty"]),
    (" \n# nothing\n", ["file/empty"]),
    ("---\n", ["file/empty"]),
    ("text", ["value/wrong-type 1:1"]),
    ("- a", ["value/wrong-type 1:1"]),
    ("null", ["value/wrong-type 1:1"]),
    ("a: [1\n\n", ["yaml/syntax 1:4"]),
    ("a: 'x\nb: 1\n", ["yaml/syntax 1:4"]),
    ("a: 1\nb\n", ["yaml/syntax 2:1"]),
    ("a: [\n", ["yaml/syntax 2:1"]),
    ("a: [1\nb: 2]", ["yaml/syntax 2:2"]),
    ("a: b: c", ["yaml/syntax 1:5"]),
    ("a: @b", ["yaml/syntax 1:4"]),
    ("a:\n\tb: 1", ["yaml/syntax 2:1"]),
    ("a: 1\n b: 2", ["yaml/syntax 2:3"]),
    ("a: 1\nb: '\\q'\nc: \"\\q\"", ["yaml/syntax 3:5"]),
    ("a: \x00", ["yaml/syntax 1:4"]),
    ("é: 1\nb: x\x1b", ["yaml/syntax 2:5"]),
    ("a: \ud800", ["yaml/syntax 1:4"]),
    ("a: 1\nb: \ufffe", ["yaml/syntax 2:4"]),
    ("a: 1\n---\nb: 1", ["yaml/several-documents 2:1"]),
    ("a: 1\n---\n", ["yaml/several-documents 2:1"]),
    ("%YAML 2.0\n---\na: 1", ["yaml/syntax 1:1"]),
    ("a: *b", ["yaml/unknown-alias 1:4"]),
    ("a: *b\nb: &b 1", ["yaml/unknown-alias 1:4"]),
    ("a: &x [*x]", ["yaml/recursive-alias 1:8"]),
    ("a: &x 1\nb: &x {c: *x}", ["yaml/recursive-alias 2:11"]),
    ("a: 1\nb: {<<: {a: 1}}", ["yaml/merge-key 2:5"]),
    ("[a]: 1\n{b: c}: 2", ["yaml/key-not-text 1:1", "yaml/key-not-text 2:1"]),
    ("a: !!str 1\nb: !x {c: ! d}", ["yaml/tag 1:4", "yaml/tag 2:11", "yaml/tag 2:4"]),
    ("a: 1\nb: {c: 1, c: 2}\na: 2", ["yaml/duplicate-key 2:11", "yaml/duplicate-key 3:1"]),
    ("a: 1\n'a': 2", ["yaml/duplicate-key 2:1"]),
]


@pytest.mark.parametrize(("text", "data"), READ)
def test_what_is_read(text: str, data: Any) -> None:
    """Every scalar stays the text that was written; anchors, aliases and all of YAML's notations are read."""
    assert read(text) == (data, [])


@pytest.mark.parametrize(("text", "faults"), REFUSED)
def test_what_is_refused(text: str, faults: list[str]) -> None:
    """What is refused is told with its code, line and column: every fault that can still be seen."""
    assert sorted(read(text)[1]) == faults


@pytest.mark.parametrize("text", [text for text, faults in REFUSED if faults != ["file/empty"]])
def test_without_the_fast_parser(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML was built without libyaml, faults are told with places within the text as well."""
    monkeypatch.setattr(loader, "LOADER", yaml.SafeLoader)
    source = Source("t.yaml", text)
    _, faults = read_document(source)
    assert faults
    for found in faults:
        assert found.span is not None
        assert found.span.column <= len(source.lines[found.span.line])


def test_plain_and_quoted_scalars_differ() -> None:
    """What stood without quotes is told apart from what stood in them, for the place to decide its type."""
    data, _ = read("{a: no, b: 'no', c: \"no\"}")
    assert [type(value) for value in data.values()] == [PlainText, str, str]


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\x85", "\u2028"])
def test_lines_are_counted_by_every_line_break_of_yaml(line_break: str) -> None:
    """A fault stands in the right line, whichever line breaks the text has."""
    assert read(line_break.join(["a: 1", "# x", "b: {c: 1, c: 2}", "d: 4"]))[1] == ["yaml/duplicate-key 3:11"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: [[[[b]]]]", None),
        ("a: [[[[[b]]]]]", "yaml/too-deep 1:8"),
        ("{a: {a: {a: {a: {a: {}}}}}}", "yaml/too-deep 1:21"),
        ("a: &x [[b]]\nb: [[*x]]", None),
        ("a: &x [[b]]\nb: [[[*x]]]", "yaml/too-deep 2:7"),
        ("a: &x [1,2,3,4]\nb: [*x,*x,*x]", None),
        ("a: &x [1,2,3,4]\nb: [*x,*x,*x,*x,*x]", "yaml/alias-expansion 2:17"),
        ("a: &x [1,2,3]\nb: &y [*x,*x]\nc: [*y,*y]", "yaml/alias-expansion 3:8"),
        ("a: [" + "1," * 46 + "]", None),
        ("a: [" + "1," * 60 + "]", "file/too-large 1:99"),
    ],
)
def test_limits_of_a_text(text: str, fault: str | None) -> None:
    """Depth, the values that aliases stand for, and values are limited; aliases do not get round the depth."""
    assert read(text, SMALL)[1] == ([fault] if fault else [])


def test_a_hostile_text_is_refused_at_once() -> None:
    """Millions of open brackets, and aliases of aliases, are refused before they are taken in."""
    assert read("[" * 1_000_000)[1] == ["yaml/too-deep 1:51"]
    bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
    )
    assert read(bomb)[1] == ["yaml/alias-expansion 5:10"]


def test_so_many_faults_are_enough() -> None:
    """A text with more than a thousand faults is given up, not told about to the last."""
    document, faults = read_document(Source("t.yaml", "a: 1\n" * 5000))
    assert (document.data, len(faults)) == ({}, 1000)


@pytest.mark.parametrize(
    ("content", "told_", "line"),
    [
        (b"\xef\xbb\xbfa: 1", [], 0),
        (b"a: \xff", ["file/not-utf8 "], 0),
        ("a: 1\nb: ö".encode("latin-1"), ["file/not-utf8 "], 1),
        ("a: 1".encode("utf-16"), ["file/not-utf8 "], 0),
        (b"a: \xed\xa0\x80", ["file/not-utf8 "], 0),
        (b"a" * 201, ["file/too-large "], 0),
    ],
)
def test_the_bytes_of_a_file(content: bytes, told_: list[str], line: int, tmp_path: Path) -> None:
    """A file is UTF-8, with or without a byte order mark, and of limited size; a wrong byte is told with its place."""
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    assert faults_of(lambda: read_file(path, SMALL)) == told_
    _, faults = read_path(path, SMALL)
    assert [found.span.line for found in faults if found.span] == [line] * sum(
        found.span is not None for found in faults
    )


def test_endless_files(tmp_path: Path) -> None:
    """A file without an end is read no further than the limit."""
    (tmp_path / "a.yaml").symlink_to("/dev/zero")
    assert told(read_path(tmp_path / "a.yaml")[1]) == ["file/too-large "]


def write(folder: Path, **files: str) -> Path:
    """A folder with the files, whose names have two underscores for a slash."""
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_folder_is_merged(tmp_path: Path) -> None:
    """The sections of a folder's files, and of those in folders below, are put together."""
    write(tmp_path, b="x: {a: 1}\ny: {c: 3}", a__deep="x: {b: 2}", c="z: 5")
    (tmp_path / ".hidden.yaml").write_text("[")
    (tmp_path / "notes.txt").write_text("[")
    (tmp_path / "d.yml").write_text("y: {d: 4}")
    document, faults = read_path(tmp_path)
    assert (document.data, faults) == ({"x": {"b": "2", "a": "1"}, "y": {"c": "3", "d": "4"}, "z": "5"}, [])


def test_a_key_that_stands_in_two_files(tmp_path: Path) -> None:
    """A key that two files hold is told in the second, with the place of the first; the rest is merged."""
    document, faults = read_path(write(tmp_path, a="x: {a: 1}", b="x:\n  b: 2\n  a: 3"))
    assert [placed(found) for found in faults] == ["yaml/duplicate-key 3:3"]
    assert faults[0].help == f"the first is in {tmp_path / 'a.yaml'}, line 1"
    assert document.data == {"x": {"a": "1", "b": "2"}}


@pytest.mark.parametrize(
    ("one", "two", "data"),
    [
        ("x: 5", "x: {a: 1}", {"x": {"a": "1"}}),
        ("x: {a: 1}", "x: [5]", {"x": {"a": "1"}}),
        ("x: 5", "x: 6", {"x": "5"}),
    ],
)
def test_sections_that_cannot_be_merged(one: str, two: str, data: Any, tmp_path: Path) -> None:
    """A section that is no mapping in one of two files is told once, and the mapping is kept."""
    document, faults = read_path(write(tmp_path, a=one, b=two))
    assert (document.data, told(faults)) == (data, ["value/wrong-type "])


def test_one_unreadable_file_stops_the_folder(tmp_path: Path) -> None:
    """Faults of reading are told of every file, and nothing comes of the rest, which would only miss what is lost."""
    document, faults = read_path(write(tmp_path, a="x: {a: 1}", b="x: [", c="", d="x: {a: 2, <<: {}}"))
    assert document.root is None
    assert sorted(found.code.value for found in faults) == ["file/empty", "yaml/merge-key", "yaml/syntax"]


def test_how_many_files(tmp_path: Path) -> None:
    """A folder of more files than the limit, of none, or of too many values in all is refused."""
    empty = tmp_path / "empty"
    empty.mkdir()
    assert told(read_path(empty)[1]) == ["file/nothing-here "]
    many = write(tmp_path / "many", **{f"f{n}": "a: 1" for n in range(4)})
    assert told(read_path(many, SMALL)[1]) == ["file/too-many "]
    large = write(tmp_path / "large", **{f"f{n}": f"s{n}: [" + "1," * 20 + "]" for n in range(3)})
    assert told(read_path(large, SMALL)[1]) == ["file/too-large "]


def test_links_and_odd_names(tmp_path: Path) -> None:
    """Folders called like files are entered, circles of links are not, pipes and sockets are passed over."""
    write(tmp_path, **{"folder.yaml__a": "a: 1", "b": "b: 1"})
    (tmp_path / "round").symlink_to(".")
    (tmp_path / "folder.yaml" / "up").symlink_to("..")
    os.mkfifo(tmp_path / "pipe.yaml")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s.yaml"))
    assert [path.name for path in yaml_files(tmp_path)] == ["b.yaml", "a.yaml"]
    assert read_path(tmp_path)[0].data == {"a": "1", "b": "1"}


def test_links_that_lead_nowhere(tmp_path: Path) -> None:
    """A link to a file that is gone, or to itself, is told: what it should bring would be missed silently."""
    write(tmp_path, a="a: 1")
    (tmp_path / "gone.yaml").symlink_to("nowhere")
    (tmp_path / "self.yaml").symlink_to("self.yaml")
    document, faults = read_path(tmp_path)
    assert told(faults) == ["file/not-found ", "file/unreadable "]
    assert document.root is None


def test_folders_within_folders_without_end(tmp_path: Path) -> None:
    """Folders are entered however deep they lie."""
    before, depth = Path.cwd(), 1200
    try:
        os.chdir(tmp_path)
        for _ in range(depth):
            Path("d").mkdir()
            os.chdir("d")
        Path("a.yaml").write_text("a: 1")
        assert len(list(yaml_files(tmp_path))) == 1
        Path("a.yaml").unlink()
        # Nobody after us, who may remove folders by recursion, shall find them.
        for _ in range(depth):
            os.chdir("..")
            Path("d").rmdir()
    finally:
        os.chdir(before)


@pytest.mark.parametrize(
    ("path", "fault"),
    [("missing.yaml", "file/not-found "), ("x" * 300, "file/unreadable "), (".", "file/nothing-here ")],
)
def test_paths_without_a_file(path: str, fault: str, tmp_path: Path) -> None:
    """A path that names nothing, or cannot name anything, is told."""
    assert told(read_path(tmp_path / path)[1]) == [fault]


def nested(depth: int) -> Any:
    """Lists and mappings in each other, so deep."""
    value: Any = 1
    for level in range(depth):
        value = {"a": value} if level % 2 else [value]
    return value


def test_limits_of_plain_data() -> None:
    """Data that a program hands over may be as deep as a text, and hold as many values, shared parts counted again."""
    assert beyond_limits(nested(5), SMALL) is None
    too_deep = beyond_limits(nested(6), SMALL)
    assert too_deep is not None
    assert told([too_deep]) == ["yaml/too-deep /a/0/a/0/a"]
    shared = {"a": [1] * 9}
    assert beyond_limits([shared] * 4, SMALL) is None
    too_large = beyond_limits([shared] * 5, SMALL)
    assert too_large is not None
    assert told([too_large]) == ["file/too-large "]


@pytest.mark.parametrize("holder", [dict, list])
def test_data_that_holds_itself(holder: type) -> None:
    """A list or mapping that holds itself, twice even, is found to be too deep or too large, not walked for ever."""
    data = holder()
    if isinstance(data, dict):
        data.update(a=data, b=[data, data])
    else:
        data += [data, (data, {"a": data}), {1, 2}]
    found = beyond_limits(data)
    assert found is not None
    assert found.code.value in ("yaml/too-deep", "file/too-large")
