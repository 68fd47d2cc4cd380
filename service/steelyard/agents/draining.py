"""Streams of the protocol that end once everything is answered: a client may close its side as soon as it has asked."""

from contextvars import Context
from types import TracebackType
from typing import Any, Self

import anyio
from mcp.shared.message import SessionMessage
from mcp.types import JSONRPCError, JSONRPCRequest, JSONRPCResponse, RequestId

Item = SessionMessage | Exception

_MOST_SECONDS = 5
"""How long the end waits for an answer; a request that was taken back gets none."""


class Unanswered:
    """The requests that have no answer yet."""

    def __init__(self) -> None:
        self._ids: set[RequestId] = set()
        self._changed = anyio.Event()

    def came(self, item: Item) -> None:
        """Notes a message that came in."""
        if isinstance(item, SessionMessage) and isinstance(item.message, JSONRPCRequest):
            self._ids.add(item.message.id)

    def went(self, item: SessionMessage) -> None:
        """Notes a message that went out."""
        if isinstance(item.message, JSONRPCResponse | JSONRPCError) and item.message.id is not None:
            self._ids.discard(item.message.id)
            self._changed.set()

    async def none_left(self) -> None:
        """Waits until there are none, for so long as is worth it."""
        with anyio.move_on_after(_MOST_SECONDS):
            while self._ids:
                self._changed = anyio.Event()
                await self._changed.wait()


class _Stream:
    """A stream of the transport, closed with it."""

    def __init__(self, inner: Any, unanswered: Unanswered) -> None:
        self._inner = inner
        self._unanswered = unanswered

    async def aclose(self) -> None:
        """Closes it."""
        await self._inner.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


class Incoming(_Stream):
    """Messages that come in. The stream ends when the transport's does, and everything is answered."""

    @property
    def last_context(self) -> Context | None:
        """The context of whoever sent the last message."""
        context: Context | None = self._inner.last_context
        return context

    async def receive(self) -> Item:
        """The next message."""
        try:
            item: Item = await self._inner.receive()
        except anyio.EndOfStream:
            await self._unanswered.none_left()
            raise
        self._unanswered.came(item)
        return item

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Item:
        try:
            return await self.receive()
        except anyio.EndOfStream:
            raise StopAsyncIteration from None


class Outgoing(_Stream):
    """Messages that go out."""

    async def send(self, item: SessionMessage, /) -> None:
        """Sends a message."""
        await self._inner.send(item)
        self._unanswered.went(item)
