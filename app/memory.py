"""How the process keeps memory between requests."""

import ctypes
import platform

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Parameters of glibc's `mallopt`."""
KEPT_BYTES, LARGE_BYTES = 64 << 20, 16 << 20
"""So much freed memory stays with the process, and only single blocks above this go back at once: a training log of fifteen years
takes some 5 MB for as long as a sheet is made."""


def keep_freed_memory() -> bool:
    """Let the next request use what the last one gave back; False where the C library has no such setting.

    Columns of a long history lie just above what glibc returns to the system at once. Without this each request asks for
    thousands of pages anew, and more the longer the history is.
    """
    if platform.libc_ver()[0] != "glibc":
        return False
    libc = ctypes.CDLL(None)
    return bool(libc.mallopt(_TRIM_THRESHOLD, KEPT_BYTES) and libc.mallopt(_MMAP_THRESHOLD, LARGE_BYTES))
