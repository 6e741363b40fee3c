"""Pictures of few colours in few bytes: a palette in the place of three bytes for each dot."""

import struct
import zlib
from collections.abc import Callable, Iterator

HEAD = b"\x89PNG\r\n\x1a\n"
CHANNELS = {2: 3, 6: 4}  # by the type of colours: without and with transparency
MOST_COLOURS = 256
MASKS = (0xFE, 0xFC, 0xF8, 0xF0, 0xE0, 0xC0)  # One bit less of each channel, until all fit.

# What each filter adds to a byte, from the bytes to the left, above, and above to the left.
Add = Callable[[int, int, int], int]
FILTERS: tuple[Add, ...] = (
    lambda _, __, ___: 0,
    lambda left, _, __: left,
    lambda _, above, __: above,
    lambda left, above, _: (left + above) // 2,
    lambda left, above, corner: min(
        (left, above, corner), key=lambda near: abs(left + above - corner - near)
    ),
)


def shrunk(picture: bytes) -> bytes:
    """Return a PNG as Chromium writes it with a palette of at most 256 colours."""
    chunks = dict(_chunks(picture))
    width, height, _, kind = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    dots = _dots(zlib.decompress(chunks[b"IDAT"]), width, height, CHANNELS[kind])
    seen, palette = dots, set(dots)
    for mask in MASKS:
        if len(palette) > MOST_COLOURS:
            seen = [bytes(value & mask for value in dot) for dot in dots]
            palette = set(seen)
    index = {colour: number for number, colour in enumerate(palette)}
    lines = bytes(map(index.__getitem__, seen))
    rows = b"".join(b"\0" + lines[at : at + width] for at in range(0, len(lines), width))
    return HEAD + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", b"".join(index)),
            _chunk(b"IDAT", zlib.compress(rows, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the name and the content of each chunk; the data comes as one."""
    at, data = len(HEAD), b""
    while at < len(picture):
        (length,) = struct.unpack_from(">I", picture, at)
        name, content = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        data += content if name == b"IDAT" else b""
        yield name, data if name == b"IDAT" else content
        at += length + 12


def _chunk(name: bytes, content: bytes) -> bytes:
    """Return a chunk with its length and its sum."""
    sum_ = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", sum_)


def _dots(raw: bytes, width: int, height: int, channels: int) -> list[bytes]:
    """Return the dots of all lines, each as its red, green and blue."""
    length = width * channels
    above = bytearray(length)
    dots: list[bytes] = []
    for number in range(height):
        at = number * (length + 1)
        line = _plain(raw[at], raw[at + 1 : at + 1 + length], above, channels)
        dots += [bytes(line[dot : dot + 3]) for dot in range(0, length, channels)]
        above = line
    return dots


def _plain(kind: int, filtered: bytes, above: bytearray, channels: int) -> bytearray:
    """Return a line without its filter."""
    line = bytearray(filtered)
    if kind == 0:
        return line
    add = FILTERS[kind]
    for at in range(len(line)):
        left = line[at - channels] if at >= channels else 0
        corner = above[at - channels] if at >= channels else 0
        line[at] = (line[at] + add(left, above[at], corner)) & 0xFF
    return line
