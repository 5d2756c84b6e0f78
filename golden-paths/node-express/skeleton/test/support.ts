import type { TestContext } from "node:test";
import { Writable } from "node:stream";
import type { Logger } from "pino";

import { type Dependencies, createApp } from "../src/app.ts";
import { createLogger } from "../src/logs.ts";
import { Metrics } from "../src/metrics.ts";
import { GracefulServer } from "../src/server.ts";

export type Line = Record<string, unknown>;

/** A logger that keeps what it is told. */
export function memoryLogger(): { logger: Logger; lines: Line[] } {
  const lines: Line[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Line);
      done();
    },
  });
  return { logger: createLogger("debug", destination), lines };
}

/** Serves the real thing on a free port until the test is over. */
export async function start(test: TestContext, changes: Partial<Dependencies> = {}) {
  const stopping = new AbortController();
  const { logger, lines } = memoryLogger();
  const app = createApp({
    logger,
    metrics: new Metrics(),
    stopping: stopping.signal,
    {{? database }}database: {
      {{? database }}isReachable: () => Promise.resolve(true),
      {{? database }}now: () => Promise.resolve(new Date(0)),
    {{? database }}},
    ...changes,
  });
  const server = new GracefulServer(app, stopping.signal);
  const url = `http://127.0.0.1:${String(await server.listen(0))}`;
  test.after(async () => {
    stopping.abort();
    await server.close(1);
  });
  return { url, server, stopping, lines };
}
