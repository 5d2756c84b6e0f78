"""The service itself."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter

from fastapi import FastAPI, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest

from app import database, logs
from app.settings import Settings

NAME = {{ application | json }}
DESCRIPTION = {{ description | json }}

REQUESTS = Counter("http_requests_total", "Requests served.", ["method", "route", "status"])
DURATION = Histogram("http_request_duration_seconds", "How long requests took.", ["method", "route"])

logger = logging.getLogger(NAME)


def create_app(settings: Settings | None = None) -> FastAPI:
    """Builds the service; tests pass settings of their own."""
    settings = settings or Settings.from_environment()
    logs.configure(settings.log_level)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        logger.info("started")
        yield
        logger.info("stopped")

    app = FastAPI(title=NAME, description=DESCRIPTION, lifespan=lifespan)

    @app.middleware("http")
    async def measure(request: Request, call_next):
        started = perf_counter()
        response = await call_next(request)
        # The route's template, not the path: paths have no end of values.
        route = getattr(request.scope.get("route"), "path", "unmatched")
        REQUESTS.labels(request.method, route, response.status_code).inc()
        DURATION.labels(request.method, route).observe(perf_counter() - started)
        return response

    @app.get("/")
    def index() -> dict[str, str]:
        return {"name": NAME, "description": DESCRIPTION}

    @app.get("{{ parameters.healthPath }}")
    def alive() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz")
    def ready(response: Response) -> dict[str, str]:
        if settings.database_url and not database.is_reachable(settings.database_url):
            response.status_code = 503
            return {"status": "waiting for the database"}
        return {"status": "ok"}

    @app.get("/metrics", include_in_schema=False)
    def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return app
