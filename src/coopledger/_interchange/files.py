"""The one door to files: paths and open streams of bytes, read in pieces, written whole or not."""

import errno
import io
import os
import stat
import threading
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol

import attrs

from coopledger._fields.reading import argument as asked
from coopledger._fields.reading import path as path_of
from coopledger._fields.reading import short_repr
from coopledger.errors import ArgumentError, StoreError
from coopledger.stores import Store


class Readable(Protocol):
    """A stream that is open for reading bytes, such as ``open(path, "rb")`` or a gzip file."""

    def readline(self, size: int, /) -> bytes:
        """The bytes up to the next line feed, with it, or as many as asked for."""
        ...


class Writable(Protocol):
    """A stream that is open for writing bytes, such as ``open(path, "wb")``."""

    def write(self, data: bytes, /) -> object:
        """Takes all the bytes."""
        ...


FromFile = str | os.PathLike[str] | Readable
ToFile = str | os.PathLike[str] | Writable


@attrs.frozen
class Source:
    """A file that is open for reading.

    Attributes:
        name: How messages call it.
        size: Its length in bytes; none for a stream, which does not tell.
    """

    _stream: Readable
    name: str
    size: int | None = None

    def line(self, most: int) -> bytes:
        """The bytes up to the next line feed, with it, or as many as asked for.

        Raises:
            StoreError: They cannot be read.
        """
        with _os_errors(self.name):
            return self._stream.readline(most)


@attrs.frozen
class Target:
    """A file that is open for writing.

    Attributes:
        name: How messages call it.
    """

    _stream: Writable
    name: str

    def write(self, data: bytes) -> None:
        """Append the bytes.

        Raises:
            StoreError: They cannot be written.
        """
        with _os_errors(self.name):
            self._stream.write(data)


@contextmanager
def opened(argument: str, file: FromFile) -> Generator[Source, None, None]:
    """The file open for reading; a stream is left open.

    Raises:
        ArgumentError: It is neither a path nor a stream of bytes.
        StoreError: It cannot be opened.
    """
    if not isinstance(file, str | os.PathLike):
        _refuse_other(argument, file, "readline")
        yield Source(file, _name(file))
        return
    path = asked(argument, path_of, file)
    with _os_errors(str(path)):
        stream = path.open("rb")
    with stream:
        yield Source(stream, str(path), os.fstat(stream.fileno()).st_size)


@contextmanager
def written(argument: str, file: ToFile) -> Generator[Target, None, None]:
    """The file open for writing: in its place once all is written and on the disk.

    What lay there before is replaced as a whole, or stays as it was if anything fails. A stream
    gets the bytes as they come, and is left open.

    Raises:
        ArgumentError: It is neither a path nor a stream of bytes.
        StoreError: It cannot be written.
    """
    if not isinstance(file, str | os.PathLike):
        _refuse_other(argument, file, "write")
        yield Target(file, _name(file))
        return
    path = asked(argument, path_of, file)
    with replaced(path) as part:
        with _os_errors(str(path)):
            stream = part.open("wb")
        with _thrown_away(stream):
            yield Target(stream, str(path))
            with _os_errors(str(path)):
                stream.flush()


@contextmanager
def replaced(path: Path, *, like: str | None = None) -> Generator[Path, None, None]:
    """A new file beside the path, which takes its place once it is whole and on the disk.

    What lay there before is replaced as a whole, or stays as it was if anything fails. Only who
    may read or write both what lay there and the file that it is to be like, may do so with it.

    Raises:
        StoreError: It cannot be written.
    """
    with _os_errors(str(path)):
        place = _leading_to(path)
        _refuse_no_file(path, place)
        part = place.with_name(f".{place.name}.{os.getpid()}.{threading.get_ident()}.part")
        part.open("xb").close()
        part.chmod(_narrowest(place, part if like is None else Path(like)))
    try:
        yield part
        with _os_errors(str(path)):
            with part.open("r+b") as stream:
                os.fsync(stream.fileno())
            part.replace(place)
            _sync_folder(place.parent)
    finally:
        part.unlink(missing_ok=True)


def _leading_to(path: Path) -> Path:
    """Where the path leads: a link goes on leading to the file.

    Raises:
        OSError: It is one of a circle of links.
    """
    place = Path(os.path.realpath(path))
    if place.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return place


def _narrowest(place: Path, like: Path) -> int:
    """The permissions of both files, where the first is there, and always the owner's."""
    mode = stat.S_IMODE(like.stat().st_mode)
    if place.exists():
        mode &= place.stat().st_mode
    return mode | stat.S_IRUSR | stat.S_IWUSR


@contextmanager
def _thrown_away(stream: IO[bytes]) -> Generator[None, None, None]:
    """Closes a stream that holds nothing of worth any more: what it could not write is told."""
    try:
        yield
    finally:
        with suppress(OSError):
            stream.close()


def _sync_folder(folder: Path) -> None:
    """Brings the names of its files to the disk, where a folder can be opened and synced."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def refuse_taken(argument: str, file: ToFile | FromFile, taken: Iterable[str], *, by: str) -> None:
    """Refuses a file that serves something else, however its path is spelled.

    Raises:
        ArgumentError: The file is one of those taken, or it has no path of a file.
    """
    if not isinstance(file, str | os.PathLike):
        return  # It is open already: what it was is gone, or is kept by who opened it.
    place = asked(argument, path_of, file)
    if any(_is_same(place, Path(other)) for other in taken):
        raise ArgumentError(argument, short_repr(str(file)), f"is {by}: name another file")


def _is_same(one: Path, other: Path) -> bool:
    """Whether both paths lead to one file, be it there or not."""
    try:
        return one.samefile(other)
    except OSError:  # One of them is not there yet.
        return os.path.realpath(one) == os.path.realpath(other)


def refuse_log_file(argument: str, file: ToFile | FromFile, store: Store) -> None:
    """Refuse a file that holds the ledger: even to read and close one frees its locks.

    Raises:
        ArgumentError: The file is one of the store, or it has no path of a file.
    """
    refuse_taken(argument, file, store.files(), by="where this ledger is kept")


@contextmanager
def _os_errors(name: str) -> Generator[None, None, None]:
    """Turns errors of the operating system into `StoreError` about the file."""
    try:
        yield
    except OSError as error:
        raise StoreError(name, f"{error.strerror or error}: check the path and the disk") from error


def _refuse_no_file(path: Path, place: Path) -> None:
    """Refuses a folder or a device, which must not be replaced by a file."""
    if place.exists() and not place.is_file():
        raise StoreError(str(path), "is no plain file: name one")


def _refuse_other(argument: str, file: object, method: str) -> None:
    """Refuses what holds no bytes."""
    if isinstance(file, io.TextIOBase):
        remedy = "is a stream of text: open the file in binary mode, or give its path"
        raise ArgumentError(argument, short_repr(file), remedy)
    if not callable(getattr(file, method, None)):
        raise ArgumentError(
            argument, short_repr(file), "is neither a path nor an open binary stream"
        )


def _name(stream: object) -> str:
    """The name of a stream, where it has one."""
    name: object = getattr(stream, "name", None)
    return name if isinstance(name, str) else "<stream>"
