"""What the environment decides."""

import pytest

from app.settings import Settings, SettingsError
{{? database }}from tests.support import DATABASE_URL

{{?! database }}REQUIRED: dict[str, str] = {}
{{? database }}REQUIRED = {"DATABASE_URL": DATABASE_URL}


def test_has_defaults() -> None:
    {{?! database }}assert Settings.of({}) == Settings()
    {{? database }}assert Settings.of(REQUIRED) == Settings(DATABASE_URL)


def test_reads_the_variables() -> None:
    settings = Settings.of({**REQUIRED, "PORT": "9000", "LOG_LEVEL": "DEBUG", "OTEL_SERVICE_NAME": "other"})
    assert (settings.port, settings.log_level, settings.service_name) == (9000, "debug", "other")


def test_says_all_that_is_wrong_and_no_value() -> None:
    wrong = {"PORT": "70000", "LOG_LEVEL": "loud", "SHUTDOWN_DELAY_SECONDS": "-1"}
    {{? database }}wrong["DATABASE_URL"] = "mysql://user:hunter2@host/name"
    with pytest.raises(SettingsError) as raised:
        Settings.of(wrong)
    for name in wrong:
        assert name in str(raised.value)
    for value in ("70000", "loud", "hunter2"):
        assert value not in str(raised.value)
{{? database }}
{{? database }}
{{? database }}def test_the_address_of_the_database_is_required_and_not_printed() -> None:
    {{? database }}with pytest.raises(SettingsError):
        {{? database }}Settings.of({})
    {{? database }}assert "secret" not in repr(Settings(DATABASE_URL))
