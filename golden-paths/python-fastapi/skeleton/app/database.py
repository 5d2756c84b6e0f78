"""The connections to PostgreSQL."""

import asyncio
import logging
from datetime import datetime

from psycopg import Error
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from app import NAME

# How long a caller waits for a connection, and a readiness check for its answer.
PATIENCE_SECONDS = 2

logger = logging.getLogger(NAME)


class Database:
    """A pool of connections, which it makes anew where they break."""

    def __init__(self, url: str, pool_size: int) -> None:
        self._pool = AsyncConnectionPool(
            url,
            min_size=1,
            max_size=pool_size,
            open=False,
            timeout=PATIENCE_SECONDS,
            kwargs={"application_name": NAME, "autocommit": True, "connect_timeout": PATIENCE_SECONDS},
        )

    async def open(self) -> None:
        """Begins to connect; does not wait, since the service says by itself when it is ready."""
        await self._pool.open()

    async def close(self) -> None:
        """Closes the connections."""
        await self._pool.close()

    async def is_reachable(self) -> bool:
        """Says whether the database answers a query."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS), self._pool.connection() as connection:
                await connection.execute("SELECT 1")
        except (Error, PoolTimeout, TimeoutError) as error:
            logger.warning("the database does not answer: %s", error)
            return False
        return True

    async def now(self) -> datetime:
        """The database's time: a first query, to be replaced."""
        async with self._pool.connection() as connection:
            cursor = await connection.execute("SELECT now()")
            row = await cursor.fetchone()
        if row is None or not isinstance(row[0], datetime):
            raise RuntimeError("SELECT now() gave no time")
        return row[0]
