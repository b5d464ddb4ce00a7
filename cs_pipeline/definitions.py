"""Dagster's door: `dagster dev` and the daemon load the whole graph from here. People use `cs`."""

import dagster as dg

from cs_pipeline.orchestration import run


@dg.definitions
def defs() -> dg.Definitions:
    return run.definitions()
