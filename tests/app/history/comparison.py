"""Two histories day by day."""

import numpy as np

from app.history.columns import COLUMNS
from chains.training.history import History


def assert_same_history(found: History, expected: History) -> None:
    assert set(found.by_sport) == set(expected.by_sport)
    for sport, days in expected.by_sport.items():
        assert found.by_sport[sport].first_day == days.first_day
        for name in COLUMNS:
            np.testing.assert_allclose(getattr(found.by_sport[sport], name), getattr(days, name), rtol=1e-9, err_msg=f"{sport} {name}")
