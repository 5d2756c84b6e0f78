import assert from "node:assert/strict";
import { test } from "node:test";

import { HEALTH_PATH } from "../src/app.ts";
import { DESCRIPTION, NAME } from "../src/package.ts";
import { start } from "./support.ts";

test("the index says what it is", async (t) => {
  const { url } = await start(t);

  const response = await fetch(`${url}/`);

  assert.deepEqual(await response.json(), { name: NAME, description: DESCRIPTION });
});

test("it is alive and ready", async (t) => {
  const { url } = await start(t);

  assert.equal((await fetch(url + HEALTH_PATH)).status, 200);
  assert.equal((await fetch(`${url}/readyz`)).status, 200);
});

test("it is alive but not ready while it stops", async (t) => {
  const { url, stopping } = await start(t);

  stopping.abort();

  assert.equal((await fetch(url + HEALTH_PATH)).status, 200);
  const ready = await fetch(`${url}/readyz`);
  assert.equal(ready.status, 503);
  assert.deepEqual(await ready.json(), { status: "stopping" });
});
{{? database }}
{{? database }}test("it is not ready while the database is away", async (t) => {
  {{? database }}const database = {
    {{? database }}isReachable: () => Promise.resolve(false),
    {{? database }}now: () => Promise.reject(new Error("away")),
  {{? database }}};
  {{? database }}const { url } = await start(t, { database });
{{? database }}
  {{? database }}assert.equal((await fetch(url + HEALTH_PATH)).status, 200);
  {{? database }}assert.equal((await fetch(`${url}/readyz`)).status, 503);
{{? database }}});
{{? database }}
{{? database }}test("an error of ours is logged, and not told to the caller", async (t) => {
  {{? database }}const database = {
    {{? database }}isReachable: () => Promise.resolve(true),
    {{? database }}now: () => Promise.reject(new Error("password authentication failed")),
  {{? database }}};
  {{? database }}const { url, lines } = await start(t, { database });
{{? database }}
  {{? database }}const response = await fetch(`${url}/api/v1/database`);
{{? database }}
  {{? database }}assert.equal(response.status, 500);
  {{? database }}assert.deepEqual(await response.json(), { error: "internal error" });
  {{? database }}const line = lines.find(({ message }) => message === "request failed");
  {{? database }}assert.equal(line?.["level"], "error");
  {{? database }}assert.match(JSON.stringify(line["error"]), /password authentication failed/);
{{? database }}});

test("greets by path and by body", async (t) => {
  const { url } = await start(t);

  const byPath = await fetch(`${url}/api/v1/greetings/Ada`);
  const byBody = await post(`${url}/api/v1/greetings`, '{"name":" Ada "}');

  assert.deepEqual(await byPath.json(), { message: "Hello, Ada." });
  assert.deepEqual(await byBody.json(), { message: "Hello, Ada." });
});

const tooLong = JSON.stringify({ name: "a".repeat(101) });
for (const body of ["", "{", "[]", "{}", '{"name":" "}', '{"name":7}', tooLong]) {
  test(`a caller hears what is wrong with ${body.slice(0, 20)}`, async (t) => {
    const { url } = await start(t);

    const response = await post(`${url}/api/v1/greetings`, body);

    assert.equal(response.status, 400);
    assert.equal(typeof ((await response.json()) as { error: unknown }).error, "string");
  });
}

test("counts requests by route, and those without one together", async (t) => {
  const { url } = await start(t);
  await fetch(`${url}/api/v1/greetings/Ada`);
  await fetch(`${url}/api/v1/greetings/Bob`);
  await fetch(`${url}/no/such/path`);
  await post(`${url}/`, "{}");
  await fetch(`${url}/`, { method: "PROPFIND" });
  await post(`${url}/api/v1/greetings`, "{}");

  const response = await fetch(`${url}/metrics`);
  const metrics = await response.text();

  assert.match(response.headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4/);
  for (const line of [
    'http_requests_total{method="GET",path="/api/v1/greetings/:name",status_code="200"} 2',
    'http_requests_total{method="GET",path="unmatched",status_code="404"} 1',
    'http_requests_total{method="POST",path="unmatched",status_code="404"} 1',
    'http_requests_total{method="OTHER",path="unmatched",status_code="404"} 1',
    'http_requests_total{method="POST",path="/api/v1/greetings",status_code="400"} 1',
    'http_request_duration_seconds_count{method="GET",path="/api/v1/greetings/:name"} 2',
  ]) {
    assert.ok(metrics.includes(`${line}\n`), `${line} is not in:\n${metrics}`);
  }
  assert.match(metrics, /^nodejs_eventloop_lag_seconds /m);
  assert.match(metrics, /^process_cpu_seconds_total /m);
});

test("a line of the log tells the trace of its caller, and nothing of the query", async (t) => {
  const { url, lines } = await start(t);
  const trace = "4bf92f3577b34da6a3ce929d0e0e4736";

  const headers = { traceparent: `00-${trace}-00f067aa0ba902b7-01` };
  await fetch(`${url}/?token=secret`, { headers });
  await fetch(`${url}/no/such/path`);
  await fetch(`${url}/readyz`);

  const [first, second, ...rest] = lines;
  assert.equal(first?.["trace_id"], trace);
  assert.equal(first["path"], "/");
  assert.equal(first["status_code"], 200);
  assert.match(String(second?.["trace_id"]), /^[\da-f]{32}$/);
  assert.notEqual(second?.["trace_id"], trace);
  assert.deepEqual(rest, [], "probes are not logged");
});

function post(url: string, body: string): Promise<Response> {
  return fetch(url, { method: "POST", body, headers: { "content-type": "application/json" } });
}
