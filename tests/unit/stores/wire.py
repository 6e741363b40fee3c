"""Wire to a server that can be cut at any message: a connection that is really lost."""

import selectors
import socket
import tempfile
import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import attrs
from psycopg.conninfo import conninfo_to_dict, make_conninfo

_BYTES = 2**16

Lost = Literal["question", "answer"]


@attrs.frozen
class Cut:
    """When the wire is cut.

    Attributes:
        message: Which message to the server, from 1, over all connections.
        lost: The ``question``, which the server never gets; or the ``answer``, and with it the
            knowledge of what was done.
    """

    message: int
    lost: Lost


class Wire:
    """Wire between a program and a server, which passes on all messages."""

    def __init__(self, address: str) -> None:
        """Listen in a folder of its own; a program connects through `address`."""
        self._parts = conninfo_to_dict(address)
        self._folder = tempfile.TemporaryDirectory(prefix="wire-")  # a short path, for a socket
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(Path(self._folder.name, ".s.PGSQL.5432")))
        self._listener.listen()
        self.address: str = make_conninfo(address, host=self._folder.name, port=5432)
        self._cut: Cut | None = None
        self._messages = 0
        self._counting = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listener.close()
        self._folder.cleanup()

    def cut_at(self, cut: Cut) -> None:
        """Cut the wire once, at a message from now on; it can be connected again at once."""
        with self._counting:
            self._cut, self._messages = cut, 0

    @property
    def is_whole(self) -> bool:
        """Tell whether the message has not come yet at which the wire is to be cut."""
        return self._cut is not None

    def _accept(self) -> None:
        while True:
            try:
                program, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(program,), daemon=True).start()

    def _connect(self) -> socket.socket:
        host, port = (
            str(self._parts.get("host") or "localhost"),
            int(self._parts.get("port") or 5432),
        )
        if not host.startswith("/"):
            return socket.create_connection((host, port))
        server = socket.socket(socket.AF_UNIX)
        server.connect(f"{host}/.s.PGSQL.{port}")
        return server

    def _pass_on(self, program: socket.socket) -> None:
        with program, self._connect() as server, selectors.DefaultSelector() as selector:
            selector.register(program, selectors.EVENT_READ, server)
            selector.register(server, selectors.EVENT_READ, program)
            cut: Cut | None = None
            while True:
                for key, _ in selector.select():
                    source, target = key.fileobj, key.data
                    assert isinstance(source, socket.socket)
                    message = source.recv(_BYTES)
                    if not message or (cut is not None and source is server):
                        return
                    if source is program and cut is None:
                        cut = self._due()
                    if cut is not None and cut.lost == "question":
                        return
                    target.sendall(message)

    def _due(self) -> Cut | None:
        """Return the cut, if it is to be made at this message."""
        with self._counting:
            self._messages += 1
            if self._cut is None or self._messages < self._cut.message:
                return None
            cut, self._cut = self._cut, None
            return cut


def at_each_message(wire: Wire, *, lost: Lost, work: Callable[[str], None]) -> int:
    """Do the work in a ledger of its own, with a cut at the first message, the second, ...

    Ends when the work has fewer messages than that; returns how many it has.
    """
    for message in count(1):
        wire.cut_at(Cut(message, lost))
        work(f"vistip-{message}")
        if wire.is_whole:
            return message - 1
    raise AssertionError
