#!/usr/bin/env python3
"""Hashes of files against PyPI pdqhash on Pillow's pixels. usage: files.py HASH_FILES FOLDER COUNT

HASH_FILES is the example of that name of `perceptual`, FOLDER holds PNG pictures, of which COUNT are taken.
1. PNG: the same pixels on both sides, so hash, quality and the eight forms must be identical.
2. JPEG at several qualities and samplings: two decoders, so distance and difference of quality are printed.
3. Colours: palette, palette with transparency, grey, one bit, alpha, 16 bits, CMYK.
"""
import glob
import os
import subprocess
import sys
import tempfile
import zlib

import numpy as np
import pdqhash
from PIL import Image

program, folder, count = sys.argv[1], sys.argv[2], int(sys.argv[3])


def hexadecimal(bits):
    return "%064x" % int("".join(str(int(bit)) for bit in bits), 2)


def ours(names):
    out = subprocess.run([program], input="\n".join(names), capture_output=True, text=True, check=True).stdout
    return [line[len(name) + 1:].split(" ") for name, line in zip(names, out.splitlines())]


def theirs(name):
    pixels = np.ascontiguousarray(np.asarray(Image.open(name).convert("RGB")))
    one, quality = pdqhash.compute(pixels)
    return [hexadecimal(one), str(quality), *map(hexadecimal, pdqhash.compute_dihedral(pixels)[0])]


def distance(a, b):
    return bin(int(a, 16) ^ int(b, 16)).count("1")


def compare(title, names):
    exact = far = off = refused = 0
    for mine, other in zip(ours(names), map(theirs, names)):
        if mine[0] == "refused:":
            refused += 1
            continue
        exact += mine[:2] == other[:2] if "JPEG" in title else mine == other
        far = max(far, distance(mine[0], other[0]))
        off = max(off, abs(int(mine[1]) - int(other[1])))
    print(f"{title:34} {len(names):5} files, {exact:5} exact ({100 * exact / len(names):5.1f} %), "
          f"distance at most {far}, quality at most {off} off, {refused} refused", flush=True)


def png16(path, pixels):
    """A PNG of 16 bits a channel; Pillow writes none of colour."""
    height, width, channels = pixels.shape
    chunk = lambda kind, data: (len(data).to_bytes(4, "big") + kind + data
                                + zlib.crc32(kind + data).to_bytes(4, "big"))
    colour = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    rows = pixels.astype(">u2").reshape(height, -1).view(np.uint8)
    raw = b"".join(b"\0" + row.tobytes() for row in rows)
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([16, colour, 0, 0, 0])
    with open(path, "wb") as out:
        out.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw, 1))
                  + chunk(b"IEND", b""))


names = sorted(glob.glob(f"{folder}/*.png"))[:: max(1, len(glob.glob(f"{folder}/*.png")) // count)][:count]
compare("PNG", names)
with tempfile.TemporaryDirectory() as work:
    def made(title, save):
        files = []
        for n, name in enumerate(names):
            files.append(f"{work}/{title.replace(' ', '_').replace(':', '')}-{n}")
            save(Image.open(name).convert("RGB"), files[-1])
        compare(title, files)
        for file in files:
            os.remove(file)

    for quality, sampling, label in [(95, 0, "4:4:4"), (85, 2, "4:2:0"), (75, 1, "4:2:2"), (60, 2, "4:2:0"),
                                     (30, 2, "4:2:0")]:
        made(f"JPEG {quality} {label}", lambda p, f: p.save(f, "JPEG", quality=quality, subsampling=sampling))
    made("JPEG 80 progressive", lambda p, f: p.save(f, "JPEG", quality=80, progressive=True))
    made("JPEG 80 grey", lambda p, f: p.convert("L").save(f, "JPEG", quality=80))
    made("JPEG 90 CMYK", lambda p, f: p.convert("CMYK").save(f, "JPEG", quality=90))
    names = names[: max(1, count // 4)]
    made("PNG palette", lambda p, f: p.quantize(64).save(f, "PNG"))
    made("PNG palette with transparency", lambda p, f: p.quantize(64).save(f, "PNG", transparency=3))
    made("GIF", lambda p, f: p.quantize(200).save(f, "GIF"))
    made("PNG grey", lambda p, f: p.convert("L").save(f, "PNG"))
    made("PNG one bit", lambda p, f: p.convert("1").save(f, "PNG"))

    def alpha(picture):
        picture = picture.copy()
        picture.putalpha(picture.convert("L"))
        return picture

    made("PNG alpha", lambda p, f: alpha(p).save(f, "PNG", compress_level=1))
    made("PNG grey and alpha", lambda p, f: alpha(p).convert("LA").save(f, "PNG", compress_level=1))
    wide = lambda p, channels: np.asarray(p.convert("RGB"), dtype=np.uint32)[..., [0, 1, 2, 0][:channels]] * 257 // 2 * 2
    made("PNG 16 bits", lambda p, f: png16(f, wide(p, 3)))
    made("PNG 16 bits and alpha", lambda p, f: png16(f, wide(p, 4)))
    made("PNG 16 bits grey", lambda p, f: png16(f, wide(p, 1)))
    made("WebP lossless", lambda p, f: p.save(f, "WEBP", lossless=True, method=0))
