"""The results: everything as JSON, a table and a plot for people. Rows that were not measured anew stay as they were."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.plot import plot
from bench.rounds import Row

FOLDER = Path(__file__).parent
FAIRNESS = "\n![Goal 12: what quiet tenants wait beside a noisy one](fairness.svg)\n"
VERDICTS = {"aim": "yes", "first": "first", "missed": "**no**", "": "-"}
HEAD = """# Results

{machine}

A and B run in turn, the order reversed every other round. The ratio is the median of the rounds' ratios: by requests per
second, and by processor time per request (µs: the server's process; PostgreSQL's beside it where the note says so). A goal
passes on either. `yes`: the aim is reached; `first`: what it must reach at first; `no`: missed.

| goal | what | A | B | ratio | spread | aim | first | passed? | note |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""


def write(rows: Sequence[Row], machine: Mapping[str, Any], folder: Path = FOLDER) -> str:
    """Write the three files; returns the table."""
    path = folder / "results.json"
    known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["rows"] if path.exists() else {}
    known |= {row.key: {**asdict(row), "measured": machine["at"]} for row in rows}
    known = dict(sorted(known.items(), key=lambda item: _order(item[0])))
    text = json.dumps({"machine": machine, "rows": known}, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
    table = HEAD.format(machine=_sentence(machine)) + "".join(_line(row) for row in known.values())
    pictures = "![The ratios](results.svg)\n" + (FAIRNESS if "12" in known else "")
    (folder / "results.md").write_text(f"{table}\n{pictures}", encoding="utf-8")
    (folder / "results.svg").write_text(plot(list(known.values())), encoding="utf-8")
    return table


def _order(key: str) -> tuple[int, str]:
    digits = "".join(character for character in key if character.isdigit())
    return int(digits), key


def _sentence(machine: Mapping[str, Any]) -> str:
    return " ".join(
        (
            f"{machine['at']}, Python {machine['python']}, PostgreSQL {machine['postgres']}, {machine['processors']}",
            f"processors, load by {machine['tool']}, {machine['rounds']} rounds of {machine['seconds']:g} s;",
            f"load average {machine['before']:.1f} before and {machine['after']:.1f} after. {machine['note']}",
            "This is the last run; a row that it did not measure is of an earlier one, whose time stands in `results.json`.",
        )
    ).rstrip()


def _line(row: Mapping[str, Any]) -> str:
    aim = row["aim"]
    sign = "" if aim is None else "<=" if aim["at_most"] else ">="
    bounds = ("-", "-") if aim is None else (f"{sign} {aim['aim']:g}", f"{sign} {aim['first']:g}")
    ratios = ", ".join(f"{name} {value:.2f}" for name, value in row["ratios"].items())
    low, high = row["spread"]
    cells = (
        row["key"], row["what"], row["a"], row["b"], ratios, f"{low:.2f}-{high:.2f}", *bounds, VERDICTS[row["verdict"]], row["note"],
    )  # fmt: skip
    return f"| {' | '.join(cells)} |\n"
