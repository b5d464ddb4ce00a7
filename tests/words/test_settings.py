"""The environment may move folders, and may not switch checks off."""

from pathlib import Path

import pytest

from cs_pipeline.words.settings import PROJECT, UnsafeEnvironment, check_environment, read_settings


def test_the_command_line_wins_over_the_environment_and_both_over_the_project(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert read_settings().sources == PROJECT / "sources"
    monkeypatch.setenv("CS_SOURCES", str(tmp_path / "a"))
    assert read_settings().sources == tmp_path / "a"
    assert read_settings(tmp_path / "b").sources == tmp_path / "b"


def test_reference_data_of_the_project_serves_where_a_set_of_deliveries_brings_none(tmp_path: Path) -> None:
    settings = read_settings(tmp_path)
    assert settings.source_folder("reference/areas") == PROJECT / "sources" / "reference/areas"
    assert settings.source_folder("police_asb") == tmp_path / "police_asb"
    (tmp_path / "reference" / "areas").mkdir(parents=True)
    assert settings.source_folder("reference/areas") == tmp_path / "reference" / "areas"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PANDERA_VALIDATION_ENABLED", "False"),
        ("PANDERA_VALIDATION_ENABLED", "0"),
        ("PANDERA_VALIDATION_ENABLED", "yes"),
        ("PANDERA_VALIDATION_DEPTH", "SCHEMA_ONLY"),
        ("PANDERA_VALIDATION_DEPTH", "DATA_ONLY"),
    ],
)
def test_a_switch_that_passes_everything_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UnsafeEnvironment, match=f"{name} switches checks off. Unset it"):
        check_environment()


def test_the_ordinary_environment_is_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    check_environment()
    monkeypatch.setenv("PANDERA_VALIDATION_ENABLED", "True")
    check_environment()
