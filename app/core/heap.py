"""The garbage collector, set for a server: what was made at the start is not looked through again and again.

By default CPython walks the young objects after every 700 new ones, and all objects every so often. A request
makes some hundred containers that live until its answer leaves, so with many requests under way the collector
took more than a third of the time (measured: 37 % at 64 connections), all of it while nobody else could run.
"""

import gc

YOUNG, MIDDLE, OLD = 50_000, 20, 20


def settle() -> None:
    """Call once, when everything is imported and the app is assembled, before the first request."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
