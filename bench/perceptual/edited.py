#!/usr/bin/env python3
"""Runs a script of edits (IN OUT) with PNG files written fast: the same pixels, larger files.
usage: edited.py EDITS.py IN OUT [EVERY]

With EVERY only every EVERYth copy is written, those that `edits OUT all EVERY` asks about. Files that are there already
are not written again, so a run that was broken off goes on.
"""
import itertools
import os
import runpy
import sys

from PIL import Image

save = Image.Image.save
EDITS = 20
every = int(sys.argv[4]) if len(sys.argv) > 4 else 1
copies = itertools.count()


def quick(picture, path, format=None, **options):
    if isinstance(path, str) and path.endswith(".png"):
        if "/edited/" in path:
            n = next(copies)
            if (n + n // EDITS) % every:
                return
        if os.path.exists(path):
            return
        options.setdefault("compress_level", 1)
        save(picture, path + ".part", "PNG", **options)
        os.rename(path + ".part", path)
        return
    save(picture, path, format, **options)


Image.Image.save = quick
sys.argv = sys.argv[1:4]
runpy.run_path(sys.argv[0], run_name="__main__")
