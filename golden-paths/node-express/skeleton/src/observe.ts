import type { RequestHandler } from "express";
import { AsyncLocalStorage } from "node:async_hooks";
import type { Logger } from "pino";

import { withTraceIds } from "./logs.ts";
import type { Metrics } from "./metrics.ts";

/** Measures and logs each request; those of the platform (probes and metrics) are measured only. */
export function observe(
  logger: Logger,
  metrics: Metrics,
  unlogged: ReadonlySet<string>,
): RequestHandler {
  return (request, response, next) => {
    withTraceIds(request.get("traceparent"), () => {
      const started = process.hrtime.bigint();
      const { method, path } = request;
      const finish = AsyncLocalStorage.bind(() => {
        const seconds = Number(process.hrtime.bigint() - started) / 1e9;
        const route = request.route as { path: string } | undefined;
        // 499 is what proxies write for a caller that went away.
        const status = response.writableFinished ? response.statusCode : 499;
        metrics.observe(method, route?.path, status, seconds);
        if (!unlogged.has(path)) {
          logger.info({ method, path, status_code: status, duration_seconds: seconds }, "request");
        }
      });
      response.once("close", finish);
      next();
    });
  };
}
