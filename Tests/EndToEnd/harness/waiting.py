"""Waiting for a condition, with a bound: no test sleeps and hopes."""

import time


def eventually(condition, within, saying, every=0.1):
    """The first true value of `condition()`; fails when it has none `within` so many seconds."""
    deadline = time.monotonic() + within
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within} s: {saying} (last: {value!r})")
        time.sleep(every)


def throughout(condition, seconds, saying, every=0.2):
    """Fails unless `condition()` stays true for so many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert condition(), saying
        time.sleep(every)
