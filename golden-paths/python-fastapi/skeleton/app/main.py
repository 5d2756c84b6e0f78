"""The service itself: what it answers, and what it holds while it runs."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
{{? database }}from datetime import datetime
from threading import Event

from fastapi import FastAPI, Response

from app import DESCRIPTION, NAME, greetings, metrics, tracing
{{? database }}from app.database import Database
from app.observe import Observe
from app.settings import Settings

HEALTH_PATH = "{{ parameters.healthPath }}"
# Asked every few seconds: they are measured, but neither logged nor traced.
PLATFORM_PATHS = frozenset((HEALTH_PATH, "/readyz", "/metrics"))

logger = logging.getLogger(NAME)


{{?! database }}def create_app(settings: Settings, stopping: Event) -> FastAPI:
{{? database }}def create_app(settings: Settings, stopping: Event, database: Database) -> FastAPI:
    """Builds the service; from when `stopping` is set it serves on, but wants no new callers."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        {{? database }}await database.open()
        logger.info("started")
        yield
        {{? database }}await database.close()
        tracing.stop()
        logger.info("stopped")

    app = FastAPI(title=NAME, description=DESCRIPTION, lifespan=lifespan)
    app.add_middleware(Observe, unlogged=PLATFORM_PATHS)
    app.include_router(greetings.router, prefix="/api/v1")
    if settings.otlp_endpoint:
        tracing.start(app, settings.service_name, PLATFORM_PATHS)

    @app.get("/")
    async def index() -> dict[str, str]:
        return {"name": NAME, "description": DESCRIPTION}

    @app.get(HEALTH_PATH)
    async def alive() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz")
    async def ready(response: Response) -> dict[str, str]:
        if stopping.is_set():
            response.status_code = 503
            return {"status": "stopping"}
        {{? database }}if not await database.is_reachable():
            {{? database }}response.status_code = 503
            {{? database }}return {"status": "waiting for the database"}
        return {"status": "ok"}

    @app.get("/metrics", include_in_schema=False)
    async def exposition() -> Response:
        return metrics.exposition()
{{? database }}
    {{? database }}@app.get("/api/v1/database")
    {{? database }}async def database_time() -> dict[str, datetime]:
        {{? database }}return {"time": await database.now()}

    return app
