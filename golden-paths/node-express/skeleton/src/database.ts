import { Pool } from "pg";
import type { Logger } from "pino";

import { NAME } from "./package.ts";

/** The connections to PostgreSQL. */
export class Database {
  readonly #pool: Pool;
  readonly #logger: Logger;

  constructor(url: string, poolSize: number, logger: Logger) {
    this.#logger = logger;
    this.#pool = new Pool({
      connectionString: url,
      application_name: NAME,
      max: poolSize,
      connectionTimeoutMillis: 2_000,
      query_timeout: 5_000,
    });
    // A connection that breaks while nobody uses it must not end the process: the pool makes a new one.
    this.#pool.on("error", (error) => {
      logger.warn({ error }, "lost a connection to the database");
    });
  }

  /** Whether the database answers a query. */
  async isReachable(): Promise<boolean> {
    try {
      await this.#pool.query("SELECT 1");
      return true;
    } catch (error) {
      this.#logger.warn({ error }, "the database does not answer");
      return false;
    }
  }

  /** The database's time: a first query, to be replaced. */
  async now(): Promise<Date> {
    const { rows } = await this.#pool.query<{ now: Date }>("SELECT now()");
    const [row] = rows;
    if (row === undefined) {
      throw new Error("SELECT now() gave no row");
    }
    return row.now;
  }

  /** Waits for the queries under way, then closes the connections. */
  async close(): Promise<void> {
    await this.#pool.end();
  }
}
