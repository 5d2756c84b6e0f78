"""Trace ids for the logs and, where there is an endpoint for them, OpenTelemetry traces."""

import re
import secrets
from collections.abc import Callable, Iterable
from contextvars import ContextVar, Token
from typing import Any

from fastapi import FastAPI

Ids = dict[str, str]

# https://www.w3.org/TR/trace-context/#traceparent-header
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")

_ids: ContextVar[Ids | None] = ContextVar("trace_ids", default=None)


def _nothing() -> None:
    return None


_active_span: Callable[[], Ids | None] = _nothing
_stop: Callable[[], object] = _nothing


def current_ids() -> Ids:
    """The ids of the request that is being served, for its log lines; empty outside of one."""
    return _active_span() or _ids.get() or {}


def begin(traceparent: str) -> Token[Ids | None]:
    """Gives a request the trace id of its caller, or a new one."""
    caller = _TRACEPARENT.fullmatch(traceparent)
    return _ids.set({"trace_id": caller[1] if caller else secrets.token_hex(16), "span_id": secrets.token_hex(8)})


def end(token: Token[Ids | None]) -> None:
    """Ends what `begin` began."""
    _ids.reset(token)


def start(app: FastAPI, service_name: str, untraced: Iterable[str], exporter: Any = None) -> None:
    """Traces requests, and sends the traces to OTEL_EXPORTER_OTLP_ENDPOINT; without one nothing of this is loaded."""
    global _active_span, _stop
    from opentelemetry import trace
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    def active_span() -> Ids | None:
        context = trace.get_current_span().get_span_context()
        if not context.is_valid:
            return None
        return {"trace_id": f"{context.trace_id:032x}", "span_id": f"{context.span_id:016x}"}

    provider = TracerProvider(resource=Resource.create({"service.name": service_name}))
    provider.add_span_processor(BatchSpanProcessor(exporter or OTLPSpanExporter()))
    excluded = ",".join(f"{path}$" for path in untraced)
    FastAPIInstrumentor.instrument_app(app, tracer_provider=provider, excluded_urls=excluded)
    _active_span, _stop = active_span, provider.shutdown


def stop() -> None:
    """Sends what is left of the traces."""
    _stop()
