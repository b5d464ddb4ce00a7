"""`cs ui`: the Dagster page on this machine."""

import os
import signal
import sys

from cs_pipeline.cli.common import Asked, Verbs, add_sources, add_verb
from cs_pipeline.words.settings import PROJECT, read_settings


def add_verbs(verbs: Verbs) -> None:
    parser = add_verb(verbs, "ui", "Open the Dagster page on 127.0.0.1; stop it with Ctrl-C.", "cs ui --port 3000", ui)
    parser.add_argument("--port", type=int, default=3000, help="port on 127.0.0.1 (default: 3000)")
    add_sources(parser)


def ui(asked: Asked) -> int:
    """Becomes Dagster's own process, with its home and this project's folders."""
    from cs_pipeline.orchestration.run import prepare_home

    prepare_home(read_settings(asked.sources, asked.warehouse))
    print(f"The Dagster page: http://127.0.0.1:{asked.port} (stop it with Ctrl-C)", flush=True)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # A job of the background ignores it, and could not be ended.
    os.chdir(PROJECT)  # where pyproject.toml names the module to load and its code location
    os.execv(sys.executable, [sys.executable, "-m", "dagster", "dev", "-h", "127.0.0.1", "-p", str(asked.port)])  # noqa: S606
