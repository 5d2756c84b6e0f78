"""Takes OpenTelemetry traces by HTTP and keeps each request as it came: python3 collector.py PORT FOLDER. Ends on SIGTERM."""

import gzip
import http.server
import itertools
import pathlib
import sys

PORT, FOLDER = int(sys.argv[1]), pathlib.Path(sys.argv[2])
numbers = itertools.count()


class Collector(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = b"".join(self.chunks())
        if self.path == "/v1/traces":
            body = gzip.decompress(body) if self.headers["Content-Encoding"] == "gzip" else body
            (FOLDER / f"{next(numbers)}.traces").write_bytes(body)
        # An empty message is an empty body in protobuf.
        self.send_response(200)
        self.send_header("Content-Type", self.headers["Content-Type"])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def chunks(self):
        if self.headers["Transfer-Encoding"] != "chunked":
            yield self.rfile.read(int(self.headers["Content-Length"]))
            return
        while size := int(self.rfile.readline().split(b";")[0], 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Collector).serve_forever()
