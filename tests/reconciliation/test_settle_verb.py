"""`cs settle`: a decision written by the command, and the figure that goes out with it; `cs why` names who decided."""

import re
from pathlib import Path

import pytest
from conftest import run_cs
from test_decisions import MONTHS, state_in
from worlds import World, asb_book, log, new_world


@pytest.mark.proof
def test_a_held_figure_goes_out_once_it_is_settled() -> None:
    with new_world() as world:
        tabs = {month: [log(f"NP-{month.replace('-', '')}05-0001")] for month in MONTHS}
        world.drop("police_asb", "asb.xlsx", asb_book("2020-04-15", tabs))
        state_in(world, "12", "13")
        settings = world.settings
        where = ("--sources", str(settings.sources), "--warehouse", str(settings.warehouse))
        at = where[2:]
        named = {"CS_KEY_FILE": str(settings.key_file)}
        assert run_cs("run", *where, **named).returncode == 1
        keys = re.findall(r"key (\w{12})", run_cs("reconcile", "--code", "ComS_011", *at).stdout)
        because = ("--because", "The incidents were counted one by one.", "--by", "Chief Communities Officer")

        refused = run_cs("settle", keys[0], *because, *where, **named)
        assert refused.returncode == 2
        assert "needs an order that names deliveries and KPI" in refused.stderr
        assert run_cs("settle", "0" * 12, *because, *where, **named).stderr.startswith(
            "cs: No open conflict has the key"
        )

        done = run_cs("settle", keys[0], "--order", "deliveries, service data, KPI", *because, *where, **named)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "precedence.yml" in done.stdout
        told = run_cs("why", "ComS_011", "2019/20", *at).stdout
        assert "2019/20: 12\n" in told
        assert "Decided by Chief Communities Officer on " in told
        assert "The incidents were counted one by one." in told

        (names,) = re.findall(r"key (\w{12})", run_cs("reconcile", "--kind", "several_names", *at).stdout)
        no_order = run_cs("settle", names, "--order", "deliveries, KPI", *because, *where, **named)
        assert "holds no figure, so no order settles it" in no_order.stderr
        done = run_cs("settle", names, *because, *where, **named)
        assert done.returncode == 0, done.stdout + done.stderr
        assert run_cs("reconcile", "--kind", "several_names", *at).stdout == "Nothing disagrees.\n"
        again = run_cs("reconcile", "--kind", "several_names", "--all", *at)
        assert "settled · Chief Communities Officer on" in again.stdout
        assert decisions(world) == ["precedence.yml", "settlements.yml"]


def decisions(world: World) -> list[str]:
    folder: Path = world.settings.decisions
    return sorted(path.name for path in folder.glob("*.yml"))
