"""Log lines: JSON, with the places of an error and never its words."""

import json
import subprocess
import sys

PROGRAM = """
import logging
import structlog
from app.logs import configure_logs

configure_logs()
note = "secret note"
try:
    raise ValueError(note)
except ValueError:
    logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    structlog.get_logger().exception("failed", insight_id="i1")
logging.getLogger("uvicorn.error").info("Started server process [%d]", 7)
logging.getLogger("httpx").info("GET https://user:secret@host")
"""


def test_an_exception_is_logged_by_type_and_place_only() -> None:
    logged = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True).stderr

    asgi, failed, started = (json.loads(line) for line in logged.splitlines())
    for line in (asgi, failed):
        assert (line["error"], line["places"], line["level"]) == ("ValueError", ["<string>:9 <module>"], "error")
    assert failed["insight_id"] == "i1"
    assert started["event"] == "Started server process [7]"
    assert "secret" not in logged
