"""Both servers under the same load, in turns."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from tests.bench.http.requests import bodies, write_answers
from tests.bench.report import Aim, Findings, Row
from tests.bench.rounds import Pace
from tests.web.serving import HOST, free_port

_CONNECTIONS = 8
_DISTINCT = 4000
_STEELYARD, _BARE = "POST /v1/recommendations", "bare Flask route, same bytes"
_LUA = """
local bodies, place = {}, %d
for line in io.lines("%s") do bodies[#bodies + 1] = line end
wrk.headers["Content-Type"] = "application/json"
request = function()
  place = place %% #bodies + 1
  return wrk.format("POST", "/v1/recommendations", nil, bodies[place])
end
"""
_RATE = re.compile(r"Requests/sec:\s+([0-9.]+)")
_SLOWEST = re.compile(r"99%\s+([0-9.]+)(us|ms|s)")
_FAILED = re.compile(r"Non-2xx|Socket errors")
_SECONDS = {"us": 1e-6, "ms": 1e-3, "s": 1.0}


@dataclass(frozen=True, slots=True)
class Load:
    """What a round of load showed: answers a second, and the seconds within which 99 of 100 came."""

    rate: float
    slowest: float


def measure(findings: Findings, pace: Pace) -> None:
    """Measures distinct requests, and one that is repeated."""
    if shutil.which("wrk") is None:
        raise SystemExit("the load comes from wrk, which is not installed (on Debian: apt-get install wrk)")
    asked = bodies(_DISTINCT)
    for kind, chosen in (("distinct requests", asked), ("one request, repeated", asked[:1])):
        _measure(findings, kind, chosen, pace)


def _measure(findings: Findings, kind: str, asked: Sequence[bytes], pace: Pace) -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "bodies").write_bytes(b"\n".join(asked) + b"\n")
        write_answers(list(asked), folder / "answers")
        steelyard = (sys.executable, "-m", "steelyard", "serve", "--port")
        bare = (sys.executable, "-m", "tests.bench.http.bare")
        ports = {
            _STEELYARD: stack.enter_context(_served(steelyard)),
            _BARE: stack.enter_context(_served(bare, str(folder / "answers"))),
        }
        loads = _in_turns(ports, folder, pace)
    rates = median(mine.rate / bares.rate for mine, bares in zip(loads[_STEELYARD], loads[_BARE], strict=True))
    slowest = median(mine.slowest / bares.slowest for mine, bares in zip(loads[_STEELYARD], loads[_BARE], strict=True))
    rows = [
        Row(
            part="http",
            subject=name,
            depth=f"{kind}, {unit}",
            value=median(getattr(each, what) * scale for each in loads[name]),
            unit=unit,
            ratio=ratio if name == _STEELYARD else 1.0,
            against=_BARE,
        )
        for what, unit, scale, ratio in (("rate", "req/s", 1, rates), ("slowest", "ms at 99 %", 1000, slowest))
        for name in loads
    ]
    aims = [
        Aim(f"http, {kind}: throughput of the bare route", rates, 0.8),
        Aim(f"http, {kind}: times its 99th percentile", slowest, 2.0, at_least=False),
    ]
    findings.add(rows, aims)


def _in_turns(ports: dict[str, int], folder: Path, pace: Pace) -> dict[str, list[Load]]:
    """Loads of each server; who goes first changes from round to round, and the first round is not counted."""
    loads: dict[str, list[Load]] = {name: [] for name in ports}
    names = list(ports)
    for number in range(pace.rounds + 1):
        for name in names if number % 2 else reversed(names):
            loads[name].append(_load(ports[name], folder, number))
    return {name: each[1:] for name, each in loads.items()}


def _load(port: int, folder: Path, number: int) -> Load:
    script = folder / "post.lua"
    script.write_text(_LUA % (number * 997, folder / "bodies"))
    wanted = ("wrk", "-t1", f"-c{_CONNECTIONS}", "-d3s", "--latency", "-s", str(script), f"http://{HOST}:{port}")
    said = subprocess.run(wanted, check=True, capture_output=True, text=True).stdout
    rate, slowest = _RATE.search(said), _SLOWEST.search(said)
    if rate is None or slowest is None or _FAILED.search(said):
        raise SystemExit(f"the load failed:\n{said}")
    return Load(float(rate[1]), float(slowest[1]) * _SECONDS[slowest[2]])


@contextmanager
def _served(command: Sequence[str], *arguments: str) -> Iterator[int]:
    """A server that answers, for as long as the block lasts; its log goes nowhere, but it is written."""
    port = free_port()
    with subprocess.Popen((*command, str(port), *arguments), stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(port)
            yield port
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    latest = time.monotonic() + 60
    while True:
        connection = HTTPConnection(HOST, port, timeout=5)
        try:
            connection.request("POST", "/", json.dumps({}), {"Content-Type": "application/json"})
            connection.getresponse().read()
        except OSError:
            if time.monotonic() > latest:
                raise
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
