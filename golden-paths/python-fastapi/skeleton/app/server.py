"""The HTTP server, and how it stops."""

import logging
from collections.abc import Callable
from threading import Event, Timer
from types import FrameType

import uvicorn
from fastapi import FastAPI

from app import NAME
from app.settings import Settings

# Longer than proxies keep theirs (60 s): else they would send requests into a connection that is just being closed.
KEEP_ALIVE_SECONDS = 65

logger = logging.getLogger(NAME)


class Server(uvicorn.Server):
    """Stops in three steps: it is no longer ready, it takes no new connections, it cuts off what is still under way."""

    def __init__(self, app: FastAPI, settings: Settings, stopping: Event) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                host="0.0.0.0",
                port=settings.port,
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_keep_alive=KEEP_ALIVE_SECONDS,
            )
        )
        self._settings = settings
        self._stopping = stopping

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Called by the signals that ask to stop."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        logger.info("stopping")
        # Callers still come until all proxies have heard that this replica is no longer ready.
        delay = self._settings.shutdown_delay_seconds
        _after(delay, self._close)
        _after(delay + self._settings.shutdown_timeout_seconds, self._cut_off)

    def _close(self) -> None:
        self.should_exit = True

    def _cut_off(self) -> None:
        logger.warning("cut off the requests that were still under way")
        self.force_exit = True


def _after(seconds: float, action: Callable[[], None]) -> None:
    timer = Timer(seconds, action)
    timer.daemon = True
    timer.start()
