"""Load by wrk, with every answer compared with those that are right."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.web.serving import HOST, Server

IS_LONG = os.environ.get("STEELYARD_SOAK") == "long"
"""Whether `make soak` runs the tests, which then take minutes; otherwise they take seconds."""

CLIENTS = 8
"""How many ask at once, each over a connection that it keeps."""

needs_wrk = pytest.mark.skipif(shutil.which("wrk") is None, reason="the load comes from wrk, which is not installed")

_LUA = """
local threads = {}
function setup(thread) table.insert(threads, thread) end

wrong, failed, first = 0, 0, ""
local right = {}
for line in io.lines(os.getenv("RIGHT")) do right[line] = true end
local file = io.open(os.getenv("BODY"))
wrk.method, wrk.body = "POST", file:read("*a")
wrk.headers["Content-Type"] = "application/json"

function response(status, headers, body)
  if status ~= 200 then failed = failed + 1 end
  if status == 200 and not right[body:sub(1, -2)] then wrong = wrong + 1 end
  if first == "" and (status ~= 200 or wrong > 0) then first = status .. " " .. body:sub(1, 200) end
end

function done(summary)
  local wrong, failed, first = 0, 0, ""
  for _, thread in ipairs(threads) do
    wrong, failed = wrong + thread:get("wrong"), failed + thread:get("failed")
    first = first .. thread:get("first"):gsub('[^%w %.:/_-]', "'")
  end
  local errors = summary.errors
  local lost = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format('\\n{"answered": %d, "wrong": %d, "failed": %d, "lost": %d, "first": "%s"}\\n',
    summary.requests, wrong, failed, lost, first))
end
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a load.

    Attributes:
        answered: responses.
        wrong: those among them that are no right answer.
        failed: those among them that are no success.
        lost: requests that got no response.
        first: the first response that is not right.
    """

    answered: int
    wrong: int
    failed: int
    lost: int
    first: str


class Load:
    """A load that runs until its time is over."""

    def __init__(self, server: Server, folder: Path, body: str, right: list[str], seconds: int) -> None:
        """Starts it.

        Args:
            server: what is asked.
            folder: where files of the load are put.
            body: the body of every request.
            right: the answers that are right, without their line's end.
            seconds: how long it lasts.
        """
        script = folder / "load.lua"
        script.write_text(_LUA)
        environment = {"BODY": str(folder / "body"), "RIGHT": str(folder / "right")}
        (folder / "body").write_text(body)
        (folder / "right").write_text("\n".join(right) + "\n")
        address = f"http://{HOST}:{server.port}/v1/recommendations"
        self._process = subprocess.Popen(
            ["wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds}s", "--timeout", "30s", "-s", str(script), address],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment},
        )

    @property
    def goes_on(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    def outcome(self) -> Outcome:
        """Waits for its end."""
        said, _ = self._process.communicate()
        assert self._process.returncode == 0, said
        return Outcome(**json.loads(said.splitlines()[-1]))
