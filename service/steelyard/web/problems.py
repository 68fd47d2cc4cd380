"""Errors as problem details (RFC 9457): what the routes refuse, and what Flask and werkzeug raise by themselves."""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Response, g, request
from flask.sansio.scaffold import Scaffold
from werkzeug.exceptions import HTTPException

from steelyard.diagnostics import Diagnostic, quote
from steelyard.requirements import RequestError
from steelyard.web.reply import Reply

MEDIA_TYPE = "application/problem+json"

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of problem: the end of its type, its status, and its title. A type is never renamed."""

    slug: str
    status: HTTPStatus
    title: str


UNREADABLE = Problem("unreadable", HTTPStatus.BAD_REQUEST, "The request cannot be read")
UNAUTHORIZED = Problem("unauthorized", HTTPStatus.UNAUTHORIZED, "A key is wanted")
NOT_FOUND = Problem("not-found", HTTPStatus.NOT_FOUND, "There is nothing here")
UNKNOWN_RULESET = Problem("unknown-ruleset", HTTPStatus.NOT_FOUND, "There is no such ruleset")
UNKNOWN_STACK = Problem("unknown-stack", HTTPStatus.NOT_FOUND, "There is no such stack")
UNKNOWN_DECISION = Problem("unknown-decision", HTTPStatus.NOT_FOUND, "There is no such decision")
METHOD_NOT_ALLOWED = Problem("method-not-allowed", HTTPStatus.METHOD_NOT_ALLOWED, "The method is not allowed here")
NOT_ACCEPTABLE = Problem("not-acceptable", HTTPStatus.NOT_ACCEPTABLE, "No acceptable form of the answer exists")
TOO_LARGE = Problem("too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large")
UNSUPPORTED_TYPE = Problem("unsupported-type", HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body is of an unsupported type")
INVALID = Problem("invalid", HTTPStatus.UNPROCESSABLE_ENTITY, "The request is invalid")
TOO_MANY_REQUESTS = Problem("too-many-requests", HTTPStatus.TOO_MANY_REQUESTS, "Too many requests")
INTERNAL = Problem("internal", HTTPStatus.INTERNAL_SERVER_ERROR, "The service failed")


class ProblemError(Exception):
    """The request is refused.

    Attributes:
        problem: the kind of problem.
        detail: one or two sentences.
        faults: each is told.
        headers: of the reply, besides those that all have.
        instance: by what the log knows it, if it is told there.
    """

    def __init__(
        self,
        problem: Problem,
        detail: str,
        faults: Sequence[Diagnostic] = (),
        headers: Mapping[str, str] | None = None,
        instance: str | None = None,
    ) -> None:
        super().__init__(detail)
        self.problem = problem
        self.detail = detail
        self.faults = faults
        self.headers = headers
        self.instance = instance

    def to_json(self, **members: Any) -> str:
        """The problem as a document, with members besides those that all have."""
        document: dict[str, Any] = {
            "type": f"urn:steelyard:problem:{self.problem.slug}",
            "title": self.problem.title,
            "status": self.problem.status.value,
            "detail": self.detail,
            "errors": [told(each) for each in self.faults],
            **({} if self.instance is None else {"instance": self.instance}),
            **members,
        }
        # Parts of the request are quoted, and may hold what cannot be written as UTF-8: a surrogate on its own.
        return json.dumps(document, ensure_ascii=True, separators=(",", ":"))

    def reply(self) -> Response:
        """The problem as a reply: as a page, where a browser asks for one."""
        if _wants_page():
            # Imported here, as below: what makes pages needs the problems.
            from steelyard.web.pages.problem_page import problem_page  # noqa: PLC0415

            return problem_page(self)
        return Reply(self.to_json() + "\n", self.problem.status.value, self.headers, content_type=MEDIA_TYPE)


def tell_problems(to: Scaffold) -> None:
    """Makes every error that an application, or a blueprint, tells a problem."""
    to.register_error_handler(ProblemError, ProblemError.reply)
    to.register_error_handler(RequestError, _invalid)
    to.register_error_handler(HTTPException, _raised_by_framework)
    to.register_error_handler(Exception, _failed)


def sentences(*texts: str | None) -> str:
    """Messages and helps of diagnostics as sentences; None is passed over."""
    return " ".join(
        text[:1].upper() + text[1:] + ("" if text.endswith("?") else ".") for text in texts if text is not None
    )


def invalid(error: RequestError) -> ProblemError:
    """The refusal of a request with faults."""
    first, *more = error.diagnostics
    place = f" (at {quote(first.pointer)})" if first.path else ""
    detail = f"It has {len(more) + 1} faults." if more else sentences(f"{first.message}{place}", first.help)
    return ProblemError(INVALID, detail, error.diagnostics)


def body_too_large(most_bytes: int) -> ProblemError:
    """The refusal of a body that is larger than so many bytes."""
    return ProblemError(TOO_LARGE, f"The body is larger than {most_bytes:,} bytes.")


def internal(request_id: str) -> ProblemError:
    """What is told of a fault of ours: an id and nothing else."""
    detail = "The fault is not in the request. The log of the service has more under the id in `instance`."
    return ProblemError(INTERNAL, detail, instance=f"urn:steelyard:request:{request_id}")


def _wants_page() -> bool:
    """Whether whoever looks for a page would rather read one, as browsers say and programs hardly do."""
    if request.method not in ("GET", "HEAD") or "text/html" not in request.headers.get("Accept", ""):
        return False
    from steelyard.web.routes.pages import is_for_people  # noqa: PLC0415

    accepted = request.accept_mimetypes
    return is_for_people(request.endpoint) and accepted["text/html"] > accepted["application/json"]


def _invalid(error: RequestError) -> Response:
    return invalid(error).reply()


def _raised_by_framework(error: HTTPException) -> Response:
    """Whatever else Flask and werkzeug refuse; their own words may quote the request, and are not passed on."""
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _failed(error)
    problem = Problem(status.phrase.lower().replace(" ", "-"), status, status.phrase)
    return ProblemError(problem, sentences(status.description or status.phrase)).reply()


def _failed(error: Exception) -> Response:
    """A fault of ours: the log has the rest under the id that is told."""
    told = internal(g.steelyard.request_id)
    cause = getattr(error, "original_exception", None) or error
    _LOG.error("%s %s failed: %s", quote(request.method), quote(request.path), told.instance, exc_info=cause)
    return told.reply()


def told(diagnostic: Diagnostic) -> dict[str, Any]:
    """A fault as problems tell it."""
    return {
        "pointer": diagnostic.pointer,
        "code": diagnostic.code.value,
        "detail": diagnostic.message,
        "help": diagnostic.help,
    }
