"""`make simulation` shows a day where readers find it."""

from pathlib import Path

from tools.simulation import BY, write
from tools.written import BEGIN, END, part


def test_written(tmp_path: Path) -> None:
    """The table between its marks, with the command and the machine; the plot beside it; the rest of the page stays."""
    document, picture = tmp_path / "page.md", tmp_path / "picture.svg"
    document.write_text(f"# A day\n{BEGIN.format(by=BY, name='day')}\nold\n{END.format(name='day')}\nend\n")
    (tmp_path / "day.txt").write_text("The books balance.\n")
    (tmp_path / "day.svg").write_text("<svg/>")
    write(tmp_path, document, picture, "manage simulate --seed 7")
    shown = part(document.read_text(), "day", by=BY)
    assert shown.endswith("```text\n$ manage simulate --seed 7\nThe books balance.\n```\n")
    assert "processors, Python" in shown
    assert document.read_text().startswith("# A day\n")
    assert document.read_text().endswith("\nend\n")
    assert picture.read_text() == "<svg/>"
