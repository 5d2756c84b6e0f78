"""What Prometheus collects: requests by route, and the state of process and runtime."""

from fastapi import Response
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest

REQUESTS = Counter("http_requests_total", "Requests served.", ["method", "path", "status_code"])
DURATION = Histogram("http_request_duration_seconds", "How long requests took.", ["method", "path"])

# Callers can invent methods and paths without end; each would become time series that never go.
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
OTHER = "OTHER"
UNMATCHED = "unmatched"


def observe(method: str, route: str | None, status_code: int, seconds: float) -> None:
    """Counts a request by the template of its route, never by the path that a caller sent."""
    method = method if method in METHODS else OTHER
    path = route or UNMATCHED
    REQUESTS.labels(method, path, str(status_code)).inc()
    DURATION.labels(method, path).observe(seconds)


def exposition() -> Response:
    """Everything that was counted, as Prometheus reads it."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
