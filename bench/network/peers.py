#!/usr/bin/env python3
"""PageRank, k-core, components and communities beside PyPI igraph, networkit, rustworkx, leidenalg and the crate `graph`.
usage: peers.py --program PATH --peer PATH --generator graph.py [--seed 8101] [--accounts N] [--edges M] [--runs 3] [--folder DIR]
Each figure comes from a process of its own, one thread, in turn; the least of the runs counts. Seconds are of the processor."""
import argparse, json, os, pathlib, resource, subprocess, sys, time

TOOLS = {
    "pagerank": ["ours", "graph", "igraph", "networkit", "rustworkx"],
    "core": ["ours", "igraph", "networkit", "rustworkx"],
    "weak": ["ours", "graph", "igraph", "networkit", "rustworkx"],
    "strong": ["ours", "igraph", "networkit", "rustworkx"],
    "communities": ["ours", "igraph", "networkit", "leidenalg"],
}
ONE = {name: "1" for name in ("OMP_NUM_THREADS", "RAYON_NUM_THREADS", "OPENBLAS_NUM_THREADS")}


def held(field):
    line = next(line for line in open("/proc/self/status") if line.startswith(field))
    return int(line.split()[1]) / 1024


def child(tool, what, edges, out, seed):
    """One figure of one peer: a line of JSON, and a figure for each account in `out`."""
    import gc
    import numpy as np
    ends = np.load(edges)
    n = int(ends.max()) + 1
    begin = held("VmRSS")
    together = what == "communities"
    if tool in ("igraph", "leidenalg"):
        import igraph
        graph = igraph.Graph(n=n, edges=ends, directed=not together)
    elif tool == "networkit":
        import networkit
        networkit.setNumberOfThreads(1)
        networkit.setSeed(seed, False)
        pairs = (ends[:, 0].astype(np.uint64), ends[:, 1].astype(np.uint64))
        graph = networkit.GraphFromCoo(pairs, n=n, directed=not together)
        del pairs
    else:
        import rustworkx
        graph = rustworkx.PyDiGraph()
        graph.add_nodes_from(range(n))
        graph.add_edges_from_no_data(list(map(tuple, ends.tolist())))
    del ends
    gc.collect()
    graph_mib = held("VmRSS") - begin
    at = time.process_time()
    if tool == "igraph":
        if what == "pagerank":
            each = graph.pagerank(damping=0.85)
        elif what == "core":
            each = graph.coreness(mode="all")
        elif together:
            import random
            random.seed(seed)
            each = graph.community_leiden("modularity", n_iterations=2).membership
        else:
            each = graph.components(mode=what).membership
    elif tool == "leidenalg":
        import leidenalg
        each = leidenalg.find_partition(graph, leidenalg.ModularityVertexPartition, n_iterations=2, seed=seed).membership
    elif tool == "networkit":
        if what == "pagerank":
            # It stops when the root of the sum of squares moved by less in a round.
            run = networkit.centrality.PageRank(graph, 0.85, 1e-7 / n**0.5, distributeSinks=networkit.centrality.SinkHandling.DistributeSinks)
        elif what == "core":
            run = networkit.centrality.CoreDecomposition(graph)
        elif together:
            run = networkit.community.ParallelLeiden(graph)
        elif what == "weak":
            run = networkit.components.WeaklyConnectedComponents(graph)
        else:
            run = networkit.components.StronglyConnectedComponents(graph)
        run.run()
        each = run.getPartition().getVector() if what not in ("pagerank", "core") else run.scores()
    elif what == "pagerank":
        # It stops when less than `tol` for each account moved in a round.
        found = rustworkx.pagerank(graph, alpha=0.85, tol=1e-7 / n, max_iter=500)
        each = [found[at] for at in range(n)]
    elif what == "core":
        found = rustworkx.core_number(graph)
        each = [found[at] for at in range(n)]
    else:
        groups = rustworkx.weakly_connected_components(graph) if what == "weak" else rustworkx.strongly_connected_components(graph)
        each = np.zeros(n)
        for number, group in enumerate(groups):
            each[list(group)] = number
    took = time.process_time() - at
    np.asarray(each, dtype=np.float64).tofile(out)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": took, "graph_mib": graph_mib, "peak_mib": peak}))


def command(options, tool, what, base, out, seed):
    if tool == "ours":
        return [options.program, f"{base}.edges.csv", what, out]
    if tool == "graph":
        # It starts a thread for each core that it may use.
        return ["taskset", "-c", "0", options.peer, f"{base}.list", what, out]
    return [sys.executable, __file__, "--child", tool, what, f"{base}.npy", out, str(seed)]


def modularity(ends, of):
    """Of the graph without directions, a pair that reaches each other with weight 2."""
    import numpy as np
    of = of.astype(np.int64)
    inside = np.mean(of[ends[:, 0]] == of[ends[:, 1]])
    degrees = np.bincount(ends.ravel(), minlength=len(of))
    sums = np.bincount(of, weights=degrees)
    return inside - np.sum((sums / degrees.sum()) ** 2)


def same(a, b):
    """Whether two numberings divide alike."""
    import numpy as np
    pairs = np.unique(np.column_stack([a, b]), axis=0)
    return len(pairs) == len(np.unique(a)) == len(np.unique(b))


def made(options, accounts, edges, seed):
    """A graph of the generator, as text and as numpy's array; accounts of no edge stand in none of ours, so they are left out of sums."""
    import numpy as np
    base = pathlib.Path(options.folder) / f"p{accounts}-{seed}"
    if not base.with_name(base.name + ".npy").exists():
        subprocess.run([sys.executable, options.generator, str(accounts), str(edges), str(seed), str(base)], check=True)
        ends = np.loadtxt(f"{base}.edges.csv", delimiter=",", skiprows=1, dtype=np.int32)
        np.save(f"{base}.npy", ends)
        with open(f"{base}.edges.csv") as edges, open(f"{base}.list", "w") as out:
            edges.readline()
            out.writelines(line.replace(",", " ") for line in edges)
    return base


def said(what, base, figures, first):
    """What the figures of a tool are worth beside those of the reference."""
    import numpy as np
    ends = np.load(f"{base}.npy")
    there = np.bincount(ends.ravel()) > 0
    figures, first = figures[:len(there)], first[:len(there)]
    if what == "communities":
        return f"Q {modularity(ends, np.nan_to_num(figures)):.4f}"
    if what == "pagerank":
        a, b = figures[there], first[there]
        return f"apart {np.abs(a / a.sum() - b / b.sum()).sum():.1e}"
    if what == "core":
        return f"max {int(np.nanmax(figures[there]))}, " + ("same" if np.array_equal(figures[there], first[there]) else "others")
    return f"{len(np.unique(figures[there]))}, " + ("same" if same(figures[there], first[there]) else "others")


def table(options, whats, accounts, edges, seed):
    import numpy as np
    base = made(options, accounts, edges, seed)
    best = {}
    print(f"\n{accounts} accounts, {edges} edges, seed {seed}, least of {options.runs}, load {os.getloadavg()[0]:.1f}\n", flush=True)
    print("| | of | s of processor | by the best peer | graph, MiB | most held, MiB | result |\n|---|---|---|---|---|---|---|", flush=True)
    for what in whats:
        for run in range(options.runs):
            for tool in TOOLS[what]:
                if options.only and tool not in options.only:
                    continue
                out = f"{base}.{what}.{tool}"
                told = subprocess.run(command(options, tool, what, base, out, run + 1), env=os.environ | ONE, capture_output=True, text=True)
                if told.returncode:
                    print(f"{what} {tool}: {told.stderr.strip().splitlines()[-1:]}", flush=True)
                    continue
                row = json.loads(told.stdout.splitlines()[-1])
                row["figures"] = np.fromfile(out)
                if (what, tool) not in best or row["seconds"] < best[what, tool]["seconds"]:
                    best[what, tool] = row
        rows = {tool: best[what, tool] for tool in TOOLS[what] if (what, tool) in best}
        peers = [row["seconds"] for tool, row in rows.items() if tool != "ours"]
        least = min(peers, default=float("nan"))
        # Exact ranks: igraph's linear solver.
        first = rows.get("igraph", next(iter(rows.values())))["figures"]
        for tool, row in rows.items():
            print(f"| {what} | {tool} | {row['seconds']:.3f} | {row['seconds'] / least:.2f} | {row['graph_mib']:.0f} | "
                  f"{row['peak_mib']:.0f} | {said(what, base, row['figures'], first)} |", flush=True)


def main():
    if sys.argv[1:2] == ["--child"]:
        tool, what, edges, out, seed = sys.argv[2:]
        return child(tool, what, edges, out, int(seed))
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--peer", required=True)
    parser.add_argument("--generator", required=True)
    parser.add_argument("--seed", type=int, default=8101)
    parser.add_argument("--accounts", type=int, default=1_000_000)
    parser.add_argument("--edges", type=int, default=10_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", default="target/bench-network")
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--what", nargs="*", default=["graph", "communities"])
    options = parser.parse_args()
    pathlib.Path(options.folder).mkdir(parents=True, exist_ok=True)
    if "graph" in options.what:
        table(options, ["pagerank", "core", "weak", "strong"], options.accounts, options.edges, options.seed)
    if "communities" in options.what:
        for seed in range(options.seed + 1, options.seed + 4):
            table(options, ["communities"], 90_000, 1_000_000, seed)


main()
