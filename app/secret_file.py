"""Secrets that the service makes for itself where nobody gave it one; kept in the data directory."""

import os
import secrets
from pathlib import Path

from app.startup import SettingsError


def own_secret(data_dir: Path, name: str) -> bytes:
    """Made once, readable by the owner only; processes that race for it end up with the same one. Raises SettingsError."""
    path = data_dir / name
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            draft = data_dir / f"{name}.{os.getpid()}.{secrets.token_hex(4)}"
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_hex(32))
            _publish(draft, path)
        return path.read_bytes()
    except OSError as refused:
        raise SettingsError("INSIGHTS_DATA_DIR", f"{refused.filename}: {refused.strerror}") from None


def _publish(draft: Path, path: Path) -> None:
    """Whole or not at all, and never over another's."""
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
