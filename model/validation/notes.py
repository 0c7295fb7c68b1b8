"""Why patterns miss, as far as we know: printed beside a miss, and only beside a miss."""

from __future__ import annotations

NOTES: dict[int, str] = {}
"""By number of the pattern."""
