import assert from "node:assert/strict";
import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, Agent, request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";

import { start } from "./support.ts";

test("a request under way gets its answer, and its connection is closed", async (t) => {
  const { url, server, stopping } = await start(t);
  const under = await slowRequest(t, url);

  stopping.abort();
  const closed = server.close(10);
  under.end('da"}');
  const [response] = (await once(under, "response")) as [IncomingMessage];

  assert.equal(response.headers.connection, "close");
  assert.deepEqual(JSON.parse(await text(response)), { message: "Hello, Ada." });
  assert.equal(await closed, 0, "nothing was cut off");
});

test("a connection that nobody uses does not hold up the stop", async (t) => {
  const { url, server, stopping } = await start(t);
  const idle = connect(Number(new URL(url).port), "127.0.0.1");
  idle.write("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
  await once(idle, "data");

  stopping.abort();

  assert.equal(await server.close(10), 0);
  await once(idle, "close");
});

test("a request that takes too long is cut off", async (t) => {
  const { url, server, stopping } = await start(t);
  const under = await slowRequest(t, url);
  const failed = once(under, "error");

  stopping.abort();

  assert.equal(await server.close(0.05), 1);
  await failed;
});

/** Sends the half of a request, on a connection that could be kept; the server has begun to serve it. */
async function slowRequest(t: TestContext, url: string): Promise<ClientRequest> {
  const agent = new Agent({ keepAlive: true });
  t.after(() => {
    agent.destroy();
  });
  const headers = {
    "content-type": "application/json",
    "content-length": 14,
    expect: "100-continue",
  };
  const under = request(`${url}/api/v1/greetings`, { method: "POST", agent, headers });
  under.flushHeaders();
  await once(under, "continue");
  under.write('{"name":"A');
  return under;
}
