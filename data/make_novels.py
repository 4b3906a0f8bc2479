"""Make novels.h5: the sentences of Jane Austen's six novels, in lower case, without punctuation.

The texts are in the public domain. The script takes them from Debian's package of the R package
janeaustenr (MIT); get it and unpack it with

    apt-get download r-cran-janeaustenr
    dpkg-deb -x r-cran-janeaustenr_*.deb unpacked

and then run ``python data/make_novels.py unpacked``. It needs numpy and h5py.
"""

from __future__ import annotations

import argparse
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import h5py
import numpy as np

BLOCKS = "**/janeaustenr/data/Rdata.rdb"
HEADER = 23  # bytes of R's header: format, versions, the native encoding and its name
TITLES = re.compile(r"(Mrs?|Dr|Messrs|St)\.")
WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
CHAPTER = re.compile(r"^(chapter|volume|by jane austen|the end|finis)\b.*$", re.I | re.M)


def novels(blocks: bytes) -> Iterator[str]:
    """Read the novels from R's file: compressed blocks, each a vector of lines."""
    while blocks:
        unpack = zlib.decompressobj()
        yield "\n".join(lines(unpack.decompress(blocks[4:])))
        blocks = unpack.unused_data


def lines(data: bytes) -> Iterator[str]:
    """Read a vector of strings in R's serialisation format, version 3."""
    place = HEADER + 4
    (n,) = struct.unpack_from(">i", data, place)
    place += 4
    for _ in range(n):
        _, length = struct.unpack_from(">ii", data, place)
        place += 8
        yield data[place : place + max(length, 0)].decode()
        place += max(length, 0)


def sentences(text: str) -> Iterator[str]:
    """Split a text into sentences, and keep their words.

    Examples
    --------
    >>> list(sentences("It is a truth, Mr. Bennet; however little. --No!"))
    ['it is a truth mr bennet', 'however little', 'no']
    """
    text = TITLES.sub(r"\1", CHAPTER.sub(".", text)).replace("\n\n", ".")
    for part in re.split(r"[.!?;:]", text.replace("\u2019", "'").lower()):
        words = WORD.findall(part)
        if words:
            yield " ".join(words)


def make(folder: Path) -> list[str]:
    """Find R's file below a folder, and list the sentences of all novels."""
    [path] = folder.glob(BLOCKS)
    return [sentence for novel in novels(path.read_bytes()) for sentence in sentences(novel)]


def write(source: Path, folder: Path) -> Path:
    """Write ``novels.h5`` into a folder, and return its path."""
    path = folder / "novels.h5"
    text = np.frombuffer("\n".join(make(source)).encode(), dtype=np.uint8)
    with h5py.File(path, "w") as file:
        data = file.create_dataset(
            "text", data=text, compression="gzip", compression_opts=9, track_times=False
        )
        data.attrs["licence"] = "public domain"
        data.attrs["origin"] = "the six novels of Jane Austen, from the R package janeaustenr"
    return path


def main() -> None:
    """Write the file next to this script, or into the folder given."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("source", type=Path, help="where the package is unpacked")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    given = parser.parse_args()
    print(write(given.source, given.folder))


if __name__ == "__main__":
    main()
