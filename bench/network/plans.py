#!/usr/bin/env python3
"""Plans of 50 on fresh graphs, judged from outside. Resumable: a line a seed in plans.jsonl, finished seeds are passed over.
usage: plans.py --judge DIR [--program target/release/examples/plan] [--seeds 101-120] [--worlds 600] [--folder target/bench-network]
DIR holds graph.py and reach.py of the specification; Python needs numpy."""
import argparse, json, os, pathlib, re, subprocess, sys, time

parser = argparse.ArgumentParser()
parser.add_argument("--judge", required=True)
parser.add_argument("--program", default="target/release/examples/plan")
parser.add_argument("--seeds", default="101-120")
parser.add_argument("--worlds", default="600")
parser.add_argument("--folder", default="target/bench-network")
options = parser.parse_args()
folder = pathlib.Path(options.folder)
folder.mkdir(parents=True, exist_ok=True)
lines = folder / "plans.jsonl"
done = [json.loads(line) for line in lines.read_text().splitlines()] if lines.exists() else []
first, last = map(int, options.seeds.split("-"))


def run(*words):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True).stdout


for seed in range(first, last + 1):
    if any(row["seed"] == seed for row in done):
        continue
    base = folder / f"g{seed}"
    run(sys.executable, f"{options.judge}/graph.py", 90_000, 1_000_000, seed, base)
    at = time.perf_counter()
    told = run(options.program, f"{base}.edges.csv", f"{base}.sources.txt", 50, seed, f"{base}.plan.txt")
    seconds = time.perf_counter() - at
    judged = run(sys.executable, f"{options.judge}/reach.py", f"{base}.edges.csv", f"{base}.sources.txt",
                 "--worlds", options.worlds, "--seed", seed + 1000, f"{base}.plan.txt")
    own, followers = (float(x) for x in re.findall(r"reduction (-?[\d.]+) %", judged))
    row = {"seed": seed, "plan": own, "followers": followers, "more": round(own - followers, 1),
           "seconds_with_replan": round(seconds, 2), "load": os.getloadavg()[0], "told": told.splitlines()[0]}
    done.append(row)
    with lines.open("a") as out:
        out.write(json.dumps(row) + "\n")
    for kind in ("edges.csv", "nodes.csv"):
        base.with_name(f"{base.name}.{kind}").unlink()
    print(row, flush=True)
more = [row["more"] for row in done]
print(f"{len(more)} graphs: over followers mean {sum(more) / len(more):.1f}, worst {min(more):.1f} points")
