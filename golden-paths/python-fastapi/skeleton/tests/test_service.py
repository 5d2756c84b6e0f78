"""What the service promises to those who run it and those who call it."""

import json
import logging
from collections.abc import Iterator
from threading import Event

import pytest
from fastapi.testclient import TestClient
from prometheus_client import REGISTRY

from app import DESCRIPTION, NAME
from app.logs import JsonFormatter
{{?! database }}from tests.support import service
{{? database }}from tests.support import FakeDatabase, service

TRACE_ID = "0af7651916cd43dd8448eb211c80319c"


class Lines(logging.Handler):
    """Keeps what is logged, as it would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[dict[str, object]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.written.append(json.loads(JsonFormatter().format(record)))


def served(method: str, path: str, status_code: int) -> float:
    labels = {"method": method, "path": path, "status_code": str(status_code)}
    return REGISTRY.get_sample_value("http_requests_total", labels) or 0.0


def test_index_says_what_it_is() -> None:
    assert TestClient(service()).get("/").json() == {"name": NAME, "description": DESCRIPTION}


def test_is_alive() -> None:
    assert TestClient(service()).get("{{ parameters.healthPath }}").status_code == 200


def test_is_ready() -> None:
    assert TestClient(service()).get("/readyz").status_code == 200


def test_is_alive_but_not_ready_once_it_is_to_stop() -> None:
    stopping = Event()
    stopping.set()
    client = TestClient(service(stopping))
    assert client.get("/readyz").status_code == 503
    assert client.get("{{ parameters.healthPath }}").status_code == 200
    assert client.get("/").status_code == 200
{{? database }}
{{? database }}
{{? database }}def test_is_not_ready_while_the_database_is_away() -> None:
    {{? database }}database = FakeDatabase(reachable=False)
    {{? database }}client = TestClient(service(database=database))
    {{? database }}assert client.get("/readyz").status_code == 503
    {{? database }}database.reachable = True
    {{? database }}assert client.get("/readyz").status_code == 200
{{? database }}
{{? database }}
{{? database }}def test_tells_the_time_of_the_database() -> None:
    {{? database }}answer = TestClient(service()).get("/api/v1/database").json()
    {{? database }}assert answer["time"].startswith("2030-01-02T00:00:00")


def test_greets() -> None:
    client = TestClient(service())
    assert client.get("/api/v1/greetings/Ada").json() == {"message": "Hello, Ada."}
    assert client.post("/api/v1/greetings", json={"name": "Ada"}).json() == {"message": "Hello, Ada."}


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "x" * 101}])
def test_refuses_to_greet_nobody(body: dict[str, str]) -> None:
    assert TestClient(service()).post("/api/v1/greetings", json=body).status_code == 422


def test_counts_requests_by_route() -> None:
    route = ("GET", "/api/v1/greetings/{name}", 200)
    before = served(*route)
    client = TestClient(service())
    client.get("/api/v1/greetings/Ada")
    client.get("/api/v1/greetings/Grace")
    assert served(*route) == before + 2
    exposition = client.get("/metrics").text
    assert 'http_request_duration_seconds_count{method="GET",path="/api/v1/greetings/{name}"}' in exposition
    assert "process_cpu_seconds_total" in exposition
    assert "python_gc_collections_total" in exposition


def test_what_callers_invent_makes_no_time_series_of_its_own() -> None:
    before = served("OTHER", "unmatched", 404)
    client = TestClient(service())
    for number in range(3):
        client.request(f"X{number}", f"/no/such/path/{number}")
    assert served("OTHER", "unmatched", 404) == before + 3


def test_a_failure_is_counted_and_logged_without_its_details_in_the_answer(caplog: pytest.LogCaptureFixture) -> None:
    app = service()

    @app.get("/fails")
    async def fails() -> None:
        raise ValueError("secret")

    response = TestClient(app).get("/fails")
    assert (response.status_code, response.json()) == (500, {"detail": "internal server error"})
    assert served("GET", "/fails", 500) == 1
    assert "secret" in caplog.text


@pytest.fixture
def log() -> Iterator[Lines]:
    logger, lines = logging.getLogger(NAME), Lines()
    level = logger.level
    logger.addHandler(lines)
    logger.setLevel(logging.INFO)
    yield lines
    logger.setLevel(level)
    logger.removeHandler(lines)


def test_every_log_line_of_a_request_has_its_trace_id(log: Lines) -> None:
    client = TestClient(service())
    client.get("/api/v1/greetings/Ada?token=secret", headers={"traceparent": f"00-{TRACE_ID}-b7ad6b7169203331-01"})
    client.get("/api/v1/greetings/Ada", headers={"traceparent": "nonsense"})
    client.get("/readyz")
    given, made = [line for line in log.written if line["message"] == "request"]
    assert given["trace_id"] == TRACE_ID
    assert given["path"] == "/api/v1/greetings/Ada"
    assert given["status_code"] == 200
    assert len(str(made["trace_id"])) == 32
    assert made["trace_id"] != TRACE_ID
