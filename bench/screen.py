#!/usr/bin/env python3
"""`renvoi screen` against 100,000 terms, 1,000,000 links and 1,000,000 texts: posts a second, memory, where the time goes.

    python3 bench/screen.py [--posts N] [--terms N] [--links N] [--texts N] [--seed N] [--runs N] [--program FILE]

Makes bank and posts by seed under target/bench-screen, builds the example `screen` of `renvoi-bankfile` (the stream
alone; the whole program takes long to build) unless --program names a `renvoi`, runs it on them, and holds the hits
against what was planted. Nothing is installed.
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "bench" / "text"))
import made  # noqa: E402

TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
#: every so many posts one of these is planted
EVERY = 40
PLANTED = ["term", "link", "same", "upper case", "zero-width", "homoglyphs", "one word changed", "cut to 60 %", "quoted"]


def make_bank(path, texts, sizes):
    known = {"terms": [], "links": [], "texts": []}
    with open(path, "w", encoding="utf-8") as out:
        def add(kind, value, name):
            known[name].append(value)
            out.write(json.dumps({"kind": kind, "value": value, "label": f"{kind} {len(known[name])}"}, ensure_ascii=False) + "\n")
        for at in range(sizes["terms"]):
            add("term", f"{texts.rare()} {texts.rare()}" if at % 3 else f"{texts.rare()}{at:x}", "terms")
        for at in range(sizes["links"]):
            add("url", f"https://{texts.rare()}{at % 5000}.example/{texts.rare()}/{at:x}", "links")
        for _ in range(sizes["texts"]):
            add("text", texts.written(texts.plain(10, 32)), "texts")
    return known


def plant(kind, texts, known):
    pick = texts.random.choice
    if kind == "term":
        return f"{texts.plain(6, 12)} {pick(known['terms'])} {texts.plain(3, 9)}", []
    if kind == "link":
        link = pick(known["links"]).replace("https://", "http://www.") + "?utm_source=feed"
        return f"{texts.plain(6, 12)} {link}", []
    text = pick(known["texts"])
    edit = {
        "same": lambda text: text,
        "upper case": str.upper,
        "zero-width": made.zero_width,
        "homoglyphs": made.homoglyphs,
        "one word changed": made.one_word,
        "cut to 60 %": made.cut,
        "quoted": lambda text: f"{texts.plain(15, 25)}: {text} {texts.plain(15, 25)}",
    }[kind]
    return edit(text), []


def make_posts(path, texts, known, count):
    planted = {}
    with open(path, "w", encoding="utf-8") as out:
        for at in range(count):
            links = []
            if at % EVERY == 0 and all(known.values()):
                kind = PLANTED[at // EVERY % len(PLANTED)]
                planted[at] = kind
                text, links = plant(kind, texts, known)
            else:
                text = texts.written(texts.plain())
                if at % 4 == 1:
                    text += f" https://{texts.rare()}{at % 7000}.example/{texts.rare()}?id={at}"
                if at % 5 == 2:
                    text += f" @{texts.rare()} #{texts.rare()}"
                if at % 10 == 3:
                    links.append(f"https://{texts.rare()}.example/{at}")
            out.write(json.dumps({"id": at, "text": text, "links": links, "lang": "und"}, ensure_ascii=False) + "\n")
    return planted


def make(done, bank, posts, args):
    """Makes both, or takes those of the last run with the same numbers. What was planted, by post."""
    if not done.exists():
        print("making bank and posts …", file=sys.stderr)
        texts = made.Texts(args.seed)
        known = make_bank(bank, texts, {"terms": args.terms, "links": args.links, "texts": args.texts})
        done.write_text(json.dumps(make_posts(posts, texts, known, args.posts)))
    return {int(at): kind for at, kind in json.loads(done.read_text()).items()}


def build():
    print("building the example …", file=sys.stderr)
    command = ["cargo", "build", "--release", "-p", "renvoi-bankfile", "--example", "screen"]
    subprocess.run(command, cwd=ROOT, check=True)
    return [str(TARGET / "release" / "examples" / "screen")]


def run(command, posts, hits):
    """Stats, seconds of the processor, and the most memory in MiB."""
    with open(posts, "rb") as source, open(hits, "wb") as sink:
        child = subprocess.Popen(command, stdin=source, stdout=sink, stderr=subprocess.PIPE)
        said = child.stderr.read().decode()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{command[0]} ended with {child.returncode}: {said}")
    stats = next(json.loads(line)["stats"] for line in said.splitlines() if line.startswith('{"stats"'))
    return stats, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def recall(hits, planted):
    found = {}
    others = 0
    with open(hits, encoding="utf-8") as lines:
        for line in lines:
            hit = json.loads(line)
            kind = planted.get(hit["id"])
            wanted = {"term": "term", "link": "url"}.get(kind, "text")
            if kind is None:
                others += 1
            elif any(match["kind"] == wanted for match in hit["matches"]):
                found[kind] = found.get(kind, 0) + 1
    return found, others


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in [("posts", 600_000), ("terms", 100_000), ("links", 1_000_000), ("texts", 1_000_000), ("seed", 1), ("runs", 3)]:
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--program", help="a release build of renvoi")
    args = parser.parse_args()
    folder = TARGET / "bench-screen" / f"{args.seed}-{args.terms}-{args.links}-{args.texts}-{args.posts}"
    folder.mkdir(parents=True, exist_ok=True)
    bank, posts, hits = folder / "bank.ndjson", folder / "posts.ndjson", folder / "hits.ndjson"
    command = [args.program, "screen", "--stats", "--bank", str(bank)] if args.program else [*build(), str(bank)]
    planted = make(folder / "planted.json", bank, posts, args)
    # what the processor does before the first post
    loading = run(command, os.devnull, hits)[1]
    runs = []
    for _ in range(args.runs):
        load = os.getloadavg()[0]
        stats, processor, memory = run(command, posts, hits)
        runs.append((stats, processor, memory, load))
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    print(f"\n{time.strftime('%d %B %Y')}, {model.group(1) if model else platform.machine()}, {os.cpu_count()} processors, "
          f"{args.posts:,} posts of {posts.stat().st_size / args.posts:.0f} bytes, seed {args.seed}\n")
    print("| run | load before | posts/s | posts in a second of the processor | MiB | bank ready after s | hits | incomplete |")
    print("|---|---|---|---|---|---|---|---|")
    for at, (stats, processor, memory, load) in enumerate(runs):
        alone = stats["posts"] / max(1e-9, processor - loading)
        print(f"| {at + 1} | {load:.1f} | {stats['posts_per_s']:,} | {alone:,.0f} | {memory:,.0f} | {stats['load_ms'] / 1000:.1f} | "
              f"{stats['hits']:,} | {stats['incomplete']:,} |")
    best = max(runs, key=lambda one: one[0]["posts_per_s"])[0]
    print("\n| " + " | ".join(best["per_mille"]) + " |\n|" + "---|" * len(best["per_mille"]))
    print("| " + " | ".join(f"{share / 10:.1f} %" for share in best["per_mille"].values()) + " |")
    found, others = recall(hits, planted)
    print("\n| planted | posts | found |\n|---|---|---|")
    for kind in PLANTED:
        count = sum(1 for one in planted.values() if one == kind)
        print(f"| {kind} | {count:,} | {found.get(kind, 0) / max(1, count):.2%} |")
    print(f"\n{others:,} of {args.posts - len(planted):,} other posts are hits (terms of two words meet by chance).")


if __name__ == "__main__":
    main()
