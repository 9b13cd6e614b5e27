"""Each figure that the documentation quotes, by one command: ``uv run python -m benchmarks.NAME``.

Figures are ratios between things measured in one run, interleaved, with the median of several
rounds; absolute times depend on the machine and are shown for orientation only.
"""
