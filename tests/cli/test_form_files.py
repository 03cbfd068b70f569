"""The files below a folder."""

from __future__ import annotations

from pathlib import Path

from pfscore.cli.session import files_below


def test_a_folder_is_searched_and_a_file_is_taken_as_it_is(tmp_path: Path) -> None:
    for name in ("b/2.json", "b/1.csv", "a.yaml", ".git/x.json", "~$a.xlsx", "out.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    found = files_below([str(tmp_path), "-", "none.json"], leave=[str(tmp_path / "out.html")])
    assert [path.removeprefix(f"{tmp_path}/") for path in found] == ["a.yaml", "b/1.csv", "b/2.json", "-", "none.json"]
