"""Work for a pool that goes wrong, by the file's name; imported by worker processes."""

import os
import signal
import time


def work(file_name: str, content: bytes) -> str:
    if file_name == "kills":
        os.kill(os.getpid(), signal.SIGKILL)
    if file_name == "who":
        return str(os.getpid())
    if file_name == "sleeps":
        time.sleep(60)
    if file_name == "deaf":
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        while True:
            pass
    return f"{file_name}: {len(content)}"
