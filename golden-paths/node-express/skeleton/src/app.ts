import express, { type ErrorRequestHandler, type Express } from "express";
import type { Logger } from "pino";

{{? database }}import type { Database } from "./database.ts";
import { greetings } from "./greetings.ts";
import type { Metrics } from "./metrics.ts";
import { observe } from "./observe.ts";
import { DESCRIPTION, NAME } from "./package.ts";

export const HEALTH_PATH = "{{ parameters.healthPath }}";

export interface Dependencies {
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Aborted once the service is to stop: it serves on, but wants no new callers. */
  readonly stopping: AbortSignal;
  {{? database }}readonly database: Pick<Database, "isReachable" | "now">;
}

/** Builds the service; tests pass dependencies of their own. */
export function createApp(dependencies: Dependencies): Express {
  {{?! database }}const { logger, metrics, stopping } = dependencies;
  {{? database }}const { logger, metrics, stopping, database } = dependencies;
  const app = express();
  app.disable("x-powered-by");
  app.use(observe(logger, metrics, new Set([HEALTH_PATH, "/readyz", "/metrics"])));

  app.get("/", (_request, response) => {
    response.json({ name: NAME, description: DESCRIPTION });
  });

  app.get(HEALTH_PATH, (_request, response) => {
    response.json({ status: "ok" });
  });

  {{?! database }}app.get("/readyz", (_request, response) => {
  {{? database }}app.get("/readyz", async (_request, response) => {
    if (stopping.aborted) {
      response.status(503).json({ status: "stopping" });
      return;
    }
    {{? database }}if (!(await database.isReachable())) {
      {{? database }}response.status(503).json({ status: "waiting for the database" });
      {{? database }}return;
    {{? database }}}
    response.json({ status: "ok" });
  });

  app.get("/metrics", async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.expose());
  });

  greetings(app);
{{? database }}
  {{? database }}app.get("/api/v1/database", async (_request, response) => {
    {{? database }}response.json({ time: await database.now() });
  {{? database }}});

  app.use((_request, response) => {
    response.status(404).json({ error: "there is no such path" });
  });
  app.use(errors(logger));
  return app;
}

/** Tells a caller what it did wrong, and nobody but the log what we did. */
function errors(logger: Logger): ErrorRequestHandler {
  return (error: Error & { status?: number }, _request, response, next) => {
    const isCallers = error.status !== undefined && error.status >= 400 && error.status < 500;
    if (!isCallers) {
      logger.error({ error }, "request failed");
    }
    if (response.headersSent) {
      next(error);
      return;
    }
    response
      .status(isCallers ? (error.status ?? 400) : 500)
      .json({ error: isCallers ? error.message : "internal error" });
  };
}
