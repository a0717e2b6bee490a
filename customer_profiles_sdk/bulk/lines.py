"""The lines of a text file: byte order marks, encodings, line ends. What stands in the lines is not looked at."""

import codecs
import io
from collections.abc import Iterator
from itertools import chain, takewhile
from typing import BinaryIO, Final

from customer_profiles_sdk.bulk.errors import InputFileError

BLOCK: Final = 1 << 16  # bytes that are read at once; with four times as many it takes twice as long
MAX_LINE: Final = 1 << 26  # characters: a longer line is no line of a table
_HEAD: Final = 512  # bytes by which a file is recognised

# For each byte order mark the encoding behind it, and the encoding that writes it. UTF-32's begins with UTF-16's.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
)
# The same encodings without a mark.
_WITHOUT_MARK: Final = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
_NO_TEXT: Final = (
    (b"PK\x03\x04", "a spreadsheet or a ZIP file, no text: save it as a CSV file"),
    (b"\xd0\xcf\x11\xe0", "a spreadsheet, no text: save it as a CSV file"),
    (b"\x1f\x8b", "compressed: unpack it first"),
    (b"PAR1", 'a Parquet file: say so with format="parquet" (--format parquet)'),
)
# What ``str.splitlines`` takes for the end of a line beside line feed and carriage return.
_OTHER_LINE_ENDS: Final = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


class TextLines:
    """The lines of a text file, each with its end (line feed, carriage return, or both), read a block at a time.

    A byte order mark is taken off, and decides on the encoding whatever the argument says.

    Attributes:
        encoding: the encoding, as ``open`` takes it to write another file alike.
        first_line: the number of the first line that ``blocks`` gives.
        ahead: the lines that ``look_ahead`` has read; ``blocks`` gives them too.
        ended: whether the whole file is read.
        has_nul: whether a NUL character was read.
    """

    def __init__(self, binary: BinaryIO, encoding: str) -> None:
        self._binary = binary
        name = _known_encoding(encoding)
        head = self._read_head()
        for mark, behind, writes in _MARKS:
            if head.startswith(mark):
                self._codec, like, head = behind, writes, head[len(mark) :]
                break
        else:
            self._codec = like = _WITHOUT_MARK.get(name, name)
            _check_is_text(head, self._codec)
        self.encoding: str = like
        self._marked = self._codec != self.encoding
        self._decoder = codecs.getincrementaldecoder(self._codec)()
        self._head = head
        self._pieces: list[str] = []  # of the line that is not at its end yet
        self._lines_read = 0
        self._fits = True
        self.first_line: int = 1
        self.ahead: list[str] = []
        self.ended: bool = False
        self.has_nul: bool = False

    def look_ahead(self, lines: int, characters: int) -> None:
        """Read until so many lines or characters are in ``ahead``, or all."""
        while len(self.ahead) < lines and sum(map(len, self.ahead)) < characters and not self.ended:
            self.ahead += self._next_block()

    def skip(self, lines: int) -> tuple[str, ...]:
        """Pass over lines, and return them without their ends."""
        while len(self.ahead) < lines and not self.ended:
            self.ahead += self._next_block()
        if len(self.ahead) < lines:
            raise InputFileError(f"the file has no more lines than skip_rows (--skip-rows) skips, which is {lines}")
        skipped = tuple(line.rstrip("\r\n") for line in self.ahead[:lines])
        del self.ahead[:lines]
        self.first_line += lines
        return skipped

    def skip_blank_lines(self) -> None:
        """Pass over lines with nothing in them; then ``ahead`` begins with another line, or the file is at its end."""
        while not self.ended or self.ahead:
            self.look_ahead(1, 1)
            blank = sum(1 for _ in takewhile(str.isspace, self.ahead))
            self.skip(blank)
            if self.ahead:
                return

    def blocks(self) -> Iterator[list[str]]:
        """Yield the lines in blocks; an error is raised after the lines before it."""
        block, self.ahead = self.ahead, []
        yield block
        while not self.ended:
            block = self._next_block()
            yield block

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self.blocks())

    def _next_block(self) -> list[str]:
        """Return the next lines that are at their end; none at the end of the file."""
        if not self._fits:
            raise InputFileError(self._misfit(), line=self._lines_read + 1)
        lines: list[str] = []
        while not lines and not self.ended and self._fits:
            text = self._next_text()
            self.has_nul = self.has_nul or "\0" in text
            self._pieces.append(text)
            if self.ended or not self._fits or "\n" in text or "\r" in text:
                lines = split_lines("".join(self._pieces))
                # A carriage return at the end of a block may be half of a line's end.
                whole = self.ended or (lines and lines[-1].endswith("\n" if self._fits else ("\n", "\r")))
                self._pieces = [] if whole or not lines else [lines.pop()]
            elif sum(map(len, self._pieces)) > MAX_LINE:
                line = self._lines_read + 1
                raise InputFileError(f"longer than {MAX_LINE >> 20} Mi characters: no line of a text file", line)
        self._lines_read += len(lines)
        return lines

    def _next_text(self) -> str:
        """Read and decode a block; where it does not fit the encoding, what stands before that."""
        data, self._head = self._head or self._read(BLOCK), b""
        self.ended = not data
        try:
            return self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            self._fits, self.ended = False, False
            return bytes(error.object[: error.start]).decode(self._codec, "replace")

    def _read_head(self) -> bytes:
        head = self._read(BLOCK, 1)
        while 0 < len(head) < _HEAD and (more := self._read(BLOCK, 1)):
            head += more
        return head

    def _read(self, size: int, line: int | None = None) -> bytes:
        read = getattr(self._binary, "read1", self._binary.read)  # what a pipe has now, rather than wait for a block
        failure: str | None
        try:
            data: bytes = read(size)
        except (OSError, ValueError) as error:  # ValueError: it is closed
            failure = getattr(error, "strerror", None) or type(error).__name__
        else:
            return data
        raise InputFileError(f"cannot be read: {failure}", line or self._lines_read + 1)

    def _misfit(self) -> str:
        if self._marked:
            return f"not {self._codec}, though the file begins with its byte order mark: save the file again"
        return (
            f'not {self._codec}: name the encoding that the file has with encoding="cp1252", encoding="latin-1" or '
            "another (--encoding cp1252)"
        )


def _known_encoding(encoding: str) -> str:
    try:
        "\n".encode(encoding)  # not only a codec, but one of texts
        return codecs.lookup(encoding).name
    except (LookupError, ValueError):
        pass
    raise InputFileError(
        "encoding (--encoding) names no encoding of texts that Python knows; utf-8 and cp1252 are some"
    )


def _check_is_text(head: bytes, codec: str) -> None:
    for signature, what in _NO_TEXT:
        if head.startswith(signature):
            raise InputFileError(f"this is {what}", line=1)
    head = head[:_HEAD]
    nuls = head.count(0)
    if 4 * nuls < len(head) or not head or codec.startswith(("utf-16", "utf-32")):
        return
    likely = f"utf-{32 if 8 * nuls > 5 * len(head) else 16}-{'be' if head[0] == 0 else 'le'}"
    raise InputFileError(
        f"NUL characters in the first lines: this is probably {likely[:6].upper()} without a byte order mark; then say "
        f'encoding="{likely}" (--encoding {likely})',
        line=1,
    )


def split_lines(text: str) -> list[str]:
    """Split a text after each line feed, carriage return, and carriage return with line feed, and nowhere else."""
    if any(end in text for end in _OTHER_LINE_ENDS):
        return io.StringIO(text, newline="").readlines()  # slower by half
    return text.splitlines(keepends=True)
