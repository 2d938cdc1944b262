#!/usr/bin/env python3
"""PDQ vectors from the reference binding (PyPI: pdqhash, numpy).

    python bench/pdq_vectors.py small > crates/perceptual/tests/pdq/vectors.txt
    python bench/pdq_vectors.py wide > crates/perceptual/tests/pdq/wide.txt
    python bench/pdq_vectors.py 5000 > /tmp/more.txt
    RENVOI_PDQ_VECTORS=/tmp/more.txt cargo test -p renvoi-perceptual --test pdq

A picture is a formula in whole numbers (kind, width, height, seed), so the file holds no pictures: the test
in Rust draws the same pixels (crates/perceptual/tests/pdq/drawing.rs). A line holds
`kind width height seed hash quality dihedral-quality form0 ... form7`; in the wide file one digest (FNV-1a, 64 bits)
of the eight forms' text stands for them, to keep it small.
"""
import sys

import numpy as np
import pdqhash


def mix(value):
    """A 32-bit scrambler; the same in drawing.rs."""
    x = np.asarray(value, dtype=np.uint64) & 0xFFFFFFFF
    x = ((x ^ (x >> 16)) * 0x7FEB352D) & 0xFFFFFFFF
    x = ((x ^ (x >> 15)) * 0x846CA68B) & 0xFFFFFFFF
    return x ^ (x >> 16)


def draw(kind, width, height, seed):
    y, x, c = np.meshgrid(
        np.arange(height, dtype=np.uint64),
        np.arange(width, dtype=np.uint64),
        np.arange(3, dtype=np.uint64),
        indexing="ij",
    )
    s = int(mix(seed))
    if kind == "flat":
        v = mix(s + c)
    elif kind == "noise":
        v = mix(s + (y * width + x) * 3 + c)
    elif kind == "gradient":
        v = x * 255 // width * (1 + s % 3) + y * 255 // height * (s // 3 % 3) + c * (s % 40)
        v = v // (1 + s % 3 + s // 3 % 3)
    elif kind == "rings":
        dx = x.astype(np.int64) - s % width
        dy = y.astype(np.int64) - s // 7 % height
        v = (dx * dx + dy * dy).astype(np.uint64) // (40 + s % 3000) + c * 30
    elif kind == "checks":
        side = 1 + s % 60
        v = (x // side + y // side) % 2 * (100 + s % 150) + c * 2
    elif kind == "text":
        line, cell = 6 + s % 20, 3 + s % 7
        ink = (mix(s + y // line * 977 + x // cell) & 3) != 0
        ink &= (y % line < line // 2) & (mix(s + y // line * 31 + x // (cell * 6)) % 5 != 0)
        v = np.where(ink, 20 + c * 10, 235 + c * 5)
    elif kind == "clouds":
        v = clouds(x, y, c, s)
    elif kind == "boxes":
        v = boxes(x, y, c, s, width, height)
    else:
        raise ValueError(kind)
    return np.ascontiguousarray((v & 255).astype(np.uint8))


def clouds(x, y, c, s):
    """Values on a grid, joined by straight lines."""
    cell = 8 + s % 120
    gx, gy, fx, fy = x // cell, y // cell, x % cell, y % cell
    at = lambda dx, dy: mix(s + (gy + dy) * 7919 + (gx + dx) * 3 + c) & 255
    top = at(0, 0) * (cell - fx) + at(1, 0) * fx
    low = at(0, 1) * (cell - fx) + at(1, 1) * fx
    return (top * (cell - fy) + low * fy) // (cell * cell)


def boxes(x, y, c, s, width, height):
    v = mix(s + c) & 255
    for n in range(12):
        part = [int(mix(s + 100 * n + k)) for k in range(4)]
        x0, y0 = part[0] % width, part[1] % height
        x1, y1 = x0 + 1 + part[2] % width, y0 + 1 + part[3] % height
        v = np.where((x >= x0) & (x < x1) & (y >= y0) & (y < y1), mix(s + 5000 + n * 3 + c) & 255, v)
    return v


KINDS = ["flat", "noise", "gradient", "rings", "checks", "text", "clouds", "boxes"]
SMALL = [
    (5, 5), (5, 64), (7, 6), (13, 31), (63, 65), (64, 64), (65, 63), (64, 65), (100, 100), (127, 128),
    (128, 128), (129, 128), (130, 257), (200, 150), (256, 256), (320, 240), (385, 129), (5, 700), (700, 5),
    (640, 480),
]
WIDE = SMALL + [
    (4, 5), (5, 4), (1, 1), (6, 5), (64, 5), (8, 2000), (2000, 8), (1999, 21), (255, 1023), (1024, 1024),
    (1025, 769), (1280, 720), (1920, 1080), (2000, 2000), (513, 511), (4000, 5), (5, 4000), (4000, 64), (64, 4000),
    (4000, 1200), (1200, 4000), (3000, 17), (33, 3999), (1081, 1921), (2561, 1439),
]
# Shapes drawn by chance beside those, sides 5 to 4,000, and most of them small.
WIDE_BY_CHANCE = 200


def hexadecimal(vector):
    return "%064x" % int("".join(str(int(bit)) for bit in vector), 2)


def line(kind, width, height, seed, digest):
    picture = draw(kind, width, height, seed)
    one, quality = pdqhash.compute(picture)
    forms, also = pdqhash.compute_dihedral(picture)
    hashes = [hexadecimal(form) for form in forms]
    hashes = fnv("".join(hashes)) if digest else " ".join(hashes)
    return f"{kind} {width} {height} {seed} {hexadecimal(one)} {quality} {also} {hashes}"


def fnv(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def cases(which):
    if which == "small":
        for n, (width, height) in enumerate(SMALL):
            for k in (2 * n, 2 * n + 5):
                yield KINDS[k % len(KINDS)], width, height, 7 * n + k
    elif which == "wide":
        for n, (width, height) in enumerate(WIDE):
            for k, kind in enumerate(KINDS):
                yield kind, width, height, 1000 + n * 8 + k
        for n in range(WIDE_BY_CHANCE):
            sides = [5 * 800 ** ((int(mix(2 * n + side)) % 1000) / 1000 * (1, 0.6)[side]) for side in (n % 2, 1 - n % 2)]
            yield KINDS[n % len(KINDS)], int(sides[0]), int(sides[1]), 5000 + n
    else:
        for n in range(int(which)):
            a, b = int(mix(n)), int(mix(n + 1_000_000))
            yield KINDS[n % len(KINDS)], 5 + a % 300, 5 + b % 300, n


for case in cases(sys.argv[1]):
    print(line(*case, sys.argv[1] == "wide"))
