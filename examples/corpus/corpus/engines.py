"""Who does the work: anything with the interface of `concurrent.futures.Executor`."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

from pyrus.sexp import pcb

from corpus.analysis import Figures, examine

__all__ = ["ENGINES", "Outcome", "engine", "outcomes"]

ENGINES = ("threads", "processes", "dask")

BATCH = 20
"""As many boards are one task: handing out a task costs a cluster more than analysing a board."""

Outcome = tuple[Path, "Figures | Exception"]


def engine(name: str, workers: int, scheduler: str | None = None) -> AbstractContextManager[Executor]:
    """An executor with so many workers; `dask` uses the cluster at `scheduler`, or starts one on this machine."""
    if name == "threads":
        return ThreadPoolExecutor(workers)
    if name == "processes":
        return ProcessPoolExecutor(workers)
    return _dask(workers, scheduler)


@contextmanager
def _dask(workers: int, scheduler: str | None) -> Iterator[Executor]:
    # Needed here alone, and without types of its own.
    distributed: Any = importlib.import_module("dask.distributed")
    with ExitStack() as open_ones:
        if scheduler is None:
            cluster = distributed.LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)
            scheduler = open_ones.enter_context(cluster).scheduler_address
        client = open_ones.enter_context(distributed.Client(scheduler))
        yield open_ones.enter_context(client.get_executor())


def outcomes(executor: Executor, paths: Sequence[Path], rules: pcb.Rules) -> Iterator[Outcome]:
    """Analyse all boards; each outcome as it comes in. Boards that take their worker down have an outcome, too."""
    batches = [paths[at : at + BATCH] for at in range(0, len(paths), BATCH)]
    pending = {executor.submit(_examine_all, batch, rules): batch for batch in batches}
    for future in as_completed(pending):
        batch = pending.pop(future)
        try:
            results = future.result()
        except Exception as error:
            results = [error] * len(batch)
        yield from zip(batch, results)


def _examine_all(paths: Sequence[Path], rules: pcb.Rules) -> list[Figures | Exception]:
    return [examine(path, rules) for path in paths]
