"""Processor time of one process: wall-clock figures of a small machine lie, since the client takes its share of the same cores."""

import os
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def seconds(pid):
    """User and system time so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def exact_seconds(pid):
    """The same to the nanosecond, from the clock that the kernel keeps of each process (clock_getcpuclockid)."""
    return time.clock_gettime(~pid << 3 | 2)


def only_child(pid):
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(children[0]) if children else None
