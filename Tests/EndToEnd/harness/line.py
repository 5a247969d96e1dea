"""A network line between a desk and the server, which can fail as real ones do."""

import select
import socket
import threading


class Line:
    """Carries one connection from a port of its own to the server's."""

    def __init__(self, target):
        self.target = target
        self.is_cut = threading.Event()
        self.has_ended = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.carry, daemon=True)
        self.thread.start()

    def carry(self):
        with self.listener:
            desk, _ = self.listener.accept()
        with desk, socket.create_connection(("127.0.0.1", self.target)) as server:
            other = {desk: server, server: desk}
            while not self.has_ended.is_set():
                if self.is_cut.is_set():
                    self.has_ended.wait(0.1)
                    continue
                for end in select.select([desk, server], [], [], 0.1)[0]:
                    data = end.recv(65536)
                    if not data:
                        return
                    other[end].sendall(data)

    def cut(self):
        """Nothing comes through any more, and neither end is told: both hold their connection for open."""
        self.is_cut.set()

    def end(self):
        self.has_ended.set()
        self.thread.join(timeout=5)
