"""Opens what was written in LibreOffice, which reads as strictly as an office does, and prints it as PDF."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

READERS = {".docx": ("Writer", "libswlo.so"), ".xlsx": ("Calc", "libsclo.so")}


def to_pdf(path: Path, folder: Path) -> Path:
    """The file as PDF in the folder; skips the test where LibreOffice, or its part for such files, is not installed.

    Its profile is one of its own in that folder, so that neither an open LibreOffice nor another test is in the way.
    """
    soffice = shutil.which("soffice")
    name, library = READERS[path.suffix]
    if soffice is None or not (Path(soffice).resolve().parent / library).exists():
        pytest.skip(f"LibreOffice {name} is not installed (Debian: apt install libreoffice-{name.lower()}).")
    profile = (folder / "profile").resolve().as_uri()
    command = [
        soffice,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        folder,
        path,
    ]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        said, _ = started.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        os.killpg(started.pid, signal.SIGKILL)  # LibreOffice is a child of what was started, and would go on.
        started.communicate()
        raise
    made = folder / f"{path.stem}.pdf"
    assert made.exists(), said.decode()
    return made


def pages_of(pdf: Path) -> list[str]:
    """The text of every page; skips the test where pdftotext is not installed."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (Debian: apt install poppler-utils).")
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True, timeout=60)
    return done.stdout.decode().split("\f")[:-1]
