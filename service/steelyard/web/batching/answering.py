"""Answering a batch, item by item; nothing that is wrong with one of them ends it."""

import logging
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from steelyard.requirements import RequestError
from steelyard.web.batching.item import Item
from steelyard.web.exchange import Exchange
from steelyard.web.noting import note_answer
from steelyard.web.problems import INVALID, TOO_LARGE, ProblemError, internal, invalid
from steelyard.web.reading import asked_in, json_in

if TYPE_CHECKING:
    from steelyard.web.service import Service

_LOG = logging.getLogger(__name__)


class Batch:
    """The requests that came in one exchange. All are answered from what was served when it began."""

    def __init__(self, service: "Service", exchange: Exchange) -> None:
        """Has the exchange tell how many requests there were, and of how many of them came a problem."""
        self._service = service
        self._settings = service.settings
        self._exchange = exchange
        exchange.told.update(requests=0, problems=0)

    def answers(self, items: Iterable[Item]) -> Iterator[bytes]:
        """A document for each item, in their order: its recommendation, or the problem with it.

        What ends the batch before its end is a problem in the place of the first item that is not answered.
        """
        position = 1
        try:
            for item in items:
                position = item.position
                self._demand_room()
                yield self._answer(item)
                position += 1
        except ProblemError as error:
            yield self._refused(error, position)
        except Exception as error:  # noqa: BLE001  the answer has begun: all that can be told is told in it
            yield self._failed(error, position)

    def _demand_room(self) -> None:
        if self._exchange.told["requests"] == self._settings.max_batch_items:
            most = self._settings.max_batch_items
            raise ProblemError(INVALID, f"The batch has more than {most:,} requests. It is cut off here.")

    def _answer(self, item: Item) -> bytes:
        self._exchange.told["requests"] += 1
        try:
            return self._recommendation(item)
        except ProblemError as error:
            return self._refused(error, item.position)
        except RequestError as error:
            return self._refused(invalid(error), item.position)
        except Exception as error:  # noqa: BLE001  a fault of ours in one answer is no reason to withhold the others
            return self._failed(error, item.position)

    def _recommendation(self, item: Item) -> bytes:
        if item.content is None:
            raise ProblemError(TOO_LARGE, f"The request is larger than {self._settings.max_body_bytes:,} bytes.")
        # An exchange of its own, by which it is noted how long this answer took.
        own = Exchange(request_id=self._exchange.request_id, loaded=self._exchange.loaded, client=self._exchange.client)
        data = json_in(item.content)
        asked = asked_in(own.shelf, data)
        written = asked.write(data)
        note_answer(self._service, own, asked, written)
        return written.json

    def _refused(self, error: ProblemError, position: int) -> bytes:
        self._exchange.told["problems"] += 1
        return error.to_json(position=position).encode()

    def _failed(self, error: Exception, position: int) -> bytes:
        told = internal(self._exchange.request_id)
        _LOG.error("Item %d of a batch failed: %s", position, told.instance, exc_info=error)
        return self._refused(told, position)
