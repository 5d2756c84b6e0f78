import express, { type Express } from "express";

const LONGEST_NAME = 100;

/** An example resource: replace it with what the service is for. */
export function greetings(app: Express): void {
  app.get("/api/v1/greetings/:name", (request, response) => {
    response.json(greet(request.params.name));
  });

  app.post("/api/v1/greetings", express.json({ limit: "16kb" }), (request, response) => {
    response.json(greet((request.body as { name?: unknown } | undefined)?.name));
  });
}

/** A request that its caller has to mend. */
class BadRequest extends Error {
  readonly status = 400;
}

function greet(name: unknown): { message: string } {
  if (typeof name !== "string" || name.trim() === "" || name.length > LONGEST_NAME) {
    throw new BadRequest(`name must be a text of 1 to ${String(LONGEST_NAME)} characters`);
  }
  return { message: `Hello, ${name.trim()}.` };
}
