#!/usr/bin/env python3
"""Takes networks apart: R (mean part of all accounts in the largest part, over the removal of one after the other) relative to
static degree. Peers: adaptive degree, CoreHD, and reverse greedy (from nothing, again and again that account comes back which
makes the smallest part; of equals the one with fewest neighbours). usage: dismantle.py --program target/release/examples/dismantle [--seed 7001] [--generator graph.py] [--folder DIR]
Networks of networkx's and igraph's own collections, Debian's package dependencies when apt's lists are there, generators of
networkx with a seed. Python needs networkx and igraph."""
import argparse, heapq, json, os, pathlib, subprocess, sys
import igraph, networkx as nx

parser = argparse.ArgumentParser()
parser.add_argument("--program", default="target/release/examples/dismantle")
parser.add_argument("--seed", type=int, default=7001)
parser.add_argument("--generator")
parser.add_argument("--folder", default="target/bench-network")
options = parser.parse_args()
folder = pathlib.Path(options.folder)
folder.mkdir(parents=True, exist_ok=True)
seed = options.seed


def debian():
    """Which package of a main archive depends on which."""
    graph = nx.Graph()
    names = set(subprocess.run(["apt-cache", "pkgnames"], capture_output=True, text=True).stdout.split())
    told = subprocess.run(["apt-cache", "dumpavail"], capture_output=True, text=True).stdout
    package = None
    for line in told.splitlines():
        if line.startswith("Package: "):
            package = line[9:]
        elif line.startswith("Depends: ") and package:
            for one in line[9:].replace("|", ",").split(","):
                name = one.strip().split(" ")[0].split(":")[0]
                if name in names and name != package:
                    graph.add_edge(package, name)
    return graph


def famous(name):
    return lambda: nx.Graph(igraph.Graph.Famous(name).get_edgelist())


KNOWN = {
    "karate club (networkx)": nx.karate_club_graph,
    "southern women (networkx)": nx.davis_southern_women_graph,
    "Florentine families (networkx)": nx.florentine_families_graph,
    "Les Misérables (networkx)": nx.les_miserables_graph,
    "Krackhardt's kite (igraph)": famous("Krackhardt_Kite"),
    "Meredith (igraph)": famous("Meredith"),
    "Walther (igraph)": famous("Walther"),
    "Debian's dependencies (apt)": debian,
    "internet of autonomous systems 3,000 (networkx)": lambda: nx.random_internet_as_graph(3000, seed),
    "Barabási-Albert 5,000, m 2": lambda: nx.barabasi_albert_graph(5000, 2, seed),
    "Barabási-Albert 5,000, m 4": lambda: nx.barabasi_albert_graph(5000, 4, seed),
    "power-law cluster 5,000, m 3, p 0.5": lambda: nx.powerlaw_cluster_graph(5000, 3, 0.5, seed),
    "Erdős-Rényi 5,000, degree 4": lambda: nx.fast_gnp_random_graph(5000, 4 / 5000, seed),
    "Watts-Strogatz 5,000, k 6, p 0.1": lambda: nx.watts_strogatz_graph(5000, 6, 0.1, seed),
    "geometric 3,000, radius 0.03": lambda: nx.random_geometric_graph(3000, 0.03, seed=seed),
    "relaxed caveman 200 x 15, p 0.1": lambda: nx.relaxed_caveman_graph(200, 15, 0.1, seed),
    "planted parts 30 x 100": lambda: nx.planted_partition_graph(30, 100, 0.06, 0.0007, seed),
    "LFR 2,000": lambda: nx.LFR_benchmark_graph(2000, 3, 1.5, 0.1, average_degree=6, min_community=30, seed=seed),
    "duplication and divergence 4,000, p 0.4": lambda: nx.duplication_divergence_graph(4000, 0.4, seed),
    "grid 60 x 60": lambda: nx.convert_node_labels_to_integers(nx.grid_2d_graph(60, 60)),
}


WAYS = ("degree", "core", "greedy", "ours")


def reverse_greedy(edges):
    """R of the plain peer. What an account would join only grows, so a price that was looked up again is the least."""
    near = {}
    for line in edges.read_text().splitlines()[1:]:
        one, other = map(int, line.split(",")[:2])
        if one != other:
            near.setdefault(one, set()).add(other)
            near.setdefault(other, set()).add(one)
    parent, size, most, total = {}, {}, 0, 0

    def root(at):
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    def joined(at):
        return {root(other) for other in near[at] if other in parent}

    heap = [(1, len(near[at]), at) for at in near]
    heapq.heapify(heap)
    while heap:
        price, few, at = heap[0]
        parts = joined(at)
        now = 1 + sum(size[part] for part in parts)
        if now > price:
            heapq.heapreplace(heap, (now, few, at))
            continue
        heapq.heappop(heap)
        total += most  # the largest part while this account is away
        parent[at], size[at] = at, now
        for part in parts:
            parent[part] = at
        most = max(most, now)
    return total / len(near) ** 2


def measured(name, edges, ways=WAYS):
    told = subprocess.run([options.program, str(edges)], check=True, capture_output=True, text=True).stdout
    row = json.loads(told)
    if "greedy" in ways:
        row["greedy"] = reverse_greedy(edges)
    parts = " | ".join(f"{row[way] / row['static']:.2f}" if way in ways else "" for way in WAYS)
    print(f"| {name} | {row['accounts']} | {row['edges']} | {row['static']:.3f} | {parts} | {row['seconds']:.2f} |", flush=True)
    return [row[way] / row["static"] for way in ways]


print(f"seed {seed}, load {os.getloadavg()[0]:.1f}\n\n| network | accounts | edges | R of static degree | adaptive degree | CoreHD | reverse greedy | ours | s |\n|---|---|---|---|---|---|---|---|---|")
rows = []
for name, make in KNOWN.items():
    graph = make()
    if graph.number_of_edges() == 0:
        continue
    edges = folder / "dismantle.csv"
    number = {node: at for at, node in enumerate(graph)}
    edges.write_text("from,to\n" + "".join(f"{number[a]},{number[b]}\n" for a, b in graph.edges))
    rows.append(measured(name, edges))
means = [sum(column) / len(rows) for column in zip(*rows)]
print(f"| **mean of {len(rows)}** | | | | " + " | ".join(f"{mean:.3f}" for mean in means) + " | |")
if options.generator:
    base = folder / "dismantle"
    subprocess.run([sys.executable, options.generator, "90000", "1000000", str(seed), str(base)], check=True, capture_output=True)
    # The plain peer would take hours.
    measured("graph.py, 90,000 and 1,000,000", pathlib.Path(f"{base}.edges.csv"), ("degree", "core", "ours"))
