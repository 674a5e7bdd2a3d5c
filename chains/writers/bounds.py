"""What may come over the wire from a provider: plain bytes, soon connected, and no more of them than a reply can take."""

from collections.abc import AsyncGenerator, AsyncIterator

import httpx
import httpx2

from chains.attempt import Outcome
from chains.errors import ProviderFault
from chains.routing.limits import Limits

MAX_BODY = 1_000_000
"""House rule: bytes of a whole answer; fifty times a long reply."""

MAX_STREAM = 4_000_000
"""House rule: bytes of a stream. It wraps every token in some 300 bytes, and a call may have 4,000 of them."""

MAX_ERROR = 64_000
"""House rule: of a failed request this much is read, and the rest left where it is: the status has said it already."""

MAX_TEXT = 64_000
"""House rule: characters of a reply, from which the text of an endless stream is no longer kept; a long reply has 20,000."""

CONNECT_S = Limits().connect_s

Request = httpx.Request | httpx2.Request
Response = httpx.Response | httpx2.Response


async def ask_plainly(request: Request) -> None:
    """For both client libraries, before a request leaves. Compressed answers cannot be bounded by what arrives."""
    request.headers["accept-encoding"] = "identity"
    timeout = request.extensions.get("timeout")
    if isinstance(timeout, dict):
        timeout["connect"] = CONNECT_S


async def read_boundedly(response: Response) -> None:
    """For both client libraries, before a body is read. Raises ProviderFault for an encoded one; one that is too long raises it later."""
    is_failed = response.status_code >= httpx.codes.BAD_REQUEST
    is_encoded = response.headers.get("content-encoding", "identity").lower() != "identity"
    if is_encoded and not is_failed:
        await response.aclose()
        raise ProviderFault(Outcome.OFF_SCHEMA, "an encoded body, where plain bytes were asked for", maybe_billed=True)
    if is_encoded:
        del response.headers["content-encoding"]
    response.stream = _Bounded(response.stream, _limit(response, is_failed=is_failed), is_failed=is_failed)


def _limit(response: Response, *, is_failed: bool) -> int:
    if is_failed:
        return MAX_ERROR
    return MAX_STREAM if response.headers.get("content-type", "").startswith("text/event-stream") else MAX_BODY


class _Bounded(httpx.AsyncByteStream, httpx2.AsyncByteStream):
    """A body that ends at its limit: a failed one quietly, any other with a fault."""

    def __init__(self, stream: object, limit: int, *, is_failed: bool) -> None:
        if not isinstance(stream, httpx.AsyncByteStream | httpx2.AsyncByteStream):
            raise TypeError(f"an asynchronous body was expected, not {type(stream).__name__}")
        self._stream = stream
        self._chunks = aiter(stream)
        self._left = limit
        self._is_failed = is_failed

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._chunks:
            self._left -= len(chunk)
            if self._left >= 0:
                yield chunk
            elif self._is_failed:
                return
            else:
                raise ProviderFault(Outcome.OFF_SCHEMA, "more bytes than any reply has", maybe_billed=True)

    async def aclose(self) -> None:
        """At once, not when the garbage is collected: until then the connection would stay in use."""
        if isinstance(self._chunks, AsyncGenerator):
            await self._chunks.aclose()
        await self._stream.aclose()
