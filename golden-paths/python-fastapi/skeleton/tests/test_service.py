"""What the service promises to those who run it and those who call it."""

from fastapi.testclient import TestClient

from app import database
from app.main import DESCRIPTION, NAME, create_app
from app.settings import Settings


def client(**settings: str) -> TestClient:
    return TestClient(create_app(Settings(**settings)))


def test_index_says_what_it_is() -> None:
    assert client().get("/").json() == {"name": NAME, "description": DESCRIPTION}


def test_is_alive() -> None:
    assert client().get("{{ parameters.healthPath }}").status_code == 200


def test_is_ready_without_a_database() -> None:
    assert client().get("/readyz").status_code == 200


def test_is_not_ready_while_the_database_is_away(monkeypatch) -> None:
    monkeypatch.setattr(database, "is_reachable", lambda _: False)
    response = client(database_url="postgresql://nowhere/db").get("/readyz")
    assert response.status_code == 503


def test_is_ready_once_the_database_answers(monkeypatch) -> None:
    monkeypatch.setattr(database, "is_reachable", lambda _: True)
    assert client(database_url="postgresql://db/db").get("/readyz").status_code == 200


def test_counts_requests_by_route() -> None:
    service = client()
    service.get("/")
    service.get("/no/such/path")
    metrics = service.get("/metrics").text
    assert 'http_requests_total{method="GET",route="/",status="200"}' in metrics
    assert 'route="unmatched",status="404"' in metrics


def test_settings_come_from_the_environment(monkeypatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/db")
    assert Settings.from_environment() == Settings(log_level="debug", database_url="postgresql://db/db")
