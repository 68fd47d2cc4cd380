"""`make container-test`: build the image, run it locked down, and check that it serves and stops as it should."""

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.container import as_it_is, image, operated
from tests.container.running import Container
from tests.container.tools import FailureError, missing


def try_out_as_it_is(service: Container) -> None:
    """Start the service as the image has it, and go through all checks, of which the last stops it."""
    service.start()
    print(f"ok: answers {service.wait_until_it_answers():.1f} s after it was started")
    for check in as_it_is.CHECKS:
        print(f"ok: {check(service)}", flush=True)


def try_out_operated(service: Container, rules: Path) -> None:
    """Start the service as somebody runs it for good, and go through all checks, of which the last stops it."""
    operated.start(service, rules)
    service.wait_until_it_answers()
    for check in operated.CHECKS:
        print(f"ok: {check(service, rules)}", flush=True)


def main() -> int:
    """Build, try out, clean up; the exit code says whether all is well."""
    reason = missing()
    if reason is not None:
        print(f"The container cannot be tested here: {reason}", file=sys.stderr)
        return 2
    first, second = (Container(f"steelyard-test-{os.getpid()}-{number}") for number in (1, 2))
    try:
        image.make_base()
        started = time.monotonic()
        image.build()
        print(f"ok: built in {time.monotonic() - started:.0f} s, {image.size()}", flush=True)
        try_out_as_it_is(first)
        with tempfile.TemporaryDirectory() as folder:
            try_out_operated(second, Path(folder))
    except FailureError as failure:
        print(f"FAILED: {failure}", file=sys.stderr)
        return 1
    finally:
        first.remove()
        second.remove()
    print("The container works. Its base was a stand-in made of Debian's packages, not the official Python image.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
