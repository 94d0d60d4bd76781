"""An answer that is made while it is sent, and something to do when that is over, however it ends."""

from collections.abc import Callable, Iterator, Mapping

from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send


class Streamed(StreamingResponse):
    """`parts` are asked for one by one, in a thread; `finally_` is called at the end, also where nobody listens
    any more."""

    def __init__(
        self, parts: Iterator[bytes], media_type: str, headers: Mapping[str, str], finally_: Callable[[], None]
    ) -> None:
        super().__init__(parts, media_type=media_type, headers=headers)
        self._finally = finally_

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._finally()
