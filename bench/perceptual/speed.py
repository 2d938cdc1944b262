"""Processor time of PyPI pdqhash on 1080p pixels, as `pdq_time` prints ours: name, least, median, microseconds."""
import time

import numpy as np
import pdqhash

pixels = (np.random.default_rng(1).random((1080, 1920, 3)) * 255).astype(np.uint8)
for name, run in (("pypi-hash", pdqhash.compute), ("pypi-dihedral", pdqhash.compute_dihedral)):
    times = []
    for _ in range(5):
        start = time.process_time()
        run(pixels)
        times.append(round((time.process_time() - start) * 1e6))
    print(name, min(times), sorted(times)[2])
