import { once } from "node:events";
import { type RequestListener, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An HTTP server that can be stopped without cutting off a request. */
export class GracefulServer {
  readonly #server: Server;
  readonly #open = new Set<ServerResponse>();
  readonly #stopping: AbortSignal;

  /** @param stopping from when it is aborted no connection is kept for a further request */
  constructor(listener: RequestListener, stopping: AbortSignal) {
    this.#stopping = stopping;
    this.#server = createServer();
    this.#server.on("request", (request, response) => {
      this.#track(response);
      listener(request, response);
    });
    // Longer than proxies keep theirs (60 s): else they would send requests into a connection that we just close.
    this.#server.keepAliveTimeout = 65_000;
    stopping.addEventListener("abort", () => {
      this.#open.forEach(letGo);
    });
  }

  /** Listens, and says on which port: 0 asks for any free one. */
  async listen(port: number): Promise<number> {
    this.#server.listen(port);
    await once(this.#server, "listening");
    return (this.#server.address() as AddressInfo).port;
  }

  /** Takes no new connections and waits for the requests under way; how many of them it had to cut off. */
  async close(timeoutSeconds: number): Promise<number> {
    let cutOff = 0;
    const closed = once(this.#server, "close");
    this.#server.close();
    const timer = setTimeout(() => {
      cutOff = this.#open.size;
      this.#server.closeAllConnections();
    }, timeoutSeconds * 1_000);
    await closed;
    clearTimeout(timer);
    return cutOff;
  }

  #track(response: ServerResponse): void {
    this.#open.add(response);
    response.once("close", () => {
      this.#open.delete(response);
      // One whose headers had promised to keep the connection before the stop.
      if (this.#stopping.aborted) {
        setImmediate(() => {
          this.#server.closeIdleConnections();
        });
      }
    });
    if (this.#stopping.aborted) {
      letGo(response);
    }
  }
}

/** Tells the caller that this is the connection's last answer. */
function letGo(response: ServerResponse): void {
  if (!response.headersSent) {
    response.shouldKeepAlive = false;
  }
}
