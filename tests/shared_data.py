"""Third-party data that lies beside the project and is never copied into it."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared" / "data"


def needs(*parts: str) -> Path:
    """The path of a shared file; skips, with the reason, where it is absent."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"needs {path.relative_to(SHARED)} of the shared data", allow_module_level=True)
    return path
