"""The development data beside the checkout, if it is there: articles, gold, third-party sets. Tests
that need it skip without it.
"""

from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared"
SHARED: Path | None = _BESIDE if (_BESIDE / "dev").is_dir() else None

needs_shared = pytest.mark.skipif(SHARED is None, reason="no development data beside the checkout")
