"""The files of many parts, made one after another or by several processes, in order.

A fault of one part is a value here and stops no other: executors keep whatever goes wrong, panics
of native code included, with the part.
"""

from __future__ import annotations

import copyreg
import multiprocessing
from collections import deque
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor, Future

K = TypeVar("K")
P = TypeVar("P")


def _proxy(content: dict[object, object]) -> MappingProxyType[object, object]:
    return MappingProxyType(content)


# Empty mappings stand as defaults in many records, and are such proxies.
copyreg.pickle(MappingProxyType, lambda proxy: (_proxy, (dict(proxy),)))

Files = dict[str, bytes]
"""Contents by the end of the file's name."""


class Made(NamedTuple, Generic[K]):
    """The files of a part, or what went wrong with it."""

    key: K
    files: Files
    error: BaseException | None = None


def each_made(
    keys: Sequence[K], part: Callable[[K], P], render: Callable[[P], Files], jobs: int
) -> Iterator[Made[K]]:
    """What each of `keys` becomes, in their order; at most `jobs` + 1 parts are held at once.

    `part` is called in this process, one at a time; `render` in processes of its own where `jobs`
    is over 1, so that it and what it takes must be such as can be sent to one.
    """
    with ExitStack() as stack:
        here = stack.enter_context(ThreadPoolExecutor(1))
        if jobs <= 1:
            for key in keys:
                yield _ended(key, here.submit(lambda key=key: render(part(key))))  # type: ignore[misc]
            return
        context = multiprocessing.get_context("spawn")
        there = stack.enter_context(ProcessPoolExecutor(jobs, mp_context=context))
        waiting: deque[tuple[K, Future[Files]]] = deque()
        for key in keys:
            made = here.submit(part, key)
            error = made.exception()
            if error is not None:
                waiting.append((key, _failed(here, error)))
            else:
                waiting.append((key, _sent(there, here, render, made.result())))
            if len(waiting) > jobs:
                yield _ended(*waiting.popleft())
        while waiting:
            yield _ended(*waiting.popleft())


def _sent(there: Executor, here: Executor, render: Callable[[P], Files], one: P) -> Future[Files]:
    """Have a part rendered there; here, once a process there was ended from outside."""
    try:
        return there.submit(render, one)
    except BrokenProcessPool:
        return here.submit(render, one)


def _failed(here: Executor, error: BaseException) -> Future[Files]:
    def again() -> Files:
        raise error

    return here.submit(again)


def _ended(key: K, future: Future[Files]) -> Made[K]:
    error = future.exception()
    return Made(key, {} if error is not None else future.result(), error)


def kind_and_place(error: BaseException) -> Mapping[str, str]:
    """What an unforeseen error is and where it arose: never its text, which may hold names."""
    place = ""
    step = error.__traceback__
    while step is not None:
        file = step.tb_frame.f_code.co_filename.replace("\\", "/")
        if "/monitor_cli/" in file:
            place = f"{file.rsplit('/', 1)[-1]}:{step.tb_lineno}"
        step = step.tb_next
    return {"kind": type(error).__name__, "place": place}
