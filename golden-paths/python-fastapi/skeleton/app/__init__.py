"""An HTTP service; `python -m app` runs it."""

NAME = {{ application | json }}
DESCRIPTION = {{ description | json }}  # fmt: skip
