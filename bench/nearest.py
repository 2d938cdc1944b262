#!/usr/bin/env python3
"""Search within a Hamming radius: `nearest` against FAISS, in turn, in one run.

    python3 bench/nearest.py [--rows 10000000] [--radius 31] [--seed 1] [--rounds 5] [--lists uniform,clustered,...]
                             [--peers Flat,16x16,11x23]

Makes an environment with faiss-cpu and numpy under target/, builds the release form of crates/nearest, makes the
lists, and asks every contender the same queries, one by one in one thread, a slice each in turn. FAISS is asked
with `range_search`; its `radius` is exclusive. Then the rate with one and two threads. The load of the machine
stands beside each table: a figure taken under load says little, the ratio to a peer of the same run more.
"""
import argparse, importlib.metadata, json, os, pathlib, shutil, subprocess, sys, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
VENV = TARGET / "bench-nearest" / "venv"
SLICE = {"Flat": 8, "16x16": 32, "11x23": 128, "fast": 640, "lean": 320}


def in_environment():
    """Starts itself again in an environment that has the peers."""
    if pathlib.Path(sys.prefix) == VENV:
        return
    python = VENV / "bin" / "python"
    if not python.exists():
        subprocess.check_call([sys.executable, "-m", "venv", VENV])
        subprocess.check_call([python, "-m", "pip", "install", "-q", "faiss-cpu", "numpy"])
    os.execv(python, [str(python), __file__, *sys.argv[1:]])


class Ours:
    """The measuring program, one for each profile."""

    def __init__(self, name, work):
        self.name, self.folder = name, work / name
        program = TARGET / "release" / "examples" / "measure"
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"bench: {self.name} ended at {words}")
        return json.loads(line)

    def build(self, file):
        shutil.rmtree(self.folder, ignore_errors=True)
        built = self.ask("build", self.folder, self.name, file)
        return built | self.ask("open", self.folder)

    def times(self, file, radius, start, count):
        answer = self.ask("times", file, radius, start, count)
        return answer["us"], answer["found"]

    def rate(self, file, radius, threads):
        return self.ask("rate", file, radius, threads)["qps"]

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def resident():
    return int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Faiss:
    """An index of faiss-cpu in this process."""

    def __init__(self, name):
        self.name = name

    def build(self, file):
        import faiss, numpy
        self.faiss, values = faiss, numpy.fromfile(f"{file}.values", numpy.uint8).reshape(-1, 32)
        self.queries = numpy.fromfile(f"{file}.queries", numpy.uint8).reshape(-1, 32)
        before, started = resident(), time.monotonic()
        if self.name == "Flat":
            self.index = faiss.IndexBinaryFlat(256)
        else:
            tables, bits = map(int, self.name.split("x"))
            self.index = faiss.IndexBinaryMultiHash(256, tables, bits)
            self.index.nflip = {16: 1, 23: 2}[bits]
        self.index.add(values)
        bytes_each = (resident() - before) / len(values)
        return {"build_s": time.monotonic() - started, "bytes_per_hash": bytes_each, "open_ms": None}

    def times(self, file, radius, start, count):
        self.faiss.omp_set_num_threads(1)
        us, found = [], 0
        for n in range(start, start + count):
            query = self.queries[n % len(self.queries)][None]
            begun = time.perf_counter()
            limits, _, _ = self.index.range_search(query, radius + 1)
            us.append((time.perf_counter() - begun) * 1e6)
            found += int(limits[-1])
        return us, found

    def rate(self, file, radius, threads):
        self.faiss.omp_set_num_threads(threads)
        queries = self.queries[: SLICE[self.name] * 4]
        begun = time.perf_counter()
        self.index.range_search(queries, radius + 1)
        return len(queries) / (time.perf_counter() - begun)

    def close(self):
        """The end of the process is quicker."""


def percentile(times, part):
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def load():
    return pathlib.Path("/proc/loadavg").read_text().split()[0]


def compare(kind, options, work):
    file = work / kind
    contenders = [Faiss(name) for name in options.peers.split(",") if name] + [Ours("fast", work), Ours("lean", work)]
    contenders[-1].ask("list", kind, options.rows, options.seed, file)
    built = {each.name: each.build(file) for each in contenders}
    times, loads = {each.name: [] for each in contenders}, [load()]
    # Everybody answers the first queries: they agree, and everything is warm.
    found = {each.name: each.times(file, options.radius, 0, 16)[1] for each in contenders}
    for turn in range(options.rounds):
        for each in contenders:
            count = SLICE[each.name]
            times[each.name] += each.times(file, options.radius, turn * count, count)[0]
        loads.append(load())
    rates = {each.name: [each.rate(file, options.radius, threads) for threads in (1, 2)] for each in contenders}
    if len(set(found.values())) != 1:
        print(f"DIFFERENT ANSWERS: {found}")
    print(f"\n{kind}, {options.rows:,} values, radius {options.radius}, seed {options.seed}, load {' '.join(loads)}\n")
    print("| | p10 µs | p50 µs | p99 µs | bytes a value | open ms | build s | queries/s, 1 thread | 2 threads |")
    print("|---|---|---|---|---|---|---|---|---|")
    for each in contenders:
        taken, made = times[each.name], built[each.name]
        opened = "" if made["open_ms"] is None else f"{made['open_ms']:.1f}"
        cells = [f"{percentile(taken, part):.1f}" for part in (0.1, 0.5, 0.99)]
        cells += [f"{made['bytes_per_hash']:.0f}", opened, f"{made['build_s']:.1f}"]
        print(f"| {each.name} | {' | '.join(cells + [f'{rate:,.0f}' for rate in rates[each.name]])} |")
    peers = [percentile(times[each.name], 0.5) for each in contenders if isinstance(each, Faiss)]
    for each in contenders[-2:]:
        middle = percentile(times[each.name], 0.5)
        ratio = f"{min(peers) / middle:.0f} times faster than the best peer of this run" if peers else ""
        changed = each.ask("change", 20)
        print(f"\n{each.name}: p50 {middle:.1f} µs {ratio}; a new value is durable and found after "
              f"{changed['insert_ms']:.1f} ms, one that was taken out is gone after {changed['remove_ms']:.1f} ms")
    for each in contenders:
        each.close()
    for end in (".values", ".queries"):
        pathlib.Path(f"{file}{end}").unlink()


def main():
    parser = argparse.ArgumentParser(description="nearest against FAISS")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--radius", type=int, default=31)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--lists", default="uniform,clustered,flood128")
    parser.add_argument("--peers", default="Flat,16x16,11x23")
    options = parser.parse_args()
    in_environment()
    build = ["cargo", "build", "-q", "--release", "-p", "renvoi-nearest", "--example", "measure"]
    subprocess.check_call(build, cwd=ROOT)
    model = [line for line in open("/proc/cpuinfo") if line.startswith("model name")]
    print(f"{time.strftime('%Y-%m-%d')}, {model[0].split(':')[1].strip()}, {len(model)} cores, faiss-cpu {importlib.metadata.version('faiss-cpu')}", flush=True)
    work = TARGET / "bench-nearest"
    work.mkdir(exist_ok=True)
    for kind in options.lists.split(","):
        # A process for each list: the peers take minutes to give their memory back, the system takes none.
        child = os.fork()
        if child == 0:
            compare(kind, options, work)
            sys.stdout.flush()
            os._exit(0)
        if os.waitpid(child, 0)[1] != 0:
            sys.exit(f"bench: {kind} did not end well")


if __name__ == "__main__":
    main()
