"""What one request frees, the next one uses."""

import platform
import resource
import subprocess
import sys

import numpy as np
import pytest

from app.memory import keep_freed_memory

ROUNDS, COLUMNS, BYTES = 20, 60, 100_000
PAGES = COLUMNS * BYTES // resource.getpagesize()


def faults() -> int:
    """Pages that are asked for while the columns of a long history come and go."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(ROUNDS):
        [np.ones(BYTES, dtype=np.uint8) for _ in range(COLUMNS)]
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="a setting of glibc")
def test_freed_memory_is_not_asked_for_again() -> None:
    """In a process of its own, as the setting stays."""
    code = "from tests.app.test_memory import faults, keep_freed_memory; print(keep_freed_memory(), faults())"
    kept, asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60).stdout.split()
    assert kept == "True"
    assert int(asked) < 2 * PAGES


def test_a_c_library_without_the_setting_is_left_alone() -> None:
    assert keep_freed_memory() is (platform.libc_ver()[0] == "glibc")
