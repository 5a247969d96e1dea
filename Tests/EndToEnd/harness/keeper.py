"""Keeps every segment of a live session as a player would fetch it, to look at them when all is over."""

import threading
from collections import defaultdict

from . import media
from .playlists import MediaPlaylist


class Keeper:
    """Watches from now on, with a visitor's cookies, until it is ended."""

    renditions = ("picture", "sound")

    def __init__(self, visitor, session):
        self.visitor, self.session = visitor, session
        self.client = visitor.client
        self.base = None
        self.segments = defaultdict(dict)
        self.files = {}
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def watch(self):
        while not self.is_over.wait(0.5):
            if self.base is None:
                self.enter()
            else:
                for rendition in self.renditions:
                    self.look(rendition)

    def enter(self):
        """There is an address once there is something to watch."""
        if path := self.visitor.enter(self.session).get("media"):
            self.base = path.rsplit("/", 1)[0]

    def look(self, rendition):
        answer = self.client.get(f"{self.base}/{rendition}/index.m3u8")
        if answer.status_code != 200:
            return
        for segment in MediaPlaylist(answer.text).whole:
            if segment.number not in self.segments[rendition]:
                self.fetch(rendition, segment.map_uri)
                self.fetch(rendition, segment.uri)
                self.segments[rendition][segment.number] = segment

    def fetch(self, rendition, uri):
        if (rendition, uri) in self.files:
            return
        answer = self.client.get(f"{self.base}/{rendition}/{uri}")
        assert answer.status_code == 200, f"{rendition}/{uri}: {answer.status_code}"
        self.files[rendition, uri] = answer.content

    def end(self):
        self.is_over.set()
        self.thread.join(timeout=20)

    def decode(self, folder):
        """Decodes what was kept, each stretch of each rendition as one file; the names of the stretches that there are."""
        stretches = defaultdict(bytes)
        for rendition, segments in self.segments.items():
            for number in sorted(segments):
                name = f"{rendition}-{segments[number].map_uri}"
                stretches[name] = stretches[name] or self.files[rendition, segments[number].map_uri]
                stretches[name] += self.files[rendition, segments[number].uri]
        for name, data in stretches.items():
            (folder / name).write_bytes(data)
            media.decode_whole(folder / name)
        return sorted(stretches)

    def discontinuities(self, rendition="picture"):
        segments = self.segments[rendition]
        return [number for number in sorted(segments) if segments[number].discontinuous and number != min(segments)]

    def seconds(self, rendition):
        return sum(segment.duration for segment in self.segments[rendition].values())
