"""Tables and differences in a terminal of eighty columns."""

from io import StringIO

import pytest
from pydantic import SecretStr
from rich.console import Console

from app.cli.replay import check_key
from app.cli.usage import usage_table
from app.settings import ModelSettings
from app.startup import SettingsError
from app.usage.repository import ModelUsage

ROW = ModelUsage(
    provider="google_genai",
    model="gemini-2.5-flash-lite",
    kind="activity_summary",
    attempts=12_345,
    answered=12_001,
    input_tokens=1_234_567,
    cached_input_tokens=234_567,
    output_tokens=345_678,
    reasoning_tokens=45_678,
    cost_micro_usd=12_345_678,
)


def test_no_number_of_the_ledger_is_cut() -> None:
    out = StringIO()
    Console(file=out, width=80, color_system=None).print(usage_table([ROW]))

    for number in ("12,345", "12,001", "1,234,567", "234,567", "345,678", "45,678", "12.345678"):
        assert number in out.getvalue()


def test_a_model_asked_for_by_name_needs_its_key() -> None:
    with pytest.raises(SettingsError, match=r"^OPENAI_API_KEY: set it to let openai:gpt-4o write$"):
        check_key(ModelSettings(openai_api_key=None), "openai:gpt-4o")

    check_key(ModelSettings(openai_api_key=SecretStr("sk-any")), "openai:gpt-4o")
    check_key(ModelSettings(openai_api_key=None), "rules")
