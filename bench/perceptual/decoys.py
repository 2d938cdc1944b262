#!/usr/bin/env python3
"""Different pictures that look alike on purpose, by family. usage: decoys.py DECOYS EDITS_EXAMPLE

Each family is asked against itself: the same frame with other pictures in it, pages of text, flags, screenshots of one
app. Every match of two different ones is counted, by what matched.
"""
import collections
import os
import subprocess
import sys
import tempfile

folder, program = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
for family in sorted(os.listdir(folder)):
    names = sorted(name[:-4] for name in os.listdir(f"{folder}/{family}"))
    with tempfile.TemporaryDirectory() as work:
        os.symlink(f"{folder}/{family}", f"{work}/original")
        with open(f"{work}/truth.csv", "w") as truth:
            truth.write("file,original,edit\n")
            truth.writelines(f"original/{name}.png,original/{name}.png,same\n" for name in names)
        lines = subprocess.run([program, work, "all"], capture_output=True, text=True, check=True).stdout.splitlines()
    false = [line.split() for line in lines if line.startswith("false")]
    pairs = {(field[2], field[3]) for field in false}
    by = collections.Counter(field[4] for field in false)
    print(f"{family:12} {len(names)} pictures, {len(names) * (len(names) - 1)} pairs: {len(pairs)} matched "
          f"({', '.join(f'{count} by {way}' for way, count in sorted(by.items())) or 'none'})", flush=True)
