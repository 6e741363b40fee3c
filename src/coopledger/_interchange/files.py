"""Files of bytes: paths and open streams, read in pieces, written whole or not at all."""

import errno
import io
import os
import stat
import threading
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol

from coopledger._fields.reading import argument as read_argument
from coopledger._fields.reading import path as path_of
from coopledger._fields.reading import short_repr
from coopledger._frozen import frozen
from coopledger.errors import ArgumentError, StoreError
from coopledger.stores import Store


class Readable(Protocol):
    """A stream that is open for reading bytes, such as ``open(path, "rb")`` or a gzip file."""

    def readline(self, size: int, /) -> bytes:
        """Return the bytes up to the next line feed, with it, or at most so many."""
        ...


class Writable(Protocol):
    """A stream that is open for writing bytes, such as ``open(path, "wb")``."""

    def write(self, data: bytes, /) -> object:
        """Take all the bytes."""
        ...


FromFile = str | os.PathLike[str] | Readable
ToFile = str | os.PathLike[str] | Writable


@frozen
class FileSource:
    """File that is open for reading.

    Attributes:
        name: The file's name in messages.
        size: Its length in bytes; none for a stream, whose length is not known.
    """

    _stream: Readable
    name: str
    size: int | None = None

    def line(self, most: int) -> bytes:
        """Return the bytes up to the next line feed, with it, or at most so many.

        Raises:
            StoreError: They cannot be read.
        """
        try:  # Not `os_errors`, which would take as long as the reading.
            return self._stream.readline(most)
        except OSError as error:
            raise _store_error(self.name, error) from error


@frozen
class Target:
    """File that is open for writing.

    Attributes:
        name: The file's name in messages.
    """

    _stream: Writable
    name: str

    def write(self, data: bytes) -> None:
        """Append the bytes.

        Raises:
            StoreError: They cannot be written.
        """
        with os_errors(self.name):
            self._stream.write(data)


@contextmanager
def opened(argument: str, file: FromFile) -> Generator[FileSource, None, None]:
    """Open the file for reading; a stream is left open.

    Raises:
        ArgumentError: It is neither a path nor a stream of bytes.
        StoreError: It cannot be opened.
    """
    if not isinstance(file, str | os.PathLike):
        _refuse_other(argument, file, "readline")
        yield FileSource(file, _name(file))
        return
    path = read_argument(argument, path_of, file)
    with os_errors(str(path)):
        stream = path.open("rb")
    with stream:
        yield FileSource(stream, str(path), os.fstat(stream.fileno()).st_size)


@contextmanager
def written(argument: str, file: ToFile) -> Generator[Target, None, None]:
    """Open the file for writing; it takes its place once all is written and on the disk.

    A file that was there before is replaced as a whole, or stays as it was if anything fails. A
    stream gets the bytes as they come, and is left open.

    Raises:
        ArgumentError: It is neither a path nor a stream of bytes, or it holds a ledger.
        StoreError: It cannot be written.
    """
    if not isinstance(file, str | os.PathLike):
        _refuse_other(argument, file, "write")
        yield Target(file, _name(file))
        return
    path = read_argument(argument, path_of, file)
    _refuse_database(argument, path)
    with replaced(path) as part:
        with os_errors(str(path)):
            stream = part.open("wb")
        with _closed(stream):
            yield Target(stream, str(path))
            with os_errors(str(path)):
                stream.flush()


@contextmanager
def prepared(
    argument: str, file: str | os.PathLike[str], data: bytes
) -> Generator[None, None, None]:
    """Bring the bytes to the disk first; the file has them once the block ends without an error.

    Raises:
        ArgumentError: It is no path, or it holds a ledger.
        StoreError: They cannot be written; the block is not begun.
    """
    path = read_argument(argument, path_of, file)
    _refuse_database(argument, path)
    with replaced(path) as part:
        with os_errors(str(path)), part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        yield


@contextmanager
def replaced(path: Path, *, like: str | None = None) -> Generator[Path, None, None]:
    """Give a new file in the path's folder; it takes its place once whole and on the disk.

    A file that was there before is replaced as a whole, or stays as it was if anything fails. The
    new file may be read and written only by users who may do so with both the former file and the
    one that it is ``like``.

    Raises:
        StoreError: It cannot be written.
    """
    with os_errors(str(path)):
        target = _link_target(path)
        if target.exists() and not target.is_file():  # A folder, or a device.
            raise StoreError(str(path), "is no plain file: name one")
        part = target.with_name(f".{target.name}.{os.getpid()}.{threading.get_ident()}.part")
        remove_part(part)  # An interrupt may have left one behind, in this very thread.
    try:
        with os_errors(str(path)):
            part.open("xb").close()
            part.chmod(_narrowest_mode(target, part if like is None else Path(like)))
        yield part
        with os_errors(str(path)):
            with part.open("r+b") as stream:
                os.fsync(stream.fileno())
            part.replace(target)
            sync_folder(target.parent)
    finally:
        remove_part(part)


def remove_part(part: Path) -> None:
    """Remove a file that was on its way, and those that SQLite has made beside it, if any."""
    from coopledger.stores.sqlite.file import BESIDE  # noqa: PLC0415 - for a file alone

    for ending in ("", *BESIDE):
        with suppress(OSError):
            part.with_name(f"{part.name}{ending}").unlink()


def _link_target(path: Path) -> Path:
    """Return the file to which the path leads, so that a link goes on leading there.

    Raises:
        OSError: It is one of a circle of links.
    """
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return target


def _narrowest_mode(target: Path, like: Path) -> int:
    """Return the permissions that both files give, if the first exists, and the owner's."""
    mode = stat.S_IMODE(like.stat().st_mode)
    if target.exists():
        mode &= target.stat().st_mode
    return mode | stat.S_IRUSR | stat.S_IWUSR


@contextmanager
def _closed(stream: IO[bytes]) -> Generator[None, None, None]:
    """Close the stream at the end; bytes that it cannot write were reported before."""
    try:
        yield
    finally:
        with suppress(OSError):
            stream.close()


def sync_folder(folder: Path) -> None:
    """Bring the names of its files to the disk, where a folder can be opened and synced."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def refuse_taken(argument: str, file: ToFile | FromFile, taken: Iterable[str], *, by: str) -> None:
    """Refuse a file that serves something else, however its path is spelled.

    Raises:
        ArgumentError: The file is one of those taken, or it has no path of a file.
    """
    if not isinstance(file, str | os.PathLike):
        return  # The stream is open already: refusing it now would save nothing.
    path = read_argument(argument, path_of, file)
    if any(_is_same(path, Path(other)) for other in taken):
        raise ArgumentError(argument, short_repr(str(file)), f"is {by}: name another file")


def _refuse_database(argument: str, path: Path) -> None:
    """Refuse to write a file of text over a ledger, this one or another.

    Raises:
        ArgumentError: The file holds a ledger, or another database of SQLite.
        StoreError: It cannot be read.
    """
    from coopledger.stores.sqlite.file import is_database  # noqa: PLC0415 - for a file alone

    with os_errors(str(path)):
        is_taken = is_database(path)
    if is_taken:
        remedy = "holds a ledger or another database: name another file"
        raise ArgumentError(argument, short_repr(str(path)), remedy)


def _is_same(one: Path, other: Path) -> bool:
    """Return whether both paths lead to one file, which need not exist."""
    try:
        return one.samefile(other)
    except OSError:  # One of them does not exist yet.
        return os.path.realpath(one) == os.path.realpath(other)


def refuse_log_file(argument: str, file: ToFile | FromFile, store: Store) -> None:
    """Refuse a file that holds the ledger: even to read and close one frees its locks.

    Raises:
        ArgumentError: The file is one of the store, or it has no path of a file.
    """
    refuse_taken(argument, file, store.files(), by="where this ledger is kept")


@contextmanager
def os_errors(name: str) -> Generator[None, None, None]:
    """Turn errors of the operating system into `StoreError` about the file."""
    try:
        yield
    except OSError as error:
        raise _store_error(name, error) from error


def _store_error(name: str, error: OSError) -> StoreError:
    """Return the error about a file that cannot be used."""
    return StoreError(name, f"{error.strerror or error}: check the path and the disk")


def _refuse_other(argument: str, file: object, method: str) -> None:
    """Refuse a value that is no stream of bytes."""
    if isinstance(file, io.TextIOBase):
        remedy = "is a stream of text: open the file in binary mode, or give its path"
        raise ArgumentError(argument, short_repr(file), remedy)
    if not callable(getattr(file, method, None)):
        remedy = "is neither a path nor an open binary stream"
        raise ArgumentError(argument, short_repr(file), remedy)


def _name(stream: object) -> str:
    """Return the name of a stream, or a word for it."""
    name: object = getattr(stream, "name", None)
    return name if isinstance(name, str) else "<stream>"
