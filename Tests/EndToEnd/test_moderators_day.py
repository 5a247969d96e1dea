"""The day that the documentation tells with curl, on a real session with somebody in it."""

import subprocess

from harness import media
from harness.hub import ROOT
from test_recording import recording_underway


def test_every_call_of_a_moderators_day_is_taken(hub, camera, make_visitor, tmp_path):
    recording_underway(hub)
    make_visitor().enter(hub.live_session)
    day = subprocess.run(
        [ROOT / "docs" / "moderators-day", hub.live_session], capture_output=True, text=True, timeout=240,
        env=hub.environment | {"HUB": hub.address, "TOKEN": hub.told["token"], "RUN_FOR": "8", "OUT": str(tmp_path)})
    assert day.returncode == 0, day.stdout + day.stderr
    assert day.stderr == ""
    steps = dict(step.split("\n", 1) for step in day.stdout.split("\n== ")[1:])
    print(day.stdout)
    assert "session.mp4: OK" in steps["Its first film, downloaded and held against its SHA-256"]
    assert '"First question"' in steps["The recording, once its files are made"]
    assert '"paused"' in steps["The recording, once its files are made"]
    media.decode_whole(tmp_path / "clip.mp4")
