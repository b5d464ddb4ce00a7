"""The README's page "How definitions change", walked through as it stands: its entry is pasted, its commands are run,
and what it prints is what they print.
"""

import io
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from worlds import hurry, write_comments

from cs_pipeline.cli.main import main
from cs_pipeline.words.settings import PROJECT

PAGE = (PROJECT / "README.md").read_text().split("## How definitions change\n")[1].split("\n## ")[0]
(ENTRY,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.S)
CONSOLE = re.findall(r"```console\n\$ (.*?)\n(.*?)```", PAGE, re.S)
FILE = "chief_environmental_health_officer.yml"


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Command -> what it printed, in the page's order, on the lists of Environmental Health alone."""
    with pytest.MonkeyPatch.context() as patched:
        hurry(patched, reconciles=True)
        write_comments(patched)
        yield walk(tmp_path_factory.mktemp("page"))


def walk(folder: Path) -> dict[str, str]:
    for name in ("environmental_health_cases", "reference"):
        shutil.copytree(PROJECT / "sources" / name, folder / "sources" / name)
    shutil.copytree(PROJECT / "cs_pipeline" / "indicators", folder / "indicators")
    told = {"first run": run(folder, "cs run")}
    for place, (command, _) in enumerate(CONSOLE):
        if place == 1:
            adopt(folder / "indicators" / FILE)
        if command.startswith("cs issue"):  # issued before the change, so that there is something to restate
            continue
        if command == "cs run":
            told |= {issue: run(folder, issue) for issue, _ in CONSOLE if issue.startswith("cs issue")}
            told["waiting"] = run(folder, 'cs sql --csv "from marts.restatement_waiting"')
            continue
        told[command] = run(folder, command)
    told["restated"] = run(folder, 'cs sql --csv "from marts.restatement"')
    told["preview at the end"] = run(folder, "cs preview")
    return told


def run(folder: Path, command: str) -> str:
    """A command of the page, in this process: what it does is what `cs` does, without starting Python anew."""
    folders = {"CS_SOURCES": "sources", "CS_WAREHOUSE": "warehouse", "CS_INDICATORS": "indicators"}
    printed = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(printed):
        patch.setenv("DAGSTER_HOME", "")  # a run sets it; put back at the end
        for name, part in folders.items():
            patch.setenv(name, str(folder / part))
        code = main(shlex.split(command)[1:])
    assert code in (0, 1), f"{command}\n{printed.getvalue()}"
    return printed.getvalue()


def adopt(path: Path) -> None:
    """Puts the page's entry where the page says: at the end of the definitions of ComS_012d."""
    before, rest = path.read_text().split("- code: ComS_012d\n")
    definitions, proposed = rest.split("  proposed:", 1)
    path.write_text(f"{before}- code: ComS_012d\n{definitions}{ENTRY}  proposed:{proposed}")


def columns(text: str) -> list[list[str]]:
    """Lines of words, however wide a terminal sets them: only columns two spaces apart are told from one another."""
    return [re.split(r"\s{2,}", line.strip()) for line in text.splitlines() if line.strip()]


@pytest.mark.proof
def test_what_the_page_shows_is_what_the_commands_print(walked: dict[str, str]) -> None:
    shown = {command: columns(text) for command, text in CONSOLE if text}
    assert shown.keys() >= {"cs why ComS_012d 2021-22-Q3", "cs preview"}
    for command, lines in shown.items():
        printed = columns(walked[command])
        for line in lines:
            assert any(row[: len(line)] == line for row in printed), (
                f"{command}: {line} is not among\n{walked[command]}"
            )


@pytest.mark.proof
def test_the_preview_lists_no_figure_that_the_page_leaves_out(walked: dict[str, str]) -> None:
    (shown,) = (columns(text) for command, text in CONSOLE if command == "cs preview")
    counted = [row for row in columns(walked["cs preview"]) if re.match(r"\d{4}/\d\d Q\d$", row[min(1, len(row) - 1)])]
    assert [row[:4] for row in counted] == [row for row in shown if re.match(r".*Q\d$", row[min(1, len(row) - 1)])]


@pytest.mark.proof
def test_an_issued_figure_waits_and_is_restated(walked: dict[str, str]) -> None:
    assert "ComS_012d,quarter,2021-22-Q3" in walked["waiting"]
    restated = [line for line in walked["restated"].splitlines() if line.startswith("ComS_012d")]
    assert any(",quarter,2021-22-Q3," in line and "Head of Environmental Health" in line for line in restated)
    assert "Nothing would change" in walked["preview at the end"]


def test_every_measure_and_file_that_the_page_names_is_there() -> None:
    for name in re.findall(r"`((?:cs_pipeline|sources|sql)/[^`]+)`", PAGE):
        assert (PROJECT / name).exists() or name.endswith(("issues.yml", "restatements.yml")), name
    assert (PROJECT / "sql" / "measures" / "case_cohort_closed_share.sql").exists()
