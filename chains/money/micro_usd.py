"""Money is a whole number of micro-dollars everywhere inside; only readers see dollars."""

MICRO = 1_000_000


def in_usd(micro_usd: int) -> float:
    """Dollars, exact to the micro-dollar for any sum a service will ever see."""
    return micro_usd / MICRO
