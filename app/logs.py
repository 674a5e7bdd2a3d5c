"""Logs: JSON lines on standard error, with ids and durations only. What an exception says may hold an athlete's words, so only its type
and its places in the code are written."""

import logging
import sys
import traceback
from typing import Any

import structlog

FRAMES = 12


def configure_logs(level: int = logging.INFO) -> None:
    """For processes that serve; tests and libraries that embed us keep their own."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_words,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer()],
        )
    )
    logging.basicConfig(handlers=[handler], level=max(level, logging.INFO), force=True)
    for chatty in ("uvicorn.access", "httpx", "httpx2", "pymongo"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def places(error: BaseException) -> list[str]:
    """Where it happened, innermost last: 'file:line function', no values."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)][-FRAMES:]


def _without_words(_logger: Any, _method: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
    told = event.pop("exc_info", None)
    error = told if isinstance(told, BaseException) else told[1] if isinstance(told, tuple) else sys.exc_info()[1] if told else None
    if error is not None:
        event["error"] = type(error).__name__
        event["places"] = places(error)
    return event
