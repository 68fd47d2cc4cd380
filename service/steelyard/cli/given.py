"""A request put together from a file and from options, with the place of each part for messages."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import click

from steelyard.diagnostics import Diagnostic, Source, Span
from steelyard.model import Need, NeedType
from steelyard.reader import Document, PlainText


class Given:
    """What was asked on the command line, over what the file asks."""

    def __init__(self, document: Document, needs: Mapping[str, Need]) -> None:
        """Starts from the file's request."""
        self.data: Any = document.data
        self._document = document
        self._needs = needs
        self._options: dict[tuple[str | int, ...], Span] = {}
        self._answered: set[str] = set()
        self._weighed: set[str] = set()

    def answer(self, option: str) -> None:
        """Takes one `--need NEED=VALUE`.

        Raises:
            click.UsageError: it is not written so, or the need was answered by another option.
        """
        need, equals, written = option.partition("=")
        need = need.strip()
        if not equals or not need:
            raise click.UsageError(f"'{option}' of --need is not NEED=VALUE")
        if need in self._answered:
            raise click.UsageError(f"--need {need} is given twice; lists are written with commas")
        self._answered.add(need)
        source, start = Source("--need", option), option.index("=") + 1
        self._place(source, ("requirements", need), start, len(option))
        declared = self._needs.get(need)
        if declared is not None and declared.type is NeedType.CHOICES:
            self._set(need, self._listed(source, need, written, start))
        else:
            self._set(need, PlainText(written.strip()))

    def matters(self, need: str, importance: str) -> None:
        """Takes one `--must NEED`, `--should NEED` or `--could NEED`.

        Raises:
            click.UsageError: the importance of the need was given by another option.
        """
        if need in self._weighed:
            raise click.UsageError(f"the importance of {need} is given twice")
        self._weighed.add(need)
        source = Source(f"--{importance}", need)
        self._place(source, ("requirements", need, "importance"), 0, len(need))
        requirements = self._requirements()
        if need not in requirements:
            self._place(source, ("requirements", need), 0, len(need))
        stated = requirements.get(need, {})
        whole = dict(stated) if isinstance(stated, Mapping) else {"value": stated}
        self._put(need, {**whole, "importance": importance})

    def option(self, key: str, name: str, value: str | list[str] | None) -> None:
        """Takes the value of another option, if it was given."""
        if value is None:
            return
        self.data = {**self.data, key: value} if isinstance(self.data, Mapping) else self.data
        for path, written in _parts(key, value):
            self._place(Source(name, written), path, 0, len(written))

    def located(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The diagnostics with the option or the line of the file that each is about."""
        found = [replace(each, span=self._span(each)) for each in diagnostics]
        return self._document.located(found)

    def _span(self, diagnostic: Diagnostic) -> Span | None:
        path = diagnostic.path
        steps = [path[:length] for length in range(len(path), 0, -1)]
        # `value` is put around an answer here when its importance comes from another option.
        plain = [tuple(step for step in each if step != "value") for each in steps]
        span = next((self._options[each] for each in plain if each in self._options), None)
        if span is not None and diagnostic.at_key:
            name = str(path[-1])
            return Span(span.source, 0, 0, 0, len(name))
        return span

    def _listed(self, source: Source, need: str, written: str, start: int) -> list[PlainText]:
        items: list[PlainText] = []
        for item in written.split(",") if written.strip() else ():
            begin = start + len(item) - len(item.lstrip())
            self._place(source, ("requirements", need, len(items)), begin, begin + len(item.strip()))
            items.append(PlainText(item.strip()))
            start += len(item) + 1
        return items

    def _place(self, source: Source, path: tuple[str | int, ...], start: int, end: int) -> None:
        self._options[path] = Span(source, 0, start, 0, end)

    def _requirements(self) -> Mapping[str, Any]:
        requirements = self.data.get("requirements") if isinstance(self.data, Mapping) else None
        return requirements if isinstance(requirements, Mapping) else {}

    def _set(self, need: str, value: Any) -> None:
        stated = self._requirements().get(need)
        self._put(need, {**stated, "value": value} if isinstance(stated, Mapping) else value)

    def _put(self, need: str, requirement: Any) -> None:
        # A file whose requirements are no mapping is left as it is: that fault is told instead.
        if isinstance(self.data, Mapping) and isinstance(self.data.get("requirements", {}), Mapping):
            self.data = {**self.data, "requirements": {**self._requirements(), need: requirement}}


def _parts(key: str, value: str | list[str]) -> list[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        return [((key,), value)]
    return [((key,), ",".join(value)), *(((key, place), each) for place, each in enumerate(value))]
