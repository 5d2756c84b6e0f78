"""How the service starts and stops, as a process of its own."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

{{? database }}# Nothing listens there: the service starts all the same, and says that it is not ready.
{{? database }}UNREACHABLE = "postgresql://user:secret@127.0.0.1:1/name"
BODY = json.dumps({"name": "Ada"}).encode()


class Service:
    """The service as a process; its log says when it has come as far as a test waits for."""

    def __init__(self, **environment: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app"],
            {{?! database }}env={**os.environ, "PORT": str(self.port), **environment},
            {{? database }}env={"DATABASE_URL": UNREACHABLE, **os.environ, "PORT": str(self.port), **environment},
            stdout=subprocess.PIPE,
            text=True,
        )
        # A test that waits for a line that never comes fails, and does not hang.
        self._watchdog = threading.Timer(60, self.process.kill)
        self._watchdog.start()

    def wait_for(self, message: str) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            if message in json.loads(line)["message"]:
                return
        pytest.fail(f"the service never said {message!r}")

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def begin_request(self) -> http.client.HTTPConnection:
        """Sends a request up to the middle of its body; the service has read its head once it asks for more."""
        connection = self.connect()
        connection.putrequest("POST", "/api/v1/greetings")
        connection.putheader("Content-Type", "application/json")
        connection.putheader("Content-Length", str(len(BODY)))
        connection.putheader("Expect", "100-continue")
        connection.endheaders()
        assert connection.sock.recv(1024).startswith(b"HTTP/1.1 100")
        connection.send(BODY[:5])
        return connection

    def end(self) -> None:
        self._watchdog.cancel()
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def service() -> Iterator[Service]:
    service = Service(SHUTDOWN_DELAY_SECONDS="1", SHUTDOWN_TIMEOUT_SECONDS="20")
    yield service
    service.end()


def test_a_request_under_way_gets_its_answer(service: Service) -> None:
    service.wait_for("Uvicorn running")
    under_way = service.begin_request()
    service.process.send_signal(signal.SIGTERM)
    service.wait_for("stopping")
    probe = service.connect()
    probe.request("GET", "/readyz")
    assert probe.getresponse().status == 503
    service.wait_for("Shutting down")
    under_way.send(BODY[5:])
    response = under_way.getresponse()
    assert (response.status, json.load(response)) == (200, {"message": "Hello, Ada."})
    assert service.process.wait(30) == 0


def test_what_never_ends_is_cut_off() -> None:
    service = Service(SHUTDOWN_TIMEOUT_SECONDS="1")
    try:
        service.wait_for("Uvicorn running")
        service.begin_request()
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(30) == 0
    finally:
        service.end()


def test_wrong_settings_end_it_at_once() -> None:
    service = Service(PORT="none")
    try:
        service.wait_for("PORT must be a whole number")
        assert service.process.wait(30) == 2
    finally:
        service.end()
