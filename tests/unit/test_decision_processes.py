"""The decision log under several processes, and under processes that end suddenly."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from steelyard.decisions import FaultyLine, open_decision_log, read_decisions
from tests.decisions import PATIENCE, record, wait_until

PROCESSES, RECORDS = 3, 300

WRITER = """
import sys
from steelyard.decisions import open_decision_log
from tests.decisions import record

address, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
log = open_decision_log(address)
for number in range(count):
    log.record(record(id=f"{name}-{number}"))
log.close(60)
assert (log.written, log.lost) == (count, 0), log.last_failure
"""
ENDLESS = """
import sys
from steelyard.decisions import open_decision_log
from tests.decisions import record

log, number = open_decision_log(sys.argv[1]), 0
while True:
    if log.queued < 500:
        log.record(record(id=str(number)))
        number += 1
    print(log.written, flush=True)
"""


def started(script: str, *arguments: str) -> subprocess.Popen[bytes]:
    """A process that runs the script."""
    return subprocess.Popen([sys.executable, "-c", script, *arguments], stdout=subprocess.PIPE)


def test_several_processes_write_at_once(address: str) -> None:
    """Whoever writes to the same new log at the same time, no record is lost or torn."""
    processes = [started(WRITER, address, str(name), str(RECORDS)) for name in range(PROCESSES)]
    for process in processes:
        process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
    told: list[FaultyLine] = []
    found = [each.id for each in read_decisions(address, told=told.append)]
    assert sorted(found) == sorted(f"{name}-{number}" for name in range(PROCESSES) for number in range(RECORDS))
    assert told == []


def test_a_killed_process_loses_only_what_it_had_not_written(address: str) -> None:
    """What the writer has counted as written is in the log, without a gap, and others go on writing to it."""
    process = started(ENDLESS, address)
    assert process.stdout is not None
    while int(process.stdout.readline()) < 200:
        pass
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate(timeout=PATIENCE)
    # The last line may be torn, the one before it is whole.
    written = int((rest.splitlines() or [b"200", b""])[:-1][-1] or 200) if rest.count(b"\n") > 1 else 200
    log = open_decision_log(address)
    log.record(record(id="after"))
    log.close()
    found = [each.id for each in read_decisions(address)]
    assert found[-1] == "after"
    assert found[:-1] == [str(number) for number in range(len(found) - 1)]
    assert len(found) - 1 >= written


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_process_has_a_thread_of_its_own(address: str) -> None:
    """A process that is forked while the log is in use writes what it records itself, and nothing twice."""
    log = open_decision_log(address)
    log.record(record(id="before"))
    wait_until(lambda: log.written == 1)
    log.record(record(id="queued"))
    child = os.fork()
    if child == 0:
        log.record(record(id="child"))
        log.close(30)
        os._exit(0 if (log.written, log.lost) == (1, 0) else 1)
    assert os.waitpid(child, 0)[1] == 0
    log.record(record(id="parent"))
    log.close()
    found = [each.id for each in read_decisions(address)]
    assert sorted(found) == ["before", "child", "parent", "queued"]


def test_importing_the_log_takes_no_database(tmp_path: Path) -> None:
    """Who keeps decisions in a file, or none, needs neither SQLAlchemy nor Flask."""
    script = (
        "import sys; from steelyard.decisions import open_decision_log; open_decision_log(sys.argv[1]).close();"
        "print(*[each for each in ('sqlalchemy', 'psycopg', 'flask') if each in sys.modules])"
    )
    output, _ = started(script, str(tmp_path / "log.ndjson")).communicate(timeout=PATIENCE)
    assert output.strip() == b""
