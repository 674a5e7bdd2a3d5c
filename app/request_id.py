"""The id of a request: in its response, its problem document and its lines in the log."""

import re
from uuid import uuid4

from starlette.datastructures import Headers
from starlette.types import Scope

HEADER = "X-Request-ID"

_SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def request_id_of(scope: Scope) -> str:
    """The caller's own, if it is one that can stand in a log."""
    sent = Headers(scope=scope).get(HEADER, "")
    return sent if _SANE_ID.fullmatch(sent) else uuid4().hex
