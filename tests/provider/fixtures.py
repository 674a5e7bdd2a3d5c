"""The double as a fixture."""

from collections.abc import Iterator

import pytest

from tests.provider.double import ProviderDouble


@pytest.fixture
def provider() -> Iterator[ProviderDouble]:
    """A fresh double with an empty script."""
    with ProviderDouble() as double:
        yield double
