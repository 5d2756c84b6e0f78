"""The connection to the database, where the application has one."""

import psycopg


def is_reachable(url: str, timeout_seconds: int = 2) -> bool:
    """Says whether the database answers a query."""
    try:
        with psycopg.connect(url, connect_timeout=timeout_seconds) as connection:
            connection.execute("SELECT 1")
    except psycopg.Error:
        return False
    return True
