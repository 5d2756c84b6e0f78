"""Settings of the service, all of them from environment variables."""

from collections.abc import Mapping
{{?! database }}from dataclasses import dataclass
{{? database }}from dataclasses import dataclass, field

from app import NAME

LOG_LEVELS = ("debug", "info", "warning", "error")


class SettingsError(Exception):
    """Says everything that is wrong with the environment; never a value, which may be secret."""


@dataclass(frozen=True)
class Settings:
    """What the environment decides."""

    {{? database }}database_url: str = field(repr=False)
    {{? database }}database_pool_size: int = 10
    port: int = {{ parameters.port }}
    log_level: str = "info"
    shutdown_delay_seconds: int = 0
    shutdown_timeout_seconds: int = 20
    otlp_endpoint: str = ""
    service_name: str = NAME

    @staticmethod
    def of(environment: Mapping[str, str]) -> "Settings":
        """Reads the variables and checks all of them."""
        reader = _Reader(environment)
        settings = Settings(
            {{? database }}database_url=reader.postgres("DATABASE_URL"),
            {{? database }}database_pool_size=reader.integer("DATABASE_POOL_SIZE", 10, 1, 100),
            port=reader.integer("PORT", {{ parameters.port }}, 1, 65535),
            log_level=reader.choice("LOG_LEVEL", "info", LOG_LEVELS),
            shutdown_delay_seconds=reader.integer("SHUTDOWN_DELAY_SECONDS", 0, 0, 300),
            shutdown_timeout_seconds=reader.integer("SHUTDOWN_TIMEOUT_SECONDS", 20, 1, 300),
            otlp_endpoint=environment.get("OTEL_EXPORTER_OTLP_ENDPOINT", ""),
            service_name=environment.get("OTEL_SERVICE_NAME") or NAME,
        )
        if reader.problems:
            raise SettingsError("; ".join(reader.problems))
        return settings


class _Reader:
    """Reads variables one by one, and collects what is wrong with them."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.problems: list[str] = []

    def integer(self, name: str, default: int, minimum: int, maximum: int) -> int:
        text = self._environment.get(name) or str(default)
        if text.isascii() and text.isdigit() and len(text) < 10 and minimum <= int(text) <= maximum:
            return int(text)
        self.problems.append(f"{name} must be a whole number from {minimum} to {maximum}")
        return default

    def choice(self, name: str, default: str, values: tuple[str, ...]) -> str:
        text = (self._environment.get(name) or default).lower()
        if text not in values:
            self.problems.append(f"{name} must be one of {', '.join(values)}")
        return text
{{? database }}
    {{? database }}def postgres(self, name: str) -> str:
        {{? database }}text = self._environment.get(name, "")
        {{? database }}if not text.startswith(("postgresql://", "postgres://")):
            {{? database }}self.problems.append(f"{name} must be a URL such as postgresql://user:password@host:5432/name")
        {{? database }}return text
