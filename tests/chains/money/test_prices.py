"""Prices are dated, stated ones come first, and a model without one is refused before it is asked anything."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from chains.attempt import Usage
from chains.money.overrides import PriceFileError, read_price_file
from chains.money.prices import NoPrice, Prices

AT = datetime(2026, 3, 1, tzinfo=UTC)
USAGE = Usage(input_tokens=1000, cached_input_tokens=400, output_tokens=300, reasoning_tokens=100)

STATED = """
version: "2026-02"
prices:
  - {provider: openai, model: local-llama, from: 2026-01-01, input_usd: 0.6, cached_input_usd: 0.3, output_usd: 0.8}
  - {provider: openai, model: local-llama, from: 2026-02-15, input_usd: 1.2, output_usd: 1.6}
  - {provider: google_genai, model: gemini-2.5-flash-lite, from: 2026-01-01, input_usd: 0.05, output_usd: 0.2}
"""


def stated(folder: Path, text: str = STATED) -> Prices:
    path = folder / "prices.yaml"
    path.write_text(text)
    return Prices(read_price_file(path))


@pytest.mark.parametrize(
    ("provider", "model", "micro_usd"),
    [
        ("openai", "gpt-4o", 600 * 2.5 + 400 * 1.25 + 300 * 10),
        ("google_genai", "gemini-2.5-flash-lite", 600 * 0.1 + 400 * 0.01 + 300 * 0.4),
    ],
)
def test_public_prices(provider: str, model: str, micro_usd: float) -> None:
    cost = Prices().cost(provider, model, USAGE, AT)

    assert cost.micro_usd == micro_usd
    assert cost.price.source == "genai-prices"
    assert cost.price.version[0].isdigit()


def test_half_a_micro_dollar_is_rounded_up_and_only_once() -> None:
    assert Prices().cost("openai", "gpt-4o", Usage(input_tokens=1), AT).micro_usd == 3  # 2.5
    assert Prices().cost("openai", "gpt-4o", Usage(input_tokens=1, cached_input_tokens=1), AT).micro_usd == 1  # 1.25
    assert Prices().cost("google_genai", "gemini-2.5-flash-lite", Usage(input_tokens=4), AT).micro_usd == 0  # 0.4


def test_public_prices_have_their_day() -> None:
    """o3 fell from ten dollars to two on 10 June 2025."""
    million = Usage(input_tokens=1_000_000)

    before = Prices().cost("openai", "o3", million, datetime(2025, 6, 9, 23, 59, tzinfo=UTC))
    after = Prices().cost("openai", "o3", million, datetime(2025, 6, 10, tzinfo=UTC))

    assert (before.micro_usd, before.price.effective) == (10_000_000, None)
    assert (after.micro_usd, after.price.effective) == (2_000_000, date(2025, 6, 10))


def test_stated_prices_come_first_by_their_day(tmp_path: Path) -> None:
    prices = stated(tmp_path)

    early = prices.cost("openai", "local-llama", USAGE, datetime(2026, 2, 14, 23, 59, tzinfo=UTC))
    late = prices.cost("openai", "local-llama", USAGE, datetime(2026, 2, 15, tzinfo=UTC))

    assert early.micro_usd == 600 * 0.6 + 400 * 0.3 + 300 * 0.8
    assert late.micro_usd == 1000 * 1.2 + 300 * 1.6
    assert late.price.effective == date(2026, 2, 15)
    assert (late.price.source, late.price.version) == ("prices file", "2026-02")
    assert prices.cost("google_genai", "gemini-2.5-flash-lite", USAGE, AT).micro_usd == 1000 * 0.05 + 300 * 0.2


def test_before_its_first_day_a_stated_price_does_not_hold(tmp_path: Path) -> None:
    with pytest.raises(NoPrice):
        stated(tmp_path).cost("openai", "local-llama", USAGE, datetime(2025, 12, 31, tzinfo=UTC))


@pytest.mark.parametrize(("provider", "model"), [("openai", "local-llama"), ("google_genai", "gpt-4o"), ("nobody", "gpt-4o")])
def test_a_model_without_a_price_is_refused(provider: str, model: str) -> None:
    with pytest.raises(NoPrice, match=f"{provider}:{model}.*INSIGHTS_PRICES_FILE"):
        Prices().require(provider, model)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("prices: [", "not readable"),
        ("[]", "file: "),
        ("prices: [{provider: openai, model: m, from: 2026-01-01, input_usd: -1, output_usd: 1}]", r"prices\.0\.input_usd: "),
        ("prices: [{provider: openai, model: m, from: 2026-01-01, input_usd: .nan, output_usd: 1}]", r"prices\.0\.input_usd: "),
        ("prices: [{provider: openai, model: m, input_usd: 1, output_usd: 1}]", r"prices\.0\.from: "),
    ],
)
def test_a_bad_file_is_one_sentence(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(PriceFileError, match=rf"prices\.yaml: {reason}"):
        stated(tmp_path, text)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(PriceFileError, match=r"none\.yaml: not readable"):
        read_price_file(tmp_path / "none.yaml")
