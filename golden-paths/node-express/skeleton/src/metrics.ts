import { Counter, Histogram, Registry, collectDefaultMetrics } from "prom-client";

// Callers can invent methods and paths without end; each would become time series that never go.
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const OTHER = "OTHER";
const UNMATCHED = "unmatched";

/** What Prometheus collects: requests by route, and the state of the runtime. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = new Counter({
    name: "http_requests_total",
    help: "Requests served.",
    labelNames: ["method", "path", "status_code"] as const,
    registers: [this.#registry],
  });
  readonly #duration = new Histogram({
    name: "http_request_duration_seconds",
    help: "How long requests took.",
    labelNames: ["method", "path"] as const,
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Counts a request by the template of its route, never by the path that a caller sent. */
  observe(verb: string, route: string | undefined, statusCode: number, seconds: number): void {
    const method = METHODS.has(verb) ? verb : OTHER;
    const path = route ?? UNMATCHED;
    this.#requests.inc({ method, path, status_code: statusCode });
    this.#duration.observe({ method, path }, seconds);
  }

  expose(): Promise<string> {
    return this.#registry.metrics();
  }
}
