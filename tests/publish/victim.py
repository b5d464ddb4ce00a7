"""Runs nights that kill themselves: a process that has the product imported and forks a victim for each line it is
sent.

A line is a JSON object: the world's folder, the named point, and the number of times it is passed before the kill. The
answer is the signal that ended the victim, or its exit code below zero. An argument names a file to recall from, and
nights are then hurried. Forking keeps a kill at the price of a night, not of the
imports.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from worlds import World, hurry, recall_from

from cs_pipeline.publish import release
from cs_pipeline.warehouse import archive, load
from cs_pipeline.warehouse import build as building


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_at(
    owner: Any, name: str, passes: int, *, after: bool = False, counts: Callable[..., bool] = lambda *_: True
) -> None:
    """Wraps a function so that its call number `passes` + 1 is the last thing that this process does."""
    real = getattr(owner, name)
    left = [passes]

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if not counts(*args):
            return real(*args, **kwargs)
        left[0] -= 1
        if left[0] < 0 and not after:
            die()
        result = real(*args, **kwargs)
        if left[0] < 0:
            die()
        return result

    setattr(owner, name, wrapped)


def is_part(path: Path) -> bool:
    return path.suffix == ".part"


def is_link(_: Any, to: Any) -> bool:
    return str(to).endswith(".duckdb")


POINTS: dict[str, Callable[[int], None]] = {
    "after archive": lambda n: kill_at(archive, "keep", n, after=True),
    "in load": lambda n: kill_at(load, "_check_rows", n),
    "in a model": lambda n: kill_at(building, "comment_on", n),
    "before the sync": lambda n: kill_at(release, "make_durable", n, counts=is_part),
    "between sync and switch": lambda n: kill_at(release, "switch", n),
    "in the switch": lambda n: kill_at(os, "replace", n, counts=is_link),
    "after the switch": lambda n: kill_at(release, "switch", n, after=True),
}


def main() -> None:
    if len(sys.argv) > 1:
        hurry(pytest.MonkeyPatch())
        recall_from(Path(sys.argv[1]))
    for line in sys.stdin:
        asked = json.loads(line)
        victim = os.fork()
        if victim == 0:
            try:
                POINTS[asked["point"]](asked["passes"])
                World(Path(asked["folder"])).run()
                os._exit(0)
            finally:
                os._exit(1)
        _, status = os.waitpid(victim, 0)
        print(os.WTERMSIG(status) if os.WIFSIGNALED(status) else -os.WEXITSTATUS(status), flush=True)


if __name__ == "__main__":
    main()
