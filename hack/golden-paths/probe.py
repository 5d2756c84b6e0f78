"""Asks a running service what a golden path promises: python3 probe.py CHECK; the environment says where everything is.

URL         the service                       PID          its process
PROMETHEUS  a Prometheus that scrapes it      TARGET       its address there
DATABASE    'yes' where it has a database     GRACE        the seconds in which it has to end
NAME        its name                          LOG, TRACES  the file of its log, the folder of what a collector got from it
"""

import http.client
import json
import os
import pathlib
import re
import secrets
import signal
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

URL = os.environ["URL"]
PID = int(os.environ["PID"])
TRACE_ID = "0af7651916cd43dd8448eb211c80319c"
# What each runtime tells of itself; one of them has to be there.
RUNTIME = ["python_info", "nodejs_version_info", "dotnet_collection_count_total", "dotnet_gc_collections_total"]
PATIENCE = 60
# The body of the request that is under way: what is sent before SIGTERM, and how many bytes come one by one after the last new connection.
SLOW_FROM, SLOW_BYTES = 8, 20


def main(check: str) -> None:
    {"ready": ready, "answers": answers, "database": database, "metrics": metrics, "traces": traces, "stop": stop}[check]()


def until(what, condition):
    """Waits until the condition gives something, and gives that; a process that has ended makes nothing true."""
    end = time.monotonic() + PATIENCE
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise SystemExit(f"not in {PATIENCE} s: {what}")
        os.kill(PID, 0)
        time.sleep(0.05)


def ask(path, method="GET", body=None, headers=None):
    request = urllib.request.Request(URL + path, method=method, headers=headers or {}, data=body and json.dumps(body).encode())
    if body:
        request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def expect(what, found, wanted):
    if found != wanted:
        raise SystemExit(f"{what}: {found!r}, not {wanted!r}")
    print(f"{what}: {found!r}")


def ready():
    def answer():
        try:
            return ask("/readyz")[0] == 200
        except OSError:
            return False

    until("/readyz answers 200", answer)


def answers():
    expect("GET /healthz", ask("/healthz")[0], 200)
    expect("GET /", json.loads(ask("/")[1])["name"], os.environ["NAME"])
    expect("GET greeting", json.loads(ask("/api/v1/greetings/Ada")[1]), {"message": "Hello, Ada."})
    trace = {"traceparent": f"00-{TRACE_ID}-b7ad6b7169203331-01"}
    expect("POST greeting", json.loads(ask("/api/v1/greetings", "POST", {"name": "Ada"}, trace)[1]), {"message": "Hello, Ada."})
    expect("POST without a name", ask("/api/v1/greetings", "POST", {"name": ""})[0] in (400, 422), True)
    expect("GET /no/such/path", ask("/no/such/path")[0], 404)
    until("a log line with the caller's trace id", lambda: any(line.get("trace_id") == TRACE_ID for line in log()))
    for line in log():
        expect("the members of a log line", {"time", "level", "message"} - set(line), set())


def log():
    with open(os.environ["LOG"], encoding="utf-8") as lines:
        whole = [line for line in lines if line.endswith("\n")]
    try:
        return [json.loads(line) for line in whole]
    except ValueError as error:
        raise SystemExit(f"a line of the log is not JSON: {error}") from error


def database():
    status, body = ask("/api/v1/database")
    if os.environ["DATABASE"] != "yes":
        expect("GET /api/v1/database without a database", status, 404)
        return
    expect("GET /api/v1/database", status, 200)
    expect("it tells a time", json.loads(body)["time"][:4], time.strftime("%Y", time.gmtime()))


def query(expression):
    url = f"{os.environ['PROMETHEUS']}/api/v1/query?query={urllib.parse.quote(expression)}"
    with urllib.request.urlopen(url, timeout=10) as response:
        return json.load(response)["data"]["result"]


def metrics():
    """Prometheus has to hold exactly as many requests as were made, under the names and labels that dashboards rely on."""
    target = f'instance="{os.environ["TARGET"]}"'
    until("Prometheus scrapes it", lambda: [found for found in query(f"up{{{target}}}") if found["value"][1] == "1"])

    def count(labels):
        found = query(f"sum(http_requests_total{{{target},{labels}}})")
        return float(found[0]["value"][1]) if found else 0.0

    template = templates(target)
    route = f'method="GET",path="{template}",status_code="200"'
    lost_route = 'method="GET",path="unmatched",status_code="404"'
    before, lost = counted(route), counted(lost_route)
    until("Prometheus knows of what was before", lambda: (count(route), count(lost_route)) == (before, lost))
    for number in range(5):
        ask(f"/api/v1/greetings/Ada{number}")
        ask(f"/lost/{number}")
    until("five requests more by their route", lambda: count(route) == before + 5)
    until("five unmatched requests more, under one path", lambda: count(lost_route) == lost + 5)
    expect("requests with a path that a caller sent", count('path=~".*(Ada|lost).*"'), 0.0)
    labels = query(f'http_requests_total{{{target},{route}}}')[0]["metric"]
    expect("labels of http_requests_total", {"method", "path", "status_code"} - set(labels), set())
    duration = query(f'http_request_duration_seconds_count{{{target},method="GET",path="{template}"}}')
    expect("http_request_duration_seconds by method and path", len(duration), 1)
    expect("no status_code in it", "status_code" in duration[0]["metric"], False)
    buckets = query(f'http_request_duration_seconds_bucket{{{target},method="GET",path="{template}",le="+Inf"}}')
    expect("its buckets", len(buckets), 1)
    runtime = [name for name in RUNTIME if query(f"{name}{{{target}}}")]
    expect("metrics of the runtime", bool(runtime), True)
    expect("process_cpu_seconds_total", bool(query(f"process_cpu_seconds_total{{{target}}}")), True)


def counted(labels):
    """What the service itself says of one time series; its labels may stand in any order, and there may be more."""
    wanted = set(re.findall(r'\w+="[^"]*"', labels))
    for line in ask("/metrics")[1].splitlines():
        found = re.fullmatch(r"http_requests_total\{(.*)\} (\S+).*", line)
        if found and wanted <= set(re.findall(r'\w+="[^"]*"', found[1])):
            return float(found[2])
    return 0.0


def traces():
    """A collector gets a span of the caller's trace, of a service of that name, and none of the probes."""
    trace, probed = secrets.token_hex(16), secrets.token_hex(16)
    ask("/readyz", headers={"traceparent": f"00-{probed}-5fb397be34d26b51-01"})
    ask("/api/v1/greetings/Ada", headers={"traceparent": f"00-{trace}-5fb397be34d26b51-01"})

    def collected():
        return b"".join(file.read_bytes() for file in sorted(pathlib.Path(os.environ["TRACES"]).glob("*.traces")))

    until("a span of the caller's trace arrives", lambda: bytes.fromhex(trace) in collected() or trace.encode() in collected())
    expect("it names the service", os.environ["NAME"].encode() in collected(), True)
    expect("spans of probes", bytes.fromhex(probed) in collected(), False)


def templates(target):
    """The template of the greetings' route, in the language's own spelling: {name} or :name."""
    ask("/api/v1/greetings/Ada")
    found = until("a request by its route", lambda: query(f'http_requests_total{{{target},method="GET",path=~"/api/v1/greetings/.+"}}'))
    expect("the template of the route", found[0]["metric"]["path"] in ("/api/v1/greetings/{name}", "/api/v1/greetings/:name"), True)
    return found[0]["metric"]["path"]


def stop():
    """A request under way when SIGTERM comes gets its answer, and the process ends within its grace."""
    # Blanks are JSON as well: a body that takes its time.
    body = b'{"name":' + b" " * SLOW_BYTES + b'"Ada"}'
    host, port = urllib.parse.urlsplit(URL).netloc.split(":")
    under_way = http.client.HTTPConnection(host, int(port), timeout=30)
    under_way.putrequest("POST", "/api/v1/greetings")
    for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), "Expect": "100-continue"}.items():
        under_way.putheader(name, value)
    under_way.endheaders()
    # Only a server that has read the head asks for more: from here on the request is under way.
    expect("the service asks for the body", under_way.sock.recv(1024)[:12], b"HTTP/1.1 100")
    under_way.send(body[:SLOW_FROM])

    started = time.monotonic()
    os.kill(PID, signal.SIGTERM)
    try:
        until("/readyz says 503 while it still serves", lambda: ask("/readyz")[0] == 503)
    except OSError as error:
        raise SystemExit(f"it takes no connections before /readyz has said 503: {error}") from error
    expect("a new request meanwhile", ask("/api/v1/greetings/Ada")[0], 200)
    until("no new connections", refuses)
    # Somebody on a slow line: a service that ends with its last connection but this one would be gone by now.
    try:
        for byte in range(SLOW_FROM, len(body)):
            under_way.send(body[byte : byte + 1])
            time.sleep(0.1)
        response = under_way.getresponse()
        expect("the answer", (response.status, json.load(response)), (200, {"message": "Hello, Ada."}))
    except OSError as error:
        raise SystemExit(f"the request that was under way was cut off: {error}") from error
    while alive():
        if time.monotonic() - started > float(os.environ["GRACE"]):
            raise SystemExit("it has not ended within its grace")
        time.sleep(0.05)
    print(f"it has ended after {time.monotonic() - started:.1f} s")


def refuses():
    try:
        ask("/healthz")
    except OSError:
        return True
    return False


def alive():
    """Whether the process runs: one that has ended but not been waited for yet does not."""
    try:
        with open(f"/proc/{PID}/stat", encoding="ascii") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


main(sys.argv[1])
