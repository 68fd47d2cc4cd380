"""The engines that Steelyard is measured beside, each in the quickest form that was found for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

from tests.bench.workload import Answers, Workload


class Peer(Protocol):
    """An engine that has taken in the rules of a workload."""

    def flags(self, answers: Answers) -> Sequence[bool]:
        """Of each rule, in their order, whether it fires."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrant:
    """A way to ask an engine.

    Attributes:
        package: the distribution whose version is told; None for what is written here.
        module: the module of this package that speaks to it, imported only when it is measured.
        form: the class in it.
        most_rules: beyond so many, one decision takes a tenth of a second or more, and it is not run.
    """

    package: str | None
    module: str
    form: str
    most_rules: int = 10_000

    def make(self, workload: Workload) -> Peer:
        """The engine, with the rules of the workload compiled."""
        peer: Peer = self._form(workload)
        return peer

    def load(self) -> None:
        """Imports what it needs, so that compiling can be measured without that."""
        _ = self._form

    @property
    def _form(self) -> Any:
        return getattr(import_module(f"{__name__}.{self.module}"), self.form)


ENTRANTS: Mapping[str, Entrant] = {
    "datalogic-py, one array": Entrant(package="datalogic-py", module="datalogic", form="Array"),
    "zen-engine, expression": Entrant(package="zen-engine", module="zen_rules", form="Expression"),
    "zen-engine, graph": Entrant(package="zen-engine", module="zen_rules", form="Graph"),
    "CEL in Rust, one list": Entrant(package="common-expression-language", module="cel_rules", form="List"),
    "CEL in Rust, loop": Entrant(package="common-expression-language", module="cel_rules", form="Loop"),
    "rule-engine": Entrant(package="rule-engine", module="rule_engine_rules", form="Loop", most_rules=3000),
    "plain Python loop": Entrant(package=None, module="plain", form="Loop"),
}
"""By the name that is told."""
