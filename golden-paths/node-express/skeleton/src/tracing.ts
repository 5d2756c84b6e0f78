// Loaded before everything else (node --import), for only what is imported later can be traced.
import { register } from "node:module";
import { setTimeout as delay } from "node:timers/promises";

let stop = (): Promise<void> => Promise.resolve();

// Without a place to send traces to nothing of this is even loaded.
if (process.env["OTEL_EXPORTER_OTLP_ENDPOINT"]) {
  register("@opentelemetry/instrumentation/hook.mjs", import.meta.url);
  const { NodeSDK } = await import("@opentelemetry/sdk-node");
  const { HttpInstrumentation } = await import("@opentelemetry/instrumentation-http");
  const { ExpressInstrumentation } = await import("@opentelemetry/instrumentation-express");
  {{? database }}const { PgInstrumentation } = await import("@opentelemetry/instrumentation-pg");
  const { NAME } = await import("./package.ts");
  const platform = new Set(["{{ parameters.healthPath }}", "/readyz", "/metrics"]);
  const sdk = new NodeSDK({
    serviceName: process.env["OTEL_SERVICE_NAME"] ?? NAME,
    // Metrics are collected from /metrics, logs from standard output.
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: ({ url }) => platform.has(url?.split("?")[0] ?? ""),
      }),
      new ExpressInstrumentation(),
      {{? database }}new PgInstrumentation({ requireParentSpan: true }),
    ],
  });
  sdk.start();
  stop = () => sdk.shutdown();
}

/** Sends what is left of the traces, for a few seconds: nobody's request hangs on them. */
export async function stopTracing(): Promise<void> {
  const stopped = stop().catch((error: unknown) => {
    process.emitWarning(`the last traces are lost: ${String(error)}`);
  });
  await Promise.race([stopped, delay(3_000)]);
}
