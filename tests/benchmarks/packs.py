"""How long public packs take beyond start-up: all audiences in all forms, quarter after quarter, into new folders.

Finding what to hide, attacking it and making the public copy is done once for all packs of a round, as a night does.
"""

import statistics
import tempfile
import time
from pathlib import Path

from cs_pipeline.operate.night import Listener, night
from cs_pipeline.reports.make import FORMS, Ask, make_checked, open_for_packs, write_packs
from cs_pipeline.words.settings import PROJECT, read_settings

ROUNDS = 3
QUARTERS = ("2021-22-Q1", "2021-22-Q2", "2021-22-Q3", "2021-22-Q4", "2022-23-Q3")


def time_packs() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(PROJECT / "sources", Path(folder) / "warehouse")
        night(settings, Listener())
        with open_for_packs(settings) as given:
            write_packs(make_checked(*given, Ask("quarterly", "2020-21-Q1", ("cabinet",))), Path(folder) / "start")
        whole, protected, said, by_form = [], [], [], {form: [0.0] for form in FORMS}
        for place in range(ROUNDS):
            begun = time.perf_counter()
            with open_for_packs(settings) as given:
                protected.append(time.perf_counter() - begun)
                of_round = [make_checked(*given, Ask("quarterly", key)) for key in QUARTERS]
                said.append(time.perf_counter() - begun - protected[-1])
            for form in FORMS:
                formed = time.perf_counter()
                for packs in of_round:
                    write_packs(packs, Path(folder) / str(place), [form])
                by_form[form].append(time.perf_counter() - formed)
            whole.append(time.perf_counter() - begun)
            _forget_drawings()
    n_packs = sum(map(len, of_round))
    spread = f"median {statistics.median(whole):.1f} s, {min(whole):.1f} to {max(whole):.1f}"
    print(f"  {n_packs} packs of {len(QUARTERS)} quarters in {len(FORMS)} forms: {spread} (aim: under 20 s)")
    alone, each = statistics.median(protected), statistics.median(said) / n_packs
    print(f"  to find what to hide, attack it and make the public copy, once: median {alone:.2f} s")
    print(f"  what they say, each read once more: median {each:.3f} s a pack; so one alone takes {alone + each:.2f} s")
    print("  and its forms (aim: under 2 s a pack)")
    for form, taken in by_form.items():
        print(f"  as {form}: median {statistics.median(taken[1:]):.1f} s")


def _forget_drawings() -> None:
    """A round draws every chart anew, as a new process would."""
    from cs_pipeline.reports.charts import draw_chart, draw_line

    draw_chart.cache_clear()
    draw_line.cache_clear()
