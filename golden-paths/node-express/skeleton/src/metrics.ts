import { Counter, Histogram, Registry, collectDefaultMetrics } from "prom-client";

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

  /** Counts a request. The path is the template of a route, never what a caller sent: that has no end of values. */
  observe(method: string, path: string, statusCode: number, seconds: number): void {
    this.#requests.inc({ method, path, status_code: statusCode });
    this.#duration.observe({ method, path }, seconds);
  }

  expose(): Promise<string> {
    return this.#registry.metrics();
  }
}
