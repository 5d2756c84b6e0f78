"""What the tests share."""

{{? database }}from datetime import UTC, datetime
from threading import Event

from fastapi import FastAPI

{{? database }}from app.database import Database
from app.main import create_app
from app.settings import Settings
{{? database }}
{{? database }}DATABASE_URL = "postgresql://user:secret@localhost/name"
{{? database }}
{{? database }}
{{? database }}class FakeDatabase(Database):
    {{? database }}"""Stands in for PostgreSQL, which the tests in test_database.py ask."""
{{? database }}
    {{? database }}def __init__(self, reachable: bool = True) -> None:
        {{? database }}self.reachable = reachable
{{? database }}
    {{? database }}async def open(self) -> None:
        {{? database }}pass
{{? database }}
    {{? database }}async def close(self) -> None:
        {{? database }}pass
{{? database }}
    {{? database }}async def is_reachable(self) -> bool:
        {{? database }}return self.reachable
{{? database }}
    {{? database }}async def now(self) -> datetime:
        {{? database }}return datetime(2030, 1, 2, tzinfo=UTC)


{{?! database }}def service(stopping: Event | None = None) -> FastAPI:
    {{?! database }}"""The service as it is for most tests."""
    {{?! database }}return create_app(Settings(), stopping or Event())
{{? database }}def service(stopping: Event | None = None, database: Database | None = None) -> FastAPI:
    {{? database }}"""The service as it is for most tests, with a database that answers."""
    {{? database }}return create_app(Settings(DATABASE_URL), stopping or Event(), database or FakeDatabase())
