# shellcheck shell=bash
# How the golden path python-fastapi is proved. Sourced by hack/golden-paths.sh, never run.
# Debian's packages stand in for those that pyproject.toml names. Debian 12 has Python 3.11 and older ones: python/sitecustomize.py gives them the one
# thing that they lack. Debian has no OpenTelemetry for Python: the test of traces is skipped, and pytest says so.

PYTHON=/usr/bin/python3
"$PYTHON" -c 'import opentelemetry.sdk' 2>/dev/null || NO_TRACES="Debian has no OpenTelemetry for Python, and nothing else is installed here."

prepare() {
    hack/prerequisites.sh --optional python:service python:types
    "$PYTHON" -c 'import fastapi, httpx, prometheus_client, psycopg, psycopg_pool, pytest, uvicorn' 2>/dev/null ||
        { say "SKIPPED: the packages of the service are not installed (hack/prerequisites.sh python:service)." && return 3; }
}

# ruff is the real one, compiled for node; Debian has none of it.
check_lint() {
    local files
    need_tools || return
    cd "$1" || return
    mapfile -t files < <(find app tests -name '*.py' | sort)
    lint_with python "${files[@]}" || return
    command -v mypy >/dev/null || { say "SKIPPED: mypy is not installed (Debian's package mypy)." && return 3; }
    # Debian's uvicorn has no types.
    mypy --cache-dir "$WORK/mypy" --ignore-missing-imports --allow-subclassing-any
}

check_tests() {
    cd "$1" || return
    with_debian make --no-print-directory test PYTHON="$PYTHON" PYTEST_ADDOPTS='-p no:cacheprovider -rs'
}

run_service() {
    cd "$1" || return
    PYTHONUNBUFFERED=1 with_debian exec "$PYTHON" -m app
}

with_debian() {
    export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$ROOT/hack/golden-paths/python
    "$@"
}
