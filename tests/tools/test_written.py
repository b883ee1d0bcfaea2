"""Documents that are written in part: only what stands between the marks changes, and whoever checks is told."""

from pathlib import Path

import pytest

from tools import written

TEXT = "Above.\n<!-- written by make docs: list -->\n- old\n<!-- end of list -->\nBelow.\n"
NEW = TEXT.replace("old", "new")


def test_between_the_marks() -> None:
    """The part is replaced, and nothing around it."""
    assert written.rewritten(TEXT, {"list": "- new\n"}) == NEW


@pytest.mark.parametrize("mark", ["<!-- written by make docs: list -->", "<!-- end of list -->"])
def test_no_place(mark: str) -> None:
    """A document without one of the marks is refused, by the part's name."""
    with pytest.raises(ValueError, match="no place for list"):
        written.rewritten(TEXT.replace(mark, ""), {"list": "- new\n"})


def test_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`--check` changes nothing: 1 with a word where the document is stale, 0 once it was written."""
    document = tmp_path / "list.md"
    document.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(written, "ROOT", tmp_path)
    for arguments, status, text in ((["--check"], 1, TEXT), ([], 0, NEW), (["--check"], 0, NEW)):
        monkeypatch.setattr("sys.argv", ["tool", *arguments])
        assert written.main(document, lambda: {"list": "- new\n"}) == status
        assert document.read_text(encoding="utf-8") == text
    assert capsys.readouterr().err == "list.md no longer shows what the code says: run make docs.\n"
