"""A reader of LL-HLS playlists of our own, strict where players forgive (RFC 8216 and its second edition's draft)."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

ATTRIBUTE = re.compile(r'([A-Z0-9-]+)=("[^"]*"|[^,]*)(?:,|$)')


def attributes(text):
    return {name: value.strip('"') for name, value in ATTRIBUTE.findall(text)}


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


@dataclass
class Part:
    uri: str
    duration: float
    independent: bool
    gap: bool = False


@dataclass
class Segment:
    """A segment; without a URI it is the one that is still growing."""

    number: int
    parts: list[Part] = field(default_factory=list)
    uri: str | None = None
    duration: float | None = None
    starts_at: datetime | None = None
    map_uri: str | None = None
    discontinuous: bool = False
    gap: bool = False


class MediaPlaylist:
    """A playlist as it was received; a delta update together with what `known` has of it."""

    def __init__(self, text, known=None):
        lines = text.splitlines()
        assert lines[0] == "#EXTM3U", "a playlist begins with #EXTM3U"
        self.text = text
        self.tags = {}
        self.reports = {}
        self.hints = []
        self.segments = []
        self.ended = False
        self.skipped = 0
        self._map = None
        self._known = known
        self._read(lines[1:])

    def _read(self, lines):
        growing = None
        for line in lines:
            name, _, value = line.partition(":")
            match name:
                case "#EXT-X-MEDIA-SEQUENCE" | "#EXT-X-TARGETDURATION" | "#EXT-X-VERSION" | "#EXT-X-DISCONTINUITY-SEQUENCE":
                    self.tags[name] = int(value)
                case "#EXT-X-PART-INF" | "#EXT-X-SERVER-CONTROL":
                    self.tags[name] = attributes(value)
                case "#EXT-X-PLAYLIST-TYPE":
                    self.tags[name] = value
                case "#EXT-X-RENDITION-REPORT":
                    report = attributes(value)
                    self.reports[report["URI"]] = report
                case "#EXT-X-PRELOAD-HINT":
                    self.hints.append(attributes(value))
                case "#EXT-X-ENDLIST":
                    self.ended = True
                case "#EXT-X-SKIP":
                    self._skip(int(attributes(value)["SKIPPED-SEGMENTS"]))
                case "#EXT-X-MAP":
                    self._map = attributes(value)["URI"]
                    if growing:
                        growing.map_uri = self._map
                case "#EXT-X-DISCONTINUITY":
                    growing = growing or self._next()
                    growing.discontinuous = True
                case "#EXT-X-GAP":
                    growing = growing or self._next()
                    growing.gap = True
                case "#EXT-X-PROGRAM-DATE-TIME":
                    growing = growing or self._next()
                    growing.starts_at = instant(value)
                case "#EXT-X-PART":
                    growing = growing or self._next()
                    part = attributes(value)
                    growing.parts.append(
                        Part(part["URI"], float(part["DURATION"]), part.get("INDEPENDENT") == "YES", part.get("GAP") == "YES"))
                case "#EXTINF":
                    growing = growing or self._next()
                    growing.duration = float(value.rstrip(","))
                case _ if line and not line.startswith("#"):
                    growing.uri, growing.map_uri = line, self._map
                    growing = None

    def _skip(self, count):
        self.skipped = count
        self.segments = [segment for segment in self._known.segments if segment.number >= self.media_sequence][:count]
        assert len(self.segments) == count, "a delta update skips only what its client knows"

    def _next(self):
        segment = Segment(self.media_sequence + len(self.segments), map_uri=self._map)
        self.segments.append(segment)
        return segment

    @property
    def media_sequence(self):
        return self.tags.get("#EXT-X-MEDIA-SEQUENCE", 0)

    @property
    def discontinuity_sequence(self):
        return self.tags.get("#EXT-X-DISCONTINUITY-SEQUENCE", 0)

    @property
    def target_duration(self):
        return self.tags["#EXT-X-TARGETDURATION"]

    @property
    def part_target(self):
        return float(self.tags["#EXT-X-PART-INF"]["PART-TARGET"])

    @property
    def control(self):
        return self.tags["#EXT-X-SERVER-CONTROL"]

    @property
    def whole(self):
        """The segments that are complete and have something in them."""
        return [segment for segment in self.segments if segment.uri and not segment.gap]

    @property
    def next_part(self):
        """Segment and part number that come next."""
        last = self.segments[-1]
        return (last.number + 1, 0) if last.uri else (last.number, len(last.parts))

    @property
    def edge(self):
        """The instant at which the last part ends."""
        last = next(segment for segment in reversed(self.segments) if segment.starts_at)
        return last.starts_at + timedelta(seconds=sum(part.duration for part in last.parts) or last.duration or 0)


class MultivariantPlaylist:
    def __init__(self, text):
        lines = text.splitlines()
        assert lines[0] == "#EXTM3U"
        self.renditions = [attributes(line.partition(":")[2]) for line in lines if line.startswith("#EXT-X-MEDIA:")]
        self.variants = [
            attributes(line.partition(":")[2]) | {"URI": lines[number + 1]}
            for number, line in enumerate(lines)
            if line.startswith("#EXT-X-STREAM-INF:")
        ]
