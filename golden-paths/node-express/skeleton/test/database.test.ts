import assert from "node:assert/strict";
import { test } from "node:test";

import { Database } from "../src/database.ts";
import { memoryLogger } from "./support.ts";

const url = process.env["DATABASE_URL"];
const skip = url === undefined && "DATABASE_URL is not set";

test("asks a real database", { skip }, async (t) => {
  const database = new Database(url ?? "", 2, memoryLogger().logger);
  t.after(() => database.close());

  assert.equal(await database.isReachable(), true);
  assert.ok((await database.now()) instanceof Date);
});

test("says why the database does not answer", async (t) => {
  const { logger, lines } = memoryLogger();
  const database = new Database("postgresql://nobody@127.0.0.1:1/nothing", 2, logger);
  t.after(() => database.close());

  assert.equal(await database.isReachable(), false);
  assert.match(JSON.stringify(lines), /ECONNREFUSED/);
});
