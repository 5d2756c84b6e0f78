"""Measures and logs every request."""

import logging
from collections.abc import Collection
from time import perf_counter

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import NAME, metrics, tracing

logger = logging.getLogger(NAME)


class Observe:
    """A middleware that measures each request, and logs all but those of the platform."""

    def __init__(self, app: ASGIApp, unlogged: Collection[str]) -> None:
        self._app = app
        self._unlogged = unlogged

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        status_code = 0
        started = perf_counter()

        async def note(message: Message) -> None:
            nonlocal status_code
            if message["type"] == "http.response.start":
                status_code = message["status"]
            await send(message)

        token = tracing.begin(Headers(scope=scope).get("traceparent", ""))
        try:
            await self._app(scope, receive, note)
        except Exception:
            # Logged here, where the trace is still known.
            logger.exception("request failed")
            if status_code:
                raise
            await JSONResponse({"detail": "internal server error"}, 500)(scope, receive, note)
        finally:
            self._report(scope, status_code or 500, perf_counter() - started)
            tracing.end(token)

    def _report(self, scope: Scope, status_code: int, seconds: float) -> None:
        method, path = scope["method"], scope["path"]
        metrics.observe(method, getattr(scope.get("route"), "path", None), status_code, seconds)
        if path not in self._unlogged:
            details = {"method": method, "path": path, "status_code": status_code}
            logger.info("request", extra={**details, "duration_seconds": round(seconds, 6)})
