"""Files of many requests, read and written piece by piece: Parquet, CSV, and JSON with one object per line.

Parquet holds a column for each need, as `coding` reads columns. CSV holds the same as texts: an empty cell is
unanswered, and sets of options are written `a,b` or `a|b`. A line of NDJSON is an object with the answers by need.
"""

import csv
import json
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import mkstemp
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet

from steelyard.batch.result import Batch
from steelyard.batch.running import Runner
from steelyard.batch.texts import typed
from steelyard.diagnostics import Code, FaultsError, fault, listing, quote, quote_path

ROWS = 1 << 16
"""Rows in memory at once."""
_SUFFIXES = {".parquet": "parquet", ".csv": "csv", ".ndjson": "ndjson", ".jsonl": "ndjson"}


def kind_of(path: Path) -> str:
    """Whether a file is `parquet`, `csv` or `ndjson`, by its suffix.

    Raises:
        FaultsError: it is none of them.
    """
    kind = _SUFFIXES.get(path.suffix.lower())
    if kind is None:
        message = f"{quote_path(path)} has no suffix that tells what is in it"
        raise FaultsError([fault(Code.FILE_UNREADABLE, message, help=f"one of {listing(_SUFFIXES)}")])
    return kind


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a file: what the runner takes, and the columns that are kept."""

    rows: Any
    kept: Any


def pieces(path: Path, runner: Runner, keep: Sequence[str]) -> Iterator[Piece]:
    """The rows of a file, piece by piece; the columns in `keep` are carried along.

    Raises:
        FaultsError: the file cannot be read.
    """
    readers = {"parquet": _of_parquet, "csv": _of_csv, "ndjson": _of_ndjson}
    try:
        yield from readers[kind_of(path)](path, runner, keep)
    except (OSError, UnicodeDecodeError, pa.ArrowException) as error:
        message = f"cannot read {quote_path(path)}: {str(error).splitlines()[0]}"
        raise FaultsError([fault(Code.FILE_UNREADABLE, message)]) from None


def rows_in(path: Path) -> int | None:
    """How many rows a file has, if it says so without being read."""
    if kind_of(path) != "parquet" or not path.is_file():
        return None
    try:
        count: int = pa_parquet.read_metadata(path).num_rows
    except (OSError, pa.ArrowException):
        return None
    return count


def _of_parquet(path: Path, runner: Runner, keep: Sequence[str]) -> Iterator[Piece]:
    with pa_parquet.ParquetFile(path) as file:
        _demand(keep, file.schema_arrow.names)
        for batch in file.iter_batches(ROWS):
            yield _split(pa.Table.from_batches([batch]), runner, keep)


def _of_csv(path: Path, runner: Runner, keep: Sequence[str]) -> Iterator[Piece]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        # Every column is a text: what a text means is for its need to say.
        names = next(csv.reader(file), [])
    _demand(keep, names)
    options = pa_csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
    )
    with pa_csv.open_csv(path, convert_options=options) as file:
        for piece in _whole(file):
            split = _split(piece, runner, keep)
            yield Piece({name: typed(each, runner.needs.get(name)) for name, each in split.rows.items()}, split.kept)


def _whole(batches: Any) -> Iterator[Any]:
    """Tables of so many rows, of the small batches that a reader of CSV gives."""
    held: list[Any] = []
    for batch in batches:
        held.append(batch)
        if sum(map(len, held)) >= ROWS:
            yield pa.Table.from_batches(held)
            held = []
    if held:
        yield pa.Table.from_batches(held)


def _split(table: Any, runner: Runner, keep: Sequence[str]) -> Piece:
    """What is asked, and what is only kept; a need that is to be kept is both."""
    names = [name for name in table.column_names if name not in keep or name in runner.needs]
    return Piece({name: table.column(name) for name in names}, table.select(list(keep)))


def _of_ndjson(path: Path, runner: Runner, keep: Sequence[str]) -> Iterator[Piece]:
    with path.open(encoding="utf-8") as file:
        while lines := list(islice(file, ROWS)):
            rows = [_parsed(line) for line in lines]
            kept = [{name: row.get(name) if isinstance(row, dict) else None for name in keep} for row in rows]
            apart = set(keep).difference(runner.needs)
            if apart:
                rows = [_without(row, apart) for row in rows]
            yield Piece(rows, pa.Table.from_pylist(kept) if keep else None)


def _parsed(line: str) -> Any:
    """The value of a line; a line that is no JSON is a text, which is no row."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return line.strip()


def _without(row: Any, names: Collection[str]) -> Any:
    return {key: each for key, each in row.items() if key not in names} if isinstance(row, dict) else row


def _demand(keep: Sequence[str], names: list[str]) -> None:
    repeated = [name for name in names if names.count(name) > 1]
    if repeated:
        message = f"the column {quote(repeated[0])} stands twice"
        raise FaultsError([fault(Code.FILE_UNREADABLE, message)])
    missing = [name for name in keep if name not in names]
    if missing:
        message = f"there is no column {quote(missing[0])} to keep"
        raise FaultsError([fault(Code.FILE_UNREADABLE, message, help=f"one of {listing(names)}")])


class Writer(Protocol):
    """Takes the answers to one piece after the other."""

    def __call__(self, batch: Batch, kept: Any) -> None:
        """Writes them."""


@contextmanager
def written(path: Path) -> Iterator[Writer]:
    """Writes a file, which is there only once it is whole.

    Raises:
        FaultsError: it cannot be written.
    """
    kind = kind_of(path)
    try:
        handle, name = mkstemp(dir=path.parent, prefix=f".{path.name}.")
        os.close(handle)
        temporary = Path(name)
        try:
            with _WRITERS[kind](temporary) as write:
                yield write
            # A temporary file is its owner's alone; the file is as others that the user makes.
            mask = os.umask(0)
            os.umask(mask)
            temporary.chmod(0o666 & ~mask)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except (OSError, pa.ArrowException) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or str(error).splitlines()[0]
        message = f"cannot write {quote_path(path)}: {why}"
        raise FaultsError([fault(Code.FILE_UNREADABLE, message)]) from None


def _table(batch: Batch, kept: Any) -> Any:
    answers = batch.to_arrow()
    for place, name in enumerate(kept.column_names if kept is not None else ()):
        answers = answers.add_column(place, name, kept.column(name))
    return answers


def _plain(table: Any) -> Any:
    """The table as CSV can hold it: lists joined with commas."""
    for place, name in enumerate(table.column_names):
        if pa.types.is_nested(table.column(name).type):
            joined = [None if cell is None else ",".join(map(str, cell)) for cell in table.column(name).to_pylist()]
            table = table.set_column(place, name, pa.array(joined, pa.string()))
        elif pa.types.is_dictionary(table.column(name).type):
            table = table.set_column(place, name, table.column(name).cast(pa.string()))
    return table


@contextmanager
def _to_tables(path: Path, opened: Callable[[Path, Any], Any], shaped: Callable[[Any], Any]) -> Iterator[Writer]:
    writer: Any = None

    def write(batch: Batch, kept: Any) -> None:
        nonlocal writer
        table = shaped(_table(batch, kept))
        if writer is None:
            writer = opened(path, table.schema)
        writer.write_table(table.cast(writer.schema))

    try:
        yield write
    finally:
        if writer is not None:
            writer.close()


class _CsvWriter:
    def __init__(self, path: Path, schema: Any) -> None:
        self.schema = schema
        self._writer = pa_csv.CSVWriter(path, schema, write_options=pa_csv.WriteOptions(quoting_style="needed"))
        self.write_table, self.close = self._writer.write_table, self._writer.close


def _to_parquet(path: Path) -> Any:
    return _to_tables(path, pa_parquet.ParquetWriter, lambda table: table)


def _to_csv(path: Path) -> Any:
    return _to_tables(path, _CsvWriter, _plain)


@contextmanager
def _to_ndjson(path: Path) -> Iterator[Writer]:
    with path.open("w", encoding="utf-8") as file:

        def write(batch: Batch, kept: Any) -> None:
            rows = batch.to_dicts()
            if kept is not None:
                rows = [{**before, **row} for before, row in zip(kept.to_pylist(), rows, strict=True)]
            file.writelines(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows)

        yield write


_WRITERS: dict[str, Callable[[Path], Any]] = {"parquet": _to_parquet, "csv": _to_csv, "ndjson": _to_ndjson}
