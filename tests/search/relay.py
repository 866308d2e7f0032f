"""A wire between the site and the real Elasticsearch that can be cut, or go silent."""

import contextlib
import socket
import threading
from urllib.parse import urlsplit


class Relay:
    """Listens on a port of its own and passes on. ``cut``: nobody is let in; ``silent``: whoever comes waits for ever."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.behind = (parts.hostname, parts.port)
        self.port = 0
        self.is_silent = False
        self._open: set[socket.socket] = set()
        self._listening: socket.socket | None = None
        self.mend()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        if self._listening:
            self._listening.shutdown(socket.SHUT_RDWR)
            self._listening.close()
        self._listening = None
        for one in list(self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self.is_silent = False
        if self._listening is None:
            self._listening = socket.create_server(("127.0.0.1", self.port))
            self.port = self._listening.getsockname()[1]
            threading.Thread(target=self._accept, args=(self._listening,), daemon=True).start()

    def silence(self) -> None:
        self.is_silent = True

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                near, _address = listening.accept()
                far = socket.create_connection(self.behind)
            except OSError:
                return
            self._open |= {near, far}
            threading.Thread(target=self._pass_on, args=(near, far), daemon=True).start()
            threading.Thread(target=self._pass_on, args=(far, near), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(65_536):
                if not self.is_silent:
                    target.sendall(piece)
        for one in (source, target):
            self._open.discard(one)
            with contextlib.suppress(OSError):
                one.close()
