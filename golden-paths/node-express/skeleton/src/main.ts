import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "pino";

import { createApp } from "./app.ts";
{{? database }}import { Database } from "./database.ts";
import { createLogger } from "./logs.ts";
import { Metrics } from "./metrics.ts";
import { GracefulServer } from "./server.ts";
import { type Settings, SettingsError, readSettings } from "./settings.ts";
import { stopTracing } from "./tracing.ts";

async function serve(settings: Settings, logger: Logger): Promise<void> {
  const stopping = new AbortController();
  {{? database }}const database = new Database(settings.databaseUrl, settings.databasePoolSize, logger);
  const app = createApp({
    logger,
    metrics: new Metrics(),
    stopping: stopping.signal,
    {{? database }}database,
  });
  const server = new GracefulServer(app, stopping.signal);
  const signal = Promise.race([
    once(process, "SIGTERM").then(() => "SIGTERM"),
    once(process, "SIGINT").then(() => "SIGINT"),
  ]);
  logger.info({ port: await server.listen(settings.port) }, "started");

  logger.info({ signal: await signal }, "stopping");
  stopping.abort();
  // The Service needs a moment to learn that this pod is no longer ready; until then it still sends requests.
  if ((await signal) === "SIGTERM") {
    await delay(settings.shutdownDelaySeconds * 1_000);
  }
  const cutOff = await server.close(settings.shutdownTimeoutSeconds);
  {{? database }}await database.close();
  await stopTracing();
  logger.info({ requests_cut_off: cutOff }, "stopped");
}

let logger = createLogger("info");
process.on("uncaughtException", (error) => {
  if (error instanceof SettingsError) {
    logger.fatal(`cannot start: ${error.message}`);
  } else {
    logger.fatal({ error }, "failed");
  }
  process.exit(1);
});
const settings = readSettings(process.env);
logger = createLogger(settings.logLevel);
await serve(settings, logger);
process.exit();
