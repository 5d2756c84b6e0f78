import { trace } from "@opentelemetry/api";
import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import { type DestinationStream, type Logger, pino, stdTimeFunctions } from "pino";

import type { LogLevel } from "./settings.ts";

interface TraceIds {
  readonly trace_id: string;
  readonly span_id: string;
}

const requests = new AsyncLocalStorage<TraceIds>();

/** Structured logs: one JSON object per line, with the ids of the trace that it belongs to. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level: level === "warning" ? "warn" : level,
    base: null,
    messageKey: "message",
    errorKey: "error",
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label === "warn" ? "warning" : label }) },
    mixin: () => activeSpan() ?? requests.getStore() ?? {},
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** Runs what serves a request so that each log line of it bears the caller's trace id, or a new one. */
export function withTraceIds(traceparent: string | undefined, run: () => void): void {
  const caller = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}$/.exec(traceparent ?? "")?.[1];
  const ids = {
    trace_id: caller ?? randomBytes(16).toString("hex"),
    span_id: randomBytes(8).toString("hex"),
  };
  requests.run(ids, run);
}

function activeSpan(): TraceIds | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  return span === undefined ? undefined : { trace_id: span.traceId, span_id: span.spanId };
}
