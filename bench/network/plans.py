#!/usr/bin/env python3
"""Plans of 50 on fresh graphs, judged from outside. Resumable: a line a seed in plans.jsonl, finished seeds are passed over.
usage: plans.py --judge DIR [--program target/release/examples/plan] [--seeds 9101-9120] [--worlds 2000] [--folder target/bench-network]
DIR holds graph.py and reach.py of the specification; Python needs numpy. `world90` is held against `--fresh` worlds of a
generator of numbers that the planner does not know: in how many of them what the plan takes away lies between its ends."""
import argparse, json, os, pathlib, re, resource, subprocess, sys, time
import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("--judge", required=True)
parser.add_argument("--program", default="target/release/examples/plan")
parser.add_argument("--seeds", default="9101-9120")
parser.add_argument("--worlds", default="2000")
parser.add_argument("--fresh", type=int, default=2000)
parser.add_argument("--folder", default="target/bench-network")
options = parser.parse_args()
folder = pathlib.Path(options.folder)
folder.mkdir(parents=True, exist_ok=True)
lines = folder / "plans.jsonl"
done = [json.loads(line) for line in lines.read_text().splitlines()] if lines.exists() else []
first, last = map(int, options.seeds.split("-"))


def run(*words):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True).stdout


def reductions(base, seed):
    """1 - reach with / reach without the plan, in each of the fresh worlds: each edge carries with 1 / in-degree. Edges of
    accounts that nothing reaches are not drawn."""
    ends = np.loadtxt(f"{base}.edges.csv", delimiter=",", skiprows=1, dtype=np.int64)
    sources = np.loadtxt(f"{base}.sources.txt", dtype=np.int64)
    plan = np.loadtxt(f"{base}.plan.txt", dtype=np.int64)
    n = int(ends.max()) + 1
    ends = ends[np.argsort(ends[:, 0], kind="stable")]
    begin, to = np.searchsorted(ends[:, 0], np.arange(n + 1)), ends[:, 1]
    chance = 1.0 / np.bincount(to, minlength=n)[to]
    dice = np.random.default_rng(seed)

    def edges(front):
        counts = begin[front + 1] - begin[front]
        skipped = begin[front] - np.cumsum(counts) + counts
        return np.repeat(skipped, counts) + np.arange(counts.sum())

    found = []
    for _ in range(options.fresh):
        seen, carries, front, count = np.zeros(n, bool), np.zeros(len(to), bool), sources, len(sources)
        seen[sources] = True
        while len(front):
            drawn = edges(front)
            drawn = drawn[dice.random(len(drawn)) < chance[drawn]]
            carries[drawn] = True
            front = np.unique(to[drawn][~seen[to[drawn]]])
            seen[front] = True
            count += len(front)
        seen, front, left = np.zeros(n, bool), sources, len(sources)
        seen[plan] = seen[sources] = True
        while len(front):
            there = edges(front)
            there = to[there[carries[there]]]
            front = np.unique(there[~seen[there]])
            seen[front] = True
            left += len(front)
        found.append(1 - left / count)
    return np.array(found)


for seed in range(first, last + 1):
    if any(row["seed"] == seed for row in done):
        continue
    base = folder / f"g{seed}"
    run(sys.executable, f"{options.judge}/graph.py", 90_000, 1_000_000, seed, base)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    at = time.perf_counter()
    told = run(options.program, f"{base}.edges.csv", f"{base}.sources.txt", 50, 1, f"{base}.plan.txt")
    clock = time.perf_counter() - at
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    judged = run(sys.executable, f"{options.judge}/reach.py", f"{base}.edges.csv", f"{base}.sources.txt",
                 "--worlds", options.worlds, "--seed", seed + 1000, f"{base}.plan.txt")
    own, followers = (float(x) for x in re.findall(r"reduction (-?[\d.]+) %", judged))
    low, high = (float(x) for x in re.search(r"one world \((-?[\d.e-]+), (-?[\d.e-]+)\)", told).groups())
    fresh = reductions(base, seed + 2000)
    row = {"seed": seed, "plan": own, "followers": followers, "more": round(own - followers, 1),
           "method": re.search(r"worlds, (\w+)", told).group(1), "world90": [round(low, 4), round(high, 4)],
           "covered": float(np.mean((low <= fresh) & (fresh <= high))), "clock": round(clock, 2),
           "processor": round(processor, 2), "load": os.getloadavg()[0], "told": told.splitlines()}
    done.append(row)
    with lines.open("a") as out:
        out.write(json.dumps(row) + "\n")
    for kind in ("edges.csv", "nodes.csv"):
        base.with_name(f"{base.name}.{kind}").unlink()
print("| graph | method | reduction | followers | more, points | `world90` | covers | s of processor | s | load |\n|---|---|---|---|---|---|---|---|---|---|")
for row in done:
    print(f"| {row['seed']} | {row['method']} | {row['plan']:.1f} % | {row['followers']:.1f} % | {row['more']:.1f} | "
          f"{100 * row['world90'][0]:.0f} to {100 * row['world90'][1]:.0f} % | {100 * row['covered']:.1f} % | {row['processor']:.1f} | "
          f"{row['clock']:.1f} | {row['load']:.0f} |")
more, covered = [row["more"] for row in done], [row["covered"] for row in done]
print(f"{len(more)} graphs: over followers mean {np.mean(more):.1f}, worst {min(more):.1f} points; world90 covers "
      f"{100 * np.mean(covered):.1f} % (from {100 * min(covered):.1f} to {100 * max(covered):.1f} %)")
