import assert from "node:assert/strict";
import { test } from "node:test";

import { readSettings } from "../src/settings.ts";

{{? database }}const DATABASE_URL = "postgresql://user:secret@db:5432/pay";
{{? database }}
test("everything has a default", () => {
  {{?! database }}assert.deepEqual(readSettings({}), {
  {{? database }}assert.deepEqual(readSettings({ DATABASE_URL }), {
    port: {{ parameters.port }},
    logLevel: "info",
    shutdownDelaySeconds: 0,
    shutdownTimeoutSeconds: 20,
    {{? database }}databaseUrl: DATABASE_URL,
    {{? database }}databasePoolSize: 10,
  });
});

test("the environment decides", () => {
  const settings = readSettings({
    PORT: "8080",
    LOG_LEVEL: "WARNING",
    SHUTDOWN_DELAY_SECONDS: "5",
    SHUTDOWN_TIMEOUT_SECONDS: "7",
    {{? database }}DATABASE_URL,
    {{? database }}DATABASE_POOL_SIZE: "3",
  });

  assert.equal(settings.port, 8080);
  assert.equal(settings.logLevel, "warning");
  assert.equal(settings.shutdownDelaySeconds, 5);
  assert.equal(settings.shutdownTimeoutSeconds, 7);
  {{? database }}assert.equal(settings.databasePoolSize, 3);
});

test("all that is wrong is said at once, in one line", () => {
  {{?! database }}const environment = { PORT: "0x50", LOG_LEVEL: "loud", SHUTDOWN_TIMEOUT_SECONDS: "-1" };
  {{? database }}const environment = {
    {{? database }}PORT: "0x50",
    {{? database }}LOG_LEVEL: "loud",
    {{? database }}SHUTDOWN_TIMEOUT_SECONDS: "-1",
    {{? database }}DATABASE_URL: "mysql://user:secret@db/pay",
  {{? database }}};

  assert.throws(() => readSettings(environment), {
    message:
      "PORT must be a whole number from 1 to 65535; LOG_LEVEL must be one of debug, info, warning, error; " +
      {{?! database }}"SHUTDOWN_TIMEOUT_SECONDS must be a whole number from 1 to 300",
      {{? database }}"SHUTDOWN_TIMEOUT_SECONDS must be a whole number from 1 to 300; " +
      {{? database }}"DATABASE_URL must be a URL such as postgresql://user:password@host:5432/name",
  });
});
