"""A few moments of the drill, which `make drill` goes through by the hundred."""

import random

from harness import drill
from harness.faulty_disk import FaultyDisk
from harness.figures import report


def test_the_program_may_be_killed_at_any_moment(make_hub, make_camera):
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    for outcome in drill.kills(make_hub(), make_camera, 3, random.Random(seed)):
        report(outcome.what, outcome.lost)
        assert outcome.lost <= outcome.promised


def test_the_power_may_be_cut_at_any_moment(make_hub, make_camera, tmp_path):
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    for outcome in drill.power_cuts(make_hub(), make_hub, make_camera, FaultyDisk(tmp_path), 3, random.Random(seed)):
        report(outcome.what, outcome.lost)
        assert outcome.lost <= outcome.promised
