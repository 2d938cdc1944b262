"""Peers of `cells`: pairs of accounts that shared an object within a window, with how often, into a CSV.

    python3 cell_peers.py numpy|duckdb|toolkit EVENTS.csv OUT.csv

- numpy: events sorted by object and time, compared with the next, the one after it, … within the window.
- duckdb: a self-join in SQL, one thread.
- toolkit: PyPI coordination-network-toolkit, `co_retweet`, one process.

The window is 60 s for all; pairs that share less than two objects are left out.
"""

import csv
import os
import sys
import tempfile

WINDOW_SECONDS = 60
SHARED_MIN = 2


def by_numpy(events, out):
    import numpy as np

    rows = np.loadtxt(events, delimiter=",", skiprows=1, dtype=np.int64)
    rows = rows[np.lexsort((rows[:, 0], rows[:, 2]))]
    time, account, thing = rows.T
    found, step = [], 1
    while step < len(rows):
        near = (thing[step:] == thing[:-step]) & (time[step:] - time[:-step] <= WINDOW_SECONDS)
        if not near.any():
            break
        one, other = account[:-step][near], account[step:][near]
        apart = one != other
        found.append(np.column_stack([np.minimum(one, other), np.maximum(one, other), thing[:-step][near]])[apart])
        step += 1
    shared = np.unique(np.vstack(found), axis=0)
    pairs, counts = np.unique(shared[:, :2], axis=0, return_counts=True)
    kept = counts >= SHARED_MIN
    np.savetxt(out, np.column_stack([pairs[kept], counts[kept]]), fmt="%d", delimiter=",")


def by_duckdb(events, out):
    import duckdb

    base = duckdb.connect()
    base.execute("SET threads = 1")
    base.execute(f"CREATE TABLE ev AS SELECT * FROM read_csv('{events}')")
    base.execute(
        f"""COPY (SELECT a.account, b.account, count(DISTINCT a.object) AS n FROM ev a JOIN ev b
            ON a.object = b.object AND a.account < b.account AND abs(a.time - b.time) <= {WINDOW_SECONDS}
            GROUP BY 1, 2 HAVING n >= {SHARED_MIN}) TO '{out}' (HEADER false)"""
    )


def by_toolkit(events, out):
    import sqlite3

    from coordination_network_toolkit.compute_networks import compute_co_retweet_parallel
    from coordination_network_toolkit.preprocess import preprocess_data

    with tempfile.TemporaryDirectory() as folder:
        base = os.path.join(folder, "toolkit.db")
        with open(events) as table:
            rows = csv.reader(table)
            next(rows)
            preprocess_data(
                base, ((at, who, who, what, "", "", int(time), []) for at, (time, who, what) in enumerate(rows))
            )
        compute_co_retweet_parallel(base, WINDOW_SECONDS, n_threads=1, min_edge_weight=SHARED_MIN)
        pairs = sqlite3.connect(base).execute(
            "SELECT user_1, user_2, weight FROM co_retweet_network WHERE user_1 < user_2 AND weight >= ?", (SHARED_MIN,)
        )
        with open(out, "w") as table:
            csv.writer(table).writerows(pairs)


{"numpy": by_numpy, "duckdb": by_duckdb, "toolkit": by_toolkit}[sys.argv[1]](sys.argv[2], sys.argv[3])
