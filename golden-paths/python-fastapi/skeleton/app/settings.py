"""Settings of the service, all of them from environment variables."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """What the environment decides."""

    log_level: str = "info"
    database_url: str | None = None

    @staticmethod
    def from_environment() -> "Settings":
        """Reads the variables; every one of them is optional."""
        return Settings(
            log_level=os.environ.get("LOG_LEVEL", "info").lower(),
            database_url=os.environ.get("DATABASE_URL") or None,
        )
