"""The queries, asked of a real PostgreSQL: the one that DATABASE_URL names."""

import asyncio
import os
from datetime import UTC, datetime, timedelta

import pytest

from app.database import Database

URL = os.environ.get("DATABASE_URL", "")


@pytest.mark.skipif(not URL, reason="DATABASE_URL names no database")
def test_asks_the_database() -> None:
    async def ask() -> tuple[bool, datetime]:
        database = Database(URL, pool_size=2)
        await database.open()
        try:
            return await database.is_reachable(), await database.now()
        finally:
            await database.close()

    reachable, now = asyncio.run(ask())
    assert reachable
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=5)


def test_says_that_a_database_is_away() -> None:
    async def ask() -> bool:
        database = Database("postgresql://user:secret@127.0.0.1:1/name", pool_size=1)
        await database.open()
        try:
            return await database.is_reachable()
        finally:
            await database.close()

    assert not asyncio.run(ask())
