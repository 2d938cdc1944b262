#!/usr/bin/env python3
"""The table of edits, from the lines of the example `edits`. usage: table.py LINES [WEIGHT]

A copy is found when any variant of it, or its points, match its original. Intervals are those of Wilson, 95 %.
`plain` is PDQ as it is, `+undone` adds what the asking side undoes (positions, borders, pages), `+cuts` the cuts that the
list has of verified pictures, `points` are points alone, `found` is everything together. With WEIGHT, points count only
from that weight on (places times support), as if the limit had been higher.
"""
import collections
import sys


def wilson(hits, n, z=1.96):
    if n == 0:
        return 0.0, 100.0
    share, spread = hits / n, z * z / n
    middle = (share + spread / 2) / (1 + spread)
    reach = z * ((share * (1 - share) / n + spread / (4 * n)) ** 0.5) / (1 + spread)
    return 100 * (middle - reach), 100 * (middle + reach)


def is_held_out(name):
    value = 0xCBF29CE484222325
    for byte in name.encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value >> 20 & 1 == 1


def sorted_by(lines, keep):
    counts = collections.defaultdict(collections.Counter)
    for edit, name, by in lines:
        if keep(name):
            for group in (edit, "all"):
                count = counts[group]
                count["n"] += 1
                count["plain"] += "plain" in by
                count["+undone"] += bool(by & {"plain", "turned", "trimmed", "inset"})
                count["+cuts"] += bool(by - {"points"})
                count["points"] += "points" in by
                count["found"] += bool(by)
    return counts


def show(title, counts):
    print(f"\n{title}\n\n| edit | copies | plain | +undone | +cuts | points | found | 95 % |\n|---|---|---|---|---|---|---|---|")
    for edit in sorted(counts, key=lambda edit: (edit == "all", edit)):
        count = counts[edit]
        share = lambda column: f"{100 * count[column] / count['n']:.1f}"
        low, high = wilson(count["found"], count["n"])
        columns = " | ".join(map(share, ["plain", "+undone", "+cuts", "points", "found"]))
        print(f"| {edit} | {count['n']} | {columns} | {low:.1f} to {high:.1f} |")


least = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0


def counts(by, why):
    """Whether what was found still is with the weight asked for; `why` of points is form/places/support/…"""
    return by != "points" or int(why.split("/")[1]) * float(why.split("/")[2]) >= least


copies, false, names, listed = [], [], set(), 0
for line in open(sys.argv[1]):
    field = line.split()
    if field[:1] == ["copy"]:
        copies.append((field[1], field[2], {by for by, why in (part.split("=") for part in field[3:]) if counts(by, why)}))
    elif field[:1] == ["false"] and counts(field[4], field[5]):
        false.append(line.strip())
    elif field[:1] == ["pictures"]:
        listed = int(field[1])
show("Held out", sorted_by(copies, is_held_out))
show("Tuned on", sorted_by(copies, lambda name: not is_held_out(name)))
natural = lambda name: is_held_out(name) and name.split("-")[0] in ("photo", "drawn")
show("Held out, packaged pictures alone", {"all": sorted_by(copies, natural)["all"]})
print(f"\n{len(copies)} copies against {listed} pictures: {len(copies) * (listed - 1)} pairs of different pictures, "
      f"{len(false)} false matches")
for line in false[:40]:
    print(line)
