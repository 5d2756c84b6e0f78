"""OpenTelemetry traces, where an endpoint is configured."""

from threading import Event

import pytest
from fastapi.testclient import TestClient

from app import tracing
from tests.support import service

TRACE_ID = "0af7651916cd43dd8448eb211c80319c"


def test_requests_become_spans_and_log_lines_name_them() -> None:
    memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")
    exporter = memory.InMemorySpanExporter()
    app = service(Event())
    seen: list[dict[str, str]] = []

    @app.get("/seen")
    async def note() -> None:
        seen.append(tracing.current_ids())

    tracing.start(app, "service", ["/readyz"], exporter)
    with TestClient(app) as client:
        client.get("/seen", headers={"traceparent": f"00-{TRACE_ID}-b7ad6b7169203331-01"})
        client.get("/readyz")

    spans = exporter.get_finished_spans()
    assert [span.attributes["http.route"] for span in spans if span.parent and span.parent.is_remote] == ["/seen"]
    assert seen[0]["trace_id"] == TRACE_ID
