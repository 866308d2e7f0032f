"""uvicorn's sockets, with the one answer of ours for a handshake that says two origins, and a way past it for frames that many get alike."""

from collections.abc import Iterable
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode, Frame, Opcode
from websockets.protocol import OPEN

RUNS_DRY = 2.0  # seconds
LINE = "cop.line"  # the extension of the scope: takes bytes that are whole frames, says whether it did


def frames_of(texts: Iterable[str]) -> bytes:
    """Text frames as a server sends them: to every socket the same bytes."""
    return b"".join(Frame(Opcode.TEXT, text.encode()).serialize(mask=False) for text in texts)


class SocketProtocol(WebSocketsSansIOProtocol):
    """The library underneath would answer 400 with a sentence; the door answers all it refuses alike."""

    is_broken = False  # something came that is no frame

    def handle_connect(self, event: Any) -> None:
        if len(event.headers.get_all("Origin")) > 1:
            del event.headers["Origin"]
            event.headers["Origin"] = "null"
        super().handle_connect(event)
        if self.response.status_code == 101:
            self.scope["extensions"][LINE] = self.write_frames  # type: ignore[index,typeddict-unknown-key]

    def data_received(self, data: bytes) -> None:
        if not self.is_broken:  # else nothing that comes is read any more
            super().data_received(data)

    def handle_parser_exception(self) -> None:
        """Say why, and let run dry what is on its way: uvicorn cuts the line, and over bytes that nobody read the reason would be lost too."""
        self.is_broken = self.close_sent = True
        told = self.conn.close_sent
        self.queue.put_nowait({"type": "websocket.disconnect", "code": told.code if told else 1006})
        self.transport.write(b"".join(self.conn.data_to_send()))
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.transport.resume_reading()
        self.close_timer = self.loop.call_later(RUNS_DRY, self.transport.close)

    def send_receive_event_to_app(self) -> None:
        """Bytes that are no text close the socket, and that is all: uvicorn would write each into the log as a failure."""
        if self.curr_msg_data_type == "text" and not self.close_sent and not _is_text(b"".join(self.frames)):
            self.conn.send_close(CloseCode.INVALID_DATA)
            self.handle_parser_exception()
        else:
            super().send_receive_event_to_app()

    def write_frames(self, frames: bytes) -> bool:
        """Write them without waiting; False where the line is full, and nothing of them was written.

        Whoever is not greeted yet, or is going, gets nothing. Everything else here too writes whole frames at once,
        messages in one frame each, so that nothing comes between the parts of another.
        """
        if not self.writable.is_set():
            return False
        if self.conn.state is OPEN and not self.transport.is_closing():
            self.transport.write(frames)
        return True


def _is_text(said: bytes) -> bool:
    try:
        said.decode()
    except UnicodeDecodeError:
        return False
    return True
