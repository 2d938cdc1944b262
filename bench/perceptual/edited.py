#!/usr/bin/env python3
"""Runs a script of edits (IN OUT) with PNG files written fast: the same pixels, larger files.
usage: edited.py EDITS.py IN OUT"""
import runpy
import sys

from PIL import Image

save = Image.Image.save


def quick(picture, path, format=None, **options):
    if isinstance(path, str) and path.endswith(".png"):
        options.setdefault("compress_level", 1)
    return save(picture, path, format, **options)


Image.Image.save = quick
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
