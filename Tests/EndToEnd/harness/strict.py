"""A viewer who believes nothing: holds every playlist against the one before, and fetches all that they name.

What it finds wrong is a list of sentences with the ids of docs/specifications.md; it goes on all the same.
"""

import threading
import time
from decimal import Decimal

import httpx

from .media import boxes, decode_time
from .playlists import MediaPlaylist

# Seconds in which nothing new may come: a line that is silent without a word counts as interrupted after two.
LONGEST_SILENCE = 5.0


class StrictViewer(threading.Thread):
    def __init__(self, address, base, rendition, cookies):
        super().__init__(name=rendition, daemon=True)
        self.rendition = rendition
        self.client = httpx.Client(base_url=address, cookies=cookies, timeout=20)
        self.base = f"{base}/{rendition}"
        self.faults = []
        self.history = {}
        self.counts = dict.fromkeys(("playlists", "deltas", "parts", "gap parts", "segments", "removed segments fetched"), 0)
        self.longest_pause = 0.0
        self._known = None
        self._grew_at = None
        self._parts = {}
        self._removed = []
        self._stopping = threading.Event()

    def run(self):
        while not self._stopping.is_set():
            try:
                self._step()
            except httpx.TransportError:
                # The server is being started anew.
                self._grew_at = None
                time.sleep(0.2)

    def finish(self):
        self._stopping.set()
        self.join(timeout=30)
        self.client.close()

    def _fault(self, point, words):
        if len(self.faults) < 100:
            self.faults.append(f"{point} {self.rendition}: {words}")

    # Asking

    def _step(self):
        known = self._known
        query, asked = {}, None
        if known and not known.ended:
            asked = known.next_part
            query = {"_HLS_msn": asked[0], "_HLS_part": asked[1], "_HLS_skip": "YES"}
        answer = self.client.get(f"{self.base}/index.m3u8", params=query)
        if answer.status_code != 200:
            return self._refused(answer.status_code, asked)
        playlist = MediaPlaylist(answer.text, known)
        self.counts["playlists"] += 1
        self.counts["deltas"] += playlist.skipped > 0
        if known and known.ended and playlist.text == known.text:
            return time.sleep(0.3)
        self._check_alone(playlist)
        if known:
            self._check_against(known, playlist, asked)
        self._known = playlist
        self._remember(playlist)
        self._fetch(playlist)
        self._fetch_removed()
        if self.counts["playlists"] % 50 == 0 and not playlist.ended:
            self._compare_whole(playlist)

    def _refused(self, status, asked):
        """A server that was started anew knows nothing of what came before, for a moment."""
        self._grew_at = None
        if status == 400 and asked:
            self._check_restart()
        elif status not in (404, 503):
            self._fault("HLS-9", f"status {status} for {asked}")
        time.sleep(0.3)

    def _check_restart(self):
        answer = self.client.get(f"{self.base}/index.m3u8")
        if answer.status_code != 200:
            return
        now = MediaPlaylist(answer.text)
        if now.media_sequence <= self._known.segments[-1].number:
            self._fault("HLS-9", f"400 for {self._known.next_part}, and yet the playlist has {now.media_sequence} and on")
        self._known = None if now.media_sequence > self._known.segments[-1].number else now

    def _compare_whole(self, merged):
        whole = MediaPlaylist(self.client.get(f"{self.base}/index.m3u8").text)
        new = {segment.number: segment for segment in whole.segments}
        for segment in merged.segments:
            if segment.uri and segment.number in new and essence(segment) != essence(new[segment.number]):
                self._fault("HLS-10", f"{essence(segment)} was merged, {essence(new[segment.number])} is whole")

    # One playlist

    def _check_alone(self, playlist):
        target, part_target = playlist.target_duration, playlist.part_target
        control = playlist.control
        least = 3 * Decimal(playlist.tags["#EXT-X-PART-INF"]["PART-TARGET"])
        if Decimal(control["PART-HOLD-BACK"]) < least or Decimal(control["HOLD-BACK"]) < 3 * target:
            self._fault("HLS-6", f"held back by less than three parts or segments: {control}")
        if float(control["CAN-SKIP-UNTIL"]) < 6 * target or control["CAN-BLOCK-RELOAD"] != "YES":
            self._fault("HLS-6", f"{control}")
        if "#EXT-X-PLAYLIST-TYPE" in playlist.tags:
            self._fault("HLS-4", "a playlist type")
        if len([hint for hint in playlist.hints if hint["TYPE"] == "PART"]) > 1 or (playlist.ended and playlist.hints):
            self._fault("HLS-11", f"hints {playlist.hints}")
        for segment in playlist.segments:
            self._check_segment(segment, target, part_target)
        for one, next_one in zip(playlist.segments, playlist.segments[1:]):
            self._check_dates(one, next_one)

    def _check_segment(self, segment, target, part_target):
        if not segment.starts_at:
            self._fault("HLS-13", f"segment {segment.number} has no instant")
        if segment.uri and round(segment.duration) > target:
            self._fault("HLS-1", f"segment {segment.number} lasts {segment.duration} s")
        for part, next_part in zip(segment.parts, segment.parts[1:] + [None]):
            if part.duration > part_target + 1e-6:
                self._fault("HLS-7", f"{part} is longer than {part_target}")
            is_free = part.gap or part.independent or not next_part or next_part.independent
            if part.duration < 0.85 * part_target - 1e-6 and not is_free:
                self._fault("HLS-7", f"{part} is shorter than 85 % of {part_target}")
        if segment.gap != any(part.gap for part in segment.parts) and segment.uri and segment.parts:
            self._fault("HLS-14", f"segment {segment.number} and its parts disagree about a gap")

    def _check_dates(self, one, next_one):
        if next_one.discontinuous or one.gap or next_one.gap or not one.uri:
            return
        apart = (next_one.starts_at - one.starts_at).total_seconds() - one.duration
        if abs(apart) > 0.1:
            self._fault("HLS-13", f"segment {next_one.number} begins {apart:.3f} s away from the end of the one before")

    # Two playlists

    def _check_against(self, before, after, asked):
        if after.control != before.control or after.target_duration != before.target_duration:
            self._fault("HLS-1, HLS-6", "target durations or server control change")
        if after.media_sequence < before.media_sequence or after.discontinuity_sequence < before.discontinuity_sequence:
            self._fault("HLS-4", f"a sequence falls: {before.media_sequence} to {after.media_sequence}")
        if asked and not after.ended and after.next_part <= asked:
            self._fault("HLS-8", f"{asked} was asked for, {after.next_part} comes next")
        self._check_pause(before, after)
        self._check_kept(before, after)
        self._check_removed(before, after)
        self._check_reports(before, after)
        self._check_hint(before, after)

    def _check_pause(self, before, after):
        now = time.monotonic()
        if after.ended or after.next_part == before.next_part:
            return
        if self._grew_at:
            self.longest_pause = max(self.longest_pause, now - self._grew_at)
            if now - self._grew_at > LONGEST_SILENCE:
                self._fault("HLS-3", f"nothing new for {now - self._grew_at:.1f} s before {after.next_part}")
        self._grew_at = now

    def _check_kept(self, before, after):
        new = {segment.number: segment for segment in after.segments}
        breaks = discontinuities(after)
        for number, count in discontinuities(before).items():
            if number in breaks and breaks[number] != count:
                self._fault("HLS-4", f"segment {number} is behind {count} discontinuities, and then behind {breaks[number]}")
        for old in before.segments:
            same = new.get(old.number)
            if not same:
                continue
            if (old.starts_at, old.discontinuous) != (same.starts_at, same.discontinuous) or (old.uri and essence(old) != essence(same)):
                self._fault("HLS-2", f"{essence(old)} becomes {essence(same)}")
            if same.parts and same.parts[: len(old.parts)] != old.parts:
                self._fault("HLS-2", f"the parts of segment {old.number} change")

    def _check_removed(self, before, after):
        gone = [segment for segment in before.segments if segment.number < after.media_sequence]
        length = sum(segment.duration or 0 for segment in after.segments if segment.uri)
        if gone and length < 3 * after.target_duration and after.media_sequence <= before.segments[-1].number:
            self._fault("HLS-4", f"only {length:.1f} s are left")
        if after.media_sequence > before.segments[-1].number:
            self._grew_at = None
            self._removed = []
            return
        for segment in gone:
            if segment.uri and not segment.gap:
                self._removed.append((time.monotonic() + segment.duration + length * 0.8, segment.uri))

    def _check_reports(self, before, after):
        if not after.ended and len(after.reports) != 1:
            self._fault("HLS-12", f"{len(after.reports)} reports")
        for uri, report in after.reports.items():
            old = before.reports.get(uri, report)
            last, said = ((int(each["LAST-MSN"]), int(each["LAST-PART"])) for each in (old, report))
            if uri.startswith(("/", "http")) or said < last:
                self._fault("HLS-12", f"{report} after {old}")

    def _check_hint(self, before, after):
        """What was hinted at becomes a part, unless the feed broke off meanwhile."""
        if not before.hints or after.ended or after.next_part == before.next_part:
            return
        number, part = before.next_part
        segment = next((segment for segment in after.segments if segment.number == number), None)
        names = [part.uri for part in segment.parts] if segment else []
        broke_off = [each for each in after.segments if each.number > before.segments[-1].number and (each.gap or each.discontinuous)]
        growing_gap = any(part.gap for each in after.segments[-2:] for part in each.parts)
        if segment and before.hints[0]["URI"] not in names and not broke_off and not growing_gap:
            self._fault("HLS-11", f"{before.hints[0]['URI']} was hinted at and never came")

    # What they name

    def _remember(self, playlist):
        for segment in playlist.segments:
            if segment.uri:
                self.history.setdefault(segment.number, segment)

    def _fetch(self, playlist):
        for segment in playlist.segments[-3:]:
            for part in segment.parts:
                self._fetch_part(segment, part)
            if segment.uri and segment.number not in self._parts.get("whole", ()):
                self._fetch_segment(segment)

    def _fetch_part(self, segment, part):
        mine = self._parts.setdefault(segment.number, {})
        if part.uri in mine:
            return
        answer = self.client.get(f"{self.base}/{part.uri}")
        mine[part.uri] = answer.content
        if part.gap:
            self.counts["gap parts"] += 1
            if answer.status_code != 404:
                self._fault("HLS-14", f"{part.uri} is a gap, and yet answered with {answer.status_code}")
            return
        self.counts["parts"] += 1
        if answer.status_code != 200 or [kind for kind, _ in boxes(answer.content)] != ["moof", "mdat"]:
            self._fault("HLS-11", f"{part.uri} is answered with {answer.status_code}, {len(answer.content)} bytes")

    def _fetch_segment(self, segment):
        self._parts.setdefault("whole", set()).add(segment.number)
        mine = self._parts.pop(segment.number, {})
        if segment.gap:
            return
        self.counts["segments"] += 1
        answer = self.client.get(f"{self.base}/{segment.uri}")
        if answer.status_code != 200:
            return self._fault("HLS-5", f"segment {segment.number} is answered with {answer.status_code}")
        if len(mine) == len(segment.parts) > 0 and b"".join(mine[part.uri] for part in segment.parts) != answer.content:
            self._fault("HLS-17", f"segment {segment.number} is not the sum of its parts")
        times = [decode_time(mine[part.uri]) for part in segment.parts if part.uri in mine]
        if times != sorted(set(times)):
            self._fault("HLS-17", f"decode times do not rise in segment {segment.number}: {times}")

    def _fetch_removed(self):
        now = time.monotonic()
        if not self._removed or self._removed[0][0] > now:
            return
        due, uri = self._removed.pop(0)
        if now - due > 1:
            return
        self.counts["removed segments fetched"] += 1
        answer = self.client.get(f"{self.base}/{uri}")
        if answer.status_code != 200:
            self._fault("HLS-5", f"{uri} has gone too soon: {answer.status_code}")


def essence(segment):
    """What may never change of a segment that is complete."""
    return (segment.number, segment.uri, segment.duration, segment.starts_at, segment.map_uri, segment.discontinuous, segment.gap)


def discontinuities(playlist):
    """How many discontinuities each segment is behind, its own included, by its number."""
    count, counts = playlist.discontinuity_sequence, {}
    for segment in playlist.segments:
        count += segment.discontinuous
        counts[segment.number] = count
    return counts


def disagreements(one, other):
    """Where two renditions of a session tell different times or breaks of the same segment (HLS-13)."""
    faults = []
    for number in sorted(one.history.keys() & other.history.keys()):
        first, second = one.history[number], other.history[number]
        apart = (first.starts_at - second.starts_at).total_seconds()
        if not (first.gap or second.gap) and abs(apart) > 0.15:
            faults.append(f"HLS-13 segment {number} begins {apart:.3f} s apart")
        if first.discontinuous != second.discontinuous:
            faults.append(f"HLS-13 segment {number} is discontinuous in one rendition only")
    return faults
