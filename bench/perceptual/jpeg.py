#!/usr/bin/env python3
"""Processor time from a JPEG file of 1080p to its hash, ours beside PyPI threatexchange. usage: jpeg.py HASH_FILES FOLDER

HASH_FILES is the example of that name of `perceptual`, FOLDER holds packages of wallpapers; twelve photographs that
are larger than 1080p become JPEG files of that size, of quality 85. In each of seven rounds ours and theirs hash every file, one after the other in one thread.
Ours is the whole process, its start included; of theirs the start of Python is left out.
"""
import glob
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

from PIL import Image
from threatexchange.signal_type.pdq.pdq_hasher import pdq_from_file

ROUNDS = 7
FILES = 12
TIMES = 3

program, folder = sys.argv[1:3]


def own(names):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    out = subprocess.run([program, "hash"], input="\n".join(names), capture_output=True, text=True, check=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, [line.split(" ")[-2:] for line in out.splitlines()]


def theirs(names):
    start = time.process_time()
    hashes = [pdq_from_file(pathlib.Path(name)) for name in names]
    return time.process_time() - start, [[value, str(quality)] for value, quality in hashes]


with tempfile.TemporaryDirectory() as work:
    names = []
    for name in sorted(glob.glob(f"{folder}/**/*.jpg", recursive=True)):
        picture = Image.open(name)
        if len(names) == FILES:
            break
        if picture.width >= 1920 and picture.height >= 1080:
            names.append(f"{work}/{len(names)}.jpg")
            picture.convert("RGB").resize((1920, 1080)).save(names[-1], quality=85)
    size = sum(map(os.path.getsize, names)) / len(names) / 1024
    print(f"{len(names)} files of 1920 x 1080, {size:.0f} KiB on average; milliseconds of the processor a file")
    rounds, far = [], 0
    for _ in range(ROUNDS):
        (mine, hashes), (other, expected) = own(names * TIMES), theirs(names * TIMES)
        rounds.append([1000 * spent / len(names) / TIMES for spent in (mine, other)])
        distance = lambda a, b: bin(int(a[0], 16) ^ int(b[0], 16)).count("1")
        far = max(map(distance, hashes, expected))
        print(f"ours {rounds[-1][0]:6.1f}  pdq_from_file {rounds[-1][1]:6.1f}", flush=True)
    middle = [sorted(column)[ROUNDS // 2] for column in zip(*rounds)]
    least = [min(column) for column in zip(*rounds)]
    print(f"median: ours {middle[0]:.1f}, pdq_from_file {middle[1]:.1f}, {middle[1] / middle[0]:.1f} times; "
          f"least: {least[0]:.1f}, {least[1]:.1f}, {least[1] / least[0]:.1f} times; distance at most {far}")
