"""Text and pictures found as in the source, broken ones set aside, and the share of words read right."""

import argparse
import collections
import hashlib
import html
import json
import os
import re
import shutil
import subprocess
import sys
import time
import unicodedata

import samples as made
from words import TEXTS

WIDTH_PX = 1_000
SIZES_PX = (16, 24, 36)
# A picture that was written anew, as PNG out of a PDF: the pixels are compared by their hash.
NEAR_BITS = 4


def run(program, args, files):
    """The lines of a command, in the order of the files."""
    done = subprocess.run([program, "hash", *args, "--json", *files], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{args}: {done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def plain(text):
    """Text without blanks: lines are broken anew."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def documents(program, folder, each):
    samples = made.good(os.path.join(folder, "good"), each)
    start = time.time()
    lines = run(program, ["document", "--text"], [sample.path for sample in samples])
    took = time.time() - start
    pictures = os.path.join(folder, "pictures")
    shutil.rmtree(pictures, ignore_errors=True)
    os.makedirs(pictures)
    names = {}
    for sample in samples:
        for data in sample.pictures:
            names[hashlib.sha256(data).hexdigest()] = None
            with open(os.path.join(pictures, hashlib.sha256(data).hexdigest()), "wb") as file:
                file.write(data)
    paths = [os.path.join(pictures, name) for name in names]
    for at in range(0, len(paths), 500):
        for line in run(program, ["image"], paths[at : at + 500]):
            names[os.path.basename(line["file"])] = int(line["pdq"], 16)
    count = collections.defaultdict(collections.Counter)
    for sample, line in zip(samples, lines):
        row = count[sample.ending]
        row["files"] += 1
        if "error" in line:
            print(f"{sample.path}: {line['error']}", file=sys.stderr)
            continue
        row["read"] += line["kind"] == sample.ending
        text = plain("".join(part["text"] for part in line["parts"]))
        row["sentences"] += len(sample.said)
        row["found"] += sum(plain(one) in text for one in sample.said)
        links = [link for part in line["parts"] for link in part["links"]]
        row["links"] += len(sample.links)
        row["linked"] += sum(link in links for link in sample.links)
        row["pictures"] += len(sample.pictures)
        bytes_of = {one["sha256"] for one in line["pictures"]}
        hashes = [int(one["pdq"], 16) for one in line["pictures"] if one.get("pdq")]
        for data in sample.pictures:
            name = hashlib.sha256(data).hexdigest()
            row["same"] += name in bytes_of
            row["shown"] += name in bytes_of or any((one ^ names[name]).bit_count() <= NEAR_BITS for one in hashes)
        row["others"] += max(0, len(line["pictures"]) - len(sample.pictures))
    print(f"\n{len(samples)} documents in {took:.1f} s\n")
    print("| kind | files read | sentences found | links found | pictures found | of these byte for byte | others |")
    print("|---|---|---|---|---|---|---|")
    for ending, row in count.items():
        print(f"| {ending} | {row['read']} of {row['files']} | {row['found']} of {row['sentences']} | "
              f"{row['linked']} of {row['links']} | {row['shown']} of {row['pictures']} | {row['same']} | {row['others']} |")
    return samples


def broken(program, folder, samples):
    files = made.broken(os.path.join(folder, "broken"), samples)
    count = collections.defaultdict(collections.Counter)
    for what, path in files:
        start = time.time()
        line = run(program, ["document"], [path])[0]
        row = count[what]
        row["files"] += 1
        row["aside"] += "error" in line
        row["part"] += "error" not in line and not any(one.get("pdq") for one in line["pictures"])
        row["longest"] = max(row["longest"], time.time() - start)
        inside = [one["error"] for one in line.get("pictures", []) if "error" in one]
        row["why " + str(line.get("error") or line.get("trouble") or " ".join(inside))] += 1
    print("\n| broken | files | set aside | read without the broken part | longest, s | most said |")
    print("|---|---|---|---|---|---|")
    for what, row in count.items():
        why = max((one for one in row if one.startswith("why ")), key=lambda one: row[one])
        print(f"| {what} | {row['files']} | {row['aside']} | {row['part']} | {row['longest']:.1f} | {why[4:]} |")


def render(folder):
    """Pictures of every sentence in several sizes, drawn by Chromium, which shapes every script."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    drawn = []
    for script, language, pack, direction, texts in TEXTS:
        for size in SIZES_PX:
            for scheme, colours in (("dark on light", "#111;background:#fff"), ("light on dark", "#eee;background:#123")):
                name = os.path.join(folder, f"{language}-{size}-{scheme[:4].strip()}")
                body = "".join(f"<p>{html.escape(text)}</p>" for text in texts)
                page = (f'<meta charset="utf-8"><body lang="{language}" dir="{direction}" style="margin:24px;'
                        f'font:{size}px/1.6 Noto Sans,Noto Sans Arabic,Noto Sans Hebrew,Noto Sans Devanagari,sans-serif;'
                        f'color:{colours}">{body}')
                with open(f"{name}.html", "w", encoding="utf-8") as file:
                    file.write(page)
                height = 60 + len(texts) * int(size * 1.6 * 4)
                subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                                "--hide-scrollbars", f"--window-size={WIDTH_PX},{height}",
                                f"--screenshot={os.path.abspath(name)}.png", f"file://{os.path.abspath(name)}.html"],
                               capture_output=True, check=True, timeout=120)
                drawn.append((script, language, pack, size, scheme, f"{name}.png", texts))
    return drawn


def tokens(text, script):
    """Words in lower case without signs; of Han, characters."""
    text = unicodedata.normalize("NFC", text).casefold()
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    found = re.findall(r"[\w\u0900-\u097f]+", text)
    return [c for one in found for c in one] if script == "Han" else found


def right(expected, got):
    """Words of the source that were read, in order: the longest common subsequence."""
    row = [0] * (len(got) + 1)
    for one in expected:
        before = 0
        for at, other in enumerate(got, 1):
            before, row[at] = row[at], before + 1 if one == other else max(row[at], row[at - 1])
    return row[-1]


def words(program, folder):
    langs = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False).stdout.split()
    drawn = render(os.path.join(folder, "words"))
    start = time.time()
    lines = run(program, ["image", "--words"], [one[5] for one in drawn])
    took = time.time() - start
    count = collections.defaultdict(collections.Counter)
    for (script, language, pack, size, scheme, path, texts), line in zip(drawn, lines):
        expected = tokens(" ".join(texts), script)
        got = tokens(line.get("words", {}).get("text", ""), script)
        row = count[(script, language, pack)]
        good = right(expected, got)
        for key in ("all", size, scheme):
            row[("words", key)] += len(expected)
            row[("right", key)] += good
        row["extra"] += max(0, len(got) - good)
    share = lambda row, key: f"{100 * row[('right', key)] / max(1, row[('words', key)]):.1f} %"
    print(f"\n{len(drawn)} pictures in {took:.1f} s\n")
    columns = [*SIZES_PX, "dark on light", "light on dark"]
    print("| script | language | pack | words | right | " + " | ".join(f"{c} px" if isinstance(c, int) else c for c in columns) + " | words that are not there |")
    print("|---" * (6 + len(columns)) + "|")
    for (script, language, pack), row in count.items():
        there = pack if pack in langs else f"{pack} (missing)"
        cells = " | ".join(share(row, column) for column in columns)
        print(f"| {script} | {language} | {there} | {row[('words', 'all')]} | {share(row, 'all')} | {cells} | {row['extra']} |")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--program", required=True)
    options.add_argument("--folder", required=True)
    options.add_argument("--each", type=int, default=20, help="documents of each kind")
    options.add_argument("--only", choices=["documents", "words"])
    asked = options.parse_args()
    os.makedirs(asked.folder, exist_ok=True)
    if asked.only != "words":
        broken(asked.program, asked.folder, documents(asked.program, asked.folder, asked.each))
    if asked.only != "documents":
        words(asked.program, asked.folder)


main()
