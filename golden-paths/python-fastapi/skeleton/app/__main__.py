"""Runs the service as the environment says."""

import logging
import os
import sys
from threading import Event

from app import NAME, logs
{{? database }}from app.database import Database
from app.main import create_app
from app.server import Server
from app.settings import Settings, SettingsError


def main() -> int:
    """Serves until it is told to stop; the exit code."""
    logger = logging.getLogger(NAME)
    try:
        settings = Settings.of(os.environ)
    except SettingsError as error:
        logs.configure("info")
        logger.critical("the settings are wrong: %s", error)
        return 2
    logs.configure(settings.log_level)
    stopping = Event()
    {{? database }}database = Database(settings.database_url, settings.database_pool_size)
    {{? database }}server = Server(create_app(settings, stopping, database), settings, stopping)
    {{?! database }}server = Server(create_app(settings, stopping), settings, stopping)
    server.run()
    return 0 if server.started else 1


if __name__ == "__main__":
    sys.exit(main())
