"""Runs what reads strangers' files in a child process, so that no file can take the pipeline down with it.

One child is started at the first call and used again until it dies or overruns. It is a plain `python -c`:
`multiprocessing` would import the parent's `__main__` again.
"""

import math
import os
import pickle
import resource
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any, ParamSpec, Self, TypeVar, cast

from cs_pipeline.words.findings import Refused

P = ParamSpec("P")
T = TypeVar("T")

_SMALLER = "Send it in parts, or without the pictures, formats and sheets that are not part of the return."
_NEW_COPY = "Copy the table into a new workbook, or export it as CSV, and send that."
_MEMORY_ERRORS = {"MemoryError", "OutOfMemoryException"}  # Python's and DuckDB's.


@dataclass(frozen=True)
class Limits:
    """What a child may take: address space in all; processor seconds and clock seconds for each call."""

    memory_mb: int = 3000
    cpu_s: int = 120
    wall_s: float = 300.0


class Reader:
    """Calls functions in the child. Not for two threads at once; close it, or use `with`.

    One call may be begun ahead of its time, so that the child works while its parent does something else. A child also
    ends by itself within a second of its parent's end, whatever it is doing.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._begun: bytes | None = None
        self._answered: dict[bytes, tuple[bool, Any]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The function's result. Both must pickle, so the function stands at the top of an importable module.

        Raises the function's own Refused; or `too_heavy` or `reader_died`, after which the child is new;
        or `unreadable` with the type of an exception, never its text, which may quote a cell.
        """
        request = pickle.dumps((function, args, kwargs))
        try:
            self._finish_begun()
            is_done, answer = self._answered.pop(request) if request in self._answered else self._ask(request)
        except BaseException:
            self.close()  # Else a late answer would be taken for that of the next call.
            raise
        if is_done:
            return answer  # type: ignore[no-any-return]
        raise answer

    def begin(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> None:
        """Begins a call without waiting for its end: the same call later has its result, another one waits for it."""
        try:
            self._finish_begun()
            self._answered.clear()
            request = pickle.dumps((function, args, kwargs))
            self._send(self._running(), request)
            self._begun = request
        except BrokenPipeError:
            self.close()  # The call itself will say what is wrong.

    def close(self) -> None:
        """Ends the child at once, also in the middle of a call."""
        self._begun = None
        if self._process is not None:
            process, self._process = self._process, None
            process.kill()
            process.communicate()

    def _finish_begun(self) -> None:
        if self._begun is not None and self._process is not None:
            request, self._begun = self._begun, None
            self._answered = {request: self._wait(self._process)}

    def _ask(self, request: bytes) -> tuple[bool, Any]:
        process = self._running()
        try:
            self._send(process, request)
        except BrokenPipeError:
            return False, self._died(process)
        return self._wait(process)

    def _send(self, process: "subprocess.Popen[bytes]", request: bytes) -> None:
        requests = cast(IO[bytes], process.stdin)
        pickle.dump(request, requests)
        requests.flush()

    def _wait(self, process: "subprocess.Popen[bytes]") -> tuple[bool, Any]:
        """The child's answer, or why there is none; after the latter the child is new."""
        answers = cast(IO[bytes], process.stdout)
        poller = select.poll()
        poller.register(answers, select.POLLIN)
        try:
            if poller.poll(self.limits.wall_s * 1000):
                is_done, answer = pickle.load(answers)  # noqa: S301 - our own child wrote it.
            else:
                is_done, answer = False, self._too_slow()
        except (EOFError, BrokenPipeError, pickle.UnpicklingError):
            is_done, answer = False, self._died(process)
        if not is_done and answer.rule in ("too_heavy", "reader_died"):
            self.close()
        return is_done, answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            limits = f"{os.getpid()}, {self.limits.memory_mb}, {self.limits.cpu_s}"
            serve = f"import sys; sys.path[:] = {sys.path!r}; from {__name__} import serve; serve({limits})"
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and text.
                [sys.executable, "-c", serve],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # A library's warning may quote a cell.
                # Entities are refused before openpyxl starts, and defusedxml takes it twice the time.
                env=os.environ | {"OPENPYXL_DEFUSEDXML": "False"},
            )
        return self._process

    def _died(self, process: subprocess.Popen[bytes]) -> Refused:
        try:
            code = process.wait(5)
        except subprocess.TimeoutExpired:
            code = None
        if code == -signal.SIGXCPU:
            return self._too_slow()
        return Refused("reader_died", "stopped the process that was reading it", _NEW_COPY)

    def _too_slow(self) -> Refused:
        allowed = f"{self.limits.cpu_s} s of processor time, {self.limits.wall_s:g} s in all"
        return Refused("too_heavy", f"takes longer to read than is allowed ({allowed})", _SMALLER)


def serve(parent: int, memory_mb: int, cpu_s: int) -> None:
    """The child's whole life: answers requests from its standard input until that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)  # So that nothing a library prints is taken for an answer.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _limit(resource.RLIMIT_AS, memory_mb << 20)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    while True:
        try:
            request = pickle.load(requests)  # noqa: S301 - our own parent wrote it.
        except EOFError:
            return
        _limit(resource.RLIMIT_CPU, math.ceil(time.process_time()) + cpu_s)
        answers.write(_answer(request, memory_mb))
        answers.flush()


def _limit(kind: int, wanted: int) -> None:
    """Lowers or raises a soft limit, under whatever hard limit the machine has set."""
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _answer(request: bytes, memory_mb: int) -> bytes:
    try:
        function, args, kwargs = pickle.loads(request)  # noqa: S301 - our own parent wrote it.
        return pickle.dumps((True, function(*args, **kwargs)))
    except Refused as refused:
        answer = refused
    except Exception as error:  # noqa: BLE001 - whatever a parser raises on a stranger's file.
        kind = type(error).__name__
        answer = Refused("unreadable", f"cannot be read ({kind})", _NEW_COPY)
        if kind in _MEMORY_ERRORS:
            answer = Refused("too_heavy", f"needs more memory to read than is allowed ({memory_mb} MB)", _SMALLER)
    return pickle.dumps((False, answer))


def _end_with(parent: int) -> None:
    # PR_SET_PDEATHSIG fires when the thread that started the child ends, so the parent's id is watched.
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
