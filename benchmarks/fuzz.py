"""Break it for a long time: cells and files that nobody wrote, scored on every path.

    python benchmarks/fuzz.py [--cells N] [--files N] [--minutes M] [--seed S] [--state FILE] [--write]

Cells are those of the corpus, changed at random; each pair of them comes back nine times with other numbers, as words
that are known are read another way. Each row is scored by `score_many`, `score`, as a line of a stream and by
`score_batch`; one in five by `score_form` and by the engine's passes, which are the definition; one batch
in ten by `score --rows`, which knows nothing of what was scored before. All must say the same. Files are forms,
rulesets and office files of the project, of which bytes or values are changed at random: they are read or refused, and
what is read is scored and audited. Whatever else comes out, and whatever takes longer than a second, is a fault, and
printed with its batch.

Batches are drawn from the seed and their number alone. `--state` keeps how far it came, so that the next run goes on
there; without limits it runs until Ctrl-C. Nothing is kept but counts and the first faults. `--write` puts the figures
into README.md.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import logging
import platform
import random
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import pfscore  # noqa: E402
from pfscore.cli import main as command_line  # noqa: E402
from pfscore.rulesets.search import builtin_ids  # noqa: E402
from pfscore.scoring.row.engine import Engine  # noqa: E402
from pfscore.scoring.row_lines import scored_line  # noqa: E402
from tests.corpus.lines import HEADERS, read  # noqa: E402

PAGE = ROOT / "benchmarks" / "README.md"
PAIRS, ALIKE, FILES = 50, 10, 100  # of a batch: pairs of cells, rows of each pair, files
ONE_IN = 5  # rows that are scored by the slow paths too
SECONDS = 1.0
KEPT = 50
ON = "2024-12-31"
#: What is put into cells: signs, numbers, words, and characters that look like others or like nothing.
PIECES = (
    *"0123456789.,%‰≥≤＝=><±~-—/、，。；:()（）【】万亿百千人元个次年月日",
    *(
        "不低于",
        "不超过",
        "左右",
        "以上",
        "以内",
        "较上年增长",
        "个百分点",
        "年底前",
        "未",
        "有效提升",
        "且",
        "或",
        "控制在",
    ),
    *(
        "\u2028",
        "\u2029",
        "\u200b",
        "\u00a0",
        "\u3000",
        "\ufeff",
        "\u0300",
        "\U0001f600",
        "\x00",
        "\ud800",
        "½",
        "①",
        "Ⅲ",
    ),
    *("1" * 400, "(" * 60, "1,000", "1e9", "NaN"),
)
NOT_TEXT: tuple[Any, ...] = (
    0.5,
    float("nan"),
    True,
    None,
    [],
    {},
    Decimal("1.5"),
    Fraction(1, 3),
    10,
    -1,
    b"5",
    ["1"],
    "10",
    Decimal("NaN"),
)
Row = Mapping[str, Any]


def changed(text: str, draw: random.Random) -> str:
    """Return a cell that is changed in up to four places."""
    for _ in range(draw.choice((0, 1, 1, 1, 2, 4))):
        at, end = sorted((draw.randrange(len(text) + 1), draw.randrange(len(text) + 1)))
        match draw.randrange(6):
            case 0:
                text = text[:at] + draw.choice(PIECES) + text[at:]
            case 1:
                text = text[:at] + text[min(end, at + 3) :]
            case 2:
                text = text[:at] + chr(draw.randrange(0x3000 if draw.random() < 0.5 else 0x20000)) + text[at + 1 :]
            case 3:
                text = text[:at] + text[at:end] * 2 + text[end:]
            case 4:
                text = text[:at] + str(draw.randrange(10 ** draw.randrange(1, 9))) + text[at:]
            case _:
                text = draw.choice((text, draw.choice(CELLS)[0]))[:at] + draw.choice(CELLS)[0]
    return text


NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
CELLS = [(line.text, line.comparator, line.unit) for name in HEADERS for line in read(name)]


def row(draw: random.Random) -> dict[str, Any]:
    """Return a row of two cells of the corpus, changed."""
    (target, comparator, unit), (actual, _, other) = draw.choice(CELLS), draw.choice(CELLS)
    made: dict[str, Any] = {
        "target": changed(target, draw),
        "actual": changed(draw.choice((actual, target)), draw),
        "points": draw.choice(("10", "2.5", "0", "", "10分", "-1", "1e3", "99999999999", "5", "4")),
    }
    if draw.random() < 0.6:
        made |= {"comparator": comparator, "unit": draw.choice((unit, other))}
    if draw.random() < 0.5:
        made |= {
            "name": changed(draw.choice(CELLS)[0], draw),
            "path": ["产出指标", draw.choice(("数量指标", "成本指标"))],
        }
    if draw.random() < 0.02:
        made[draw.choice(tuple(made))] = draw.choice(NOT_TEXT)
    return made


def rows_alike(draw: random.Random) -> Iterator[dict[str, Any]]:
    """Yield a row, and rows of the same words and other numbers."""
    first = row(draw)
    yield first
    for _ in range(ALIKE - 1):
        yield {key: _with_numbers(cell, draw) if key in {"target", "actual"} else cell for key, cell in first.items()}


def _with_numbers(cell: Any, draw: random.Random) -> Any:
    if not isinstance(cell, str) or not draw.randrange(4):
        return cell
    return NUMBER.sub(lambda _: _number(draw), cell)


def _number(draw: random.Random) -> str:
    whole = str(draw.randrange(10 ** draw.randrange(1, 8)))
    return whole if draw.random() < 0.7 else f"{whole}.{draw.randrange(10 ** draw.randrange(1, 4))}"


def facts(one: pfscore.IndicatorScore) -> tuple[object, ...]:
    """Return what a row came to."""
    return one.outcome.value, one.score, one.low, one.high, one.met, one.rule, tuple(one.codes)


def written(line: Mapping[str, Any]) -> tuple[object, ...]:
    """Return the same from a line of a stream."""
    numbers = (None if line[key] is None else Decimal(line[key]) for key in ("score", "low", "high"))
    return line["outcome"], *numbers, line["met"], line["rule"], tuple(line["codes"])


def is_text(one: Row) -> bool:
    """Return whether a row can stand in a file: its cells are text that can be encoded."""
    path = one.get("path", [])
    cells = [*(cell for key, cell in one.items() if key != "path"), *(path if isinstance(path, list) else [b""])]
    # A form with a name that is no text is refused as a whole.
    return one.get("name", "") is not None and all(
        cell is None or (isinstance(cell, str) and _can_be_encoded(cell)) for cell in cells
    )


def _can_be_encoded(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


def differences(rules: pfscore.Rules, name: str, rows: list[dict[str, Any]], *, anew: bool) -> Iterator[str]:
    """Yield what the paths say differently about rows; `anew` by the command line too."""
    many = [facts(one) for one in rules.score_many(rows)]
    yield from _alone(rules, rows, many)
    texts = [(one, found) for one, found in zip(rows, many, strict=True) if is_text(one)]
    lines = [json.dumps(one, ensure_ascii=False).encode() for one, _ in texts]
    told = {
        "a line": [written(scored_line(rules, line, number).data) for number, line in enumerate(lines, 1)],
        "score --rows": _by_command_line(name, lines) if anew else [found for _, found in texts],
    }
    for path, answers in told.items():
        for (one, found), answer in zip(texts, answers, strict=True):
            if answer != found:
                yield f"{path} {answer}, score_many {found}: {one!r}"
    for one, found in texts[::ONE_IN]:
        form = pfscore.Form.model_validate({"title": "表", "indicators": [one]})
        if (scored := facts(rules.score_form(form).indicators[0])) != found:
            yield f"score_form {scored}, score_many {found}: {one!r}"
    if find_spec("pyarrow"):
        yield from _of_columns(rules, texts)


def _alone(rules: pfscore.Rules, rows: list[dict[str, Any]], many: list[tuple[object, ...]]) -> Iterator[str]:
    for number, (one, found) in enumerate(zip(rows, many, strict=True)):
        # An error where what is remembered of words is not what the engine says.
        Engine.checks_frames = number % ONE_IN == 0
        started = time.process_time()
        if (alone := facts(rules.score(**one))) != found:
            yield f"score {alone}, score_many {found}: {one!r}"
        if time.process_time() - started > SECONDS:
            yield f"slow: {one!r}"
    Engine.checks_frames = False


def _by_command_line(name: str, lines: list[bytes]) -> list[tuple[object, ...]]:
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as printed:
        file = Path(folder) / "rows.jsonl"
        file.write_bytes(b"\n".join(lines))
        with contextlib.redirect_stderr(io.StringIO()):
            command_line(("score", str(file), "--rows", "--ruleset", name, "--on", ON))
    return [written(json.loads(answer)) for answer in printed.getvalue().split("\n")[:-1]]


def _of_columns(rules: pfscore.Rules, texts: list[tuple[dict[str, Any], tuple[object, ...]]]) -> Iterator[str]:
    import pyarrow as pa

    keys = ("target", "actual", "points", "comparator", "unit", "name", "path")
    table = pa.table({key: [one.get(key) for one, _ in texts] for key in keys})
    for (one, found), told in zip(texts, rules.score_batch(table).to_pylist(), strict=True):
        column = told["outcome"], told["low"], told["high"], told["met"], told["rule"], tuple(told["codes"])
        wanted = found[0], *found[2:]
        if column != wanted and all(number is None or _exponent(number) >= -12 for number in found[2:4]):
            yield f"score_batch {column}, score_many {wanted}: {one!r}"


def _exponent(number: object) -> int:
    exponent = number.as_tuple().exponent if isinstance(number, Decimal) else 0
    return exponent if isinstance(exponent, int) else 0


#: What is changed: files of the project, each read by what it is.
SOURCES = [
    *sorted((ROOT / "examples").glob("*.*")),
    *sorted((ROOT / "tests" / "wild" / "forms").glob("*.json")),
    *sorted((ROOT / "tests" / "bad" / "files").glob("*.*")),
    *sorted((ROOT / "rulesets").rglob("*.yaml")),
]


def changed_file(data: bytes, draw: random.Random) -> bytes:
    """Return a file that is changed in up to eight places, or cut off; or one with other values in up to four."""
    if draw.random() < 0.5 and not data.startswith((b"PK", b"%PDF")):
        for _ in range(draw.choice((1, 1, 2, 4))):
            data = _with_another_value(data, draw)
        return data
    made = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 8))):
        at = draw.randrange(len(made) + 1)
        match draw.randrange(5):
            case 0:
                made[at : at + 1] = bytes([draw.randrange(256)])
            case 1:
                made[at : at + draw.randrange(1, 200)] = b""
            case 2:
                made[at:at] = draw.choice(
                    (b"{", b"[", b'"', b": ", b"\n  - ", b"&a ", b"\xef\xbb\xbf", b"\x00", "，".encode())
                )
            case 3:
                made[at:at] = made[at : at + draw.randrange(1, 2000)]
            case _:
                del made[draw.randrange(len(made) + 1) :]
    return bytes(made)


VALUE = re.compile(rb'"[^"\\n]*"|[0-9][0-9.]*|(?<=[:,\\[ ])[^][{}:,"\\s]+')
VALUES = [
    *(
        b"null",
        b"true",
        b"0",
        b"-1",
        b"1e400",
        b"0.1",
        b'""',
        b'"\xe3\x80\x80"',
        b"[]",
        b"{}",
        b'"2023"',
        b'"100%"',
        b"[[]]",
    ),
    *(
        b"2023-13-01",
        b'"\xe4\xb8\x8d\xe9\x80\x82\xe7\x94\xa8"',
        b"9" * 300,
        b'"' + b"\xe5\xb9\xb4" * 300 + b'"',
        b"*a",
        b"!!x",
        b"~",
    ),
]


def _with_another_value(data: bytes, draw: random.Random) -> bytes:
    start = draw.randrange(len(data) + 1)
    old = VALUE.search(data, start) or VALUE.search(data)
    if old is None:
        return data
    other = VALUE.search(data, draw.randrange(len(data) + 1))
    new = other[0] if other is not None and draw.random() < 0.6 else draw.choice(VALUES)
    return data[: old.start()] + new + data[old.end() :]


def faults_of_file(source: Path, data: bytes, rules: pfscore.Rules) -> Iterator[str]:
    """Read a file; yield what comes out that is neither a form nor an error of the project."""
    started = time.process_time()
    try:
        if source.suffix == ".yaml" and ROOT / "rulesets" in source.parents:
            pfscore.load_ruleset(data, on=ON)
        else:
            for form in pfscore.load_forms(data):
                rules.score_form(form)
                pfscore.audit(form, ruleset=rules)
    except pfscore.PfscoreError as error:
        str(error), error.render("en")
    except Exception as error:  # noqa: BLE001 - whatever else comes out is a fault
        yield f"{type(error).__name__}: {error}: {source.name}"
    if time.process_time() - started > 2 * SECONDS:
        yield f"slow, {time.process_time() - started:.1f} s: {source.name}"


class Count:
    """How far the run has come; what it found."""

    def __init__(self, state: Path | None) -> None:
        kept = json.loads(state.read_text(encoding="utf-8")) if state is not None and state.exists() else {}
        self.state, self.done = state, Counter(kept.get("done", {}))
        self.faults: list[str] = kept.get("faults", [])

    def add(self, **counts: int) -> None:
        """Count what was done, and keep it."""
        self.done.update(counts)
        if self.state is not None:
            kept = {"done": self.done, "faults": self.faults}
            self.state.write_text(json.dumps(kept, ensure_ascii=True, indent=1), encoding="utf-8")

    def report(self, fault: str, batch: str) -> None:
        """Print a fault, and keep it where it is one of the first."""
        self.done["faults"] += 1
        print(f"batch {batch}: {fault[:2000]!r}", flush=True)
        if len(self.faults) < KEPT:
            self.faults.append(f"batch {batch}: {fault[:500]}")


def one_batch(seed: int, number: int, loaded: Mapping[str, pfscore.Rules], count: Count) -> None:
    """Run a batch of rows under one ruleset, and one of files."""
    draw = random.Random(f"{seed}/{number}")
    name = sorted(loaded)[number % len(loaded)]
    rows = [one for _ in range(PAIRS) for one in rows_alike(draw)]
    _guarded(lambda: differences(loaded[name], name, rows, anew=number % 10 == 0), f"{seed}/{number}", count)
    count.add(batches=1, rows=len(rows), cells=2 * len(rows), words=2 * PAIRS)
    for _ in range(FILES):
        source = draw.choice(SOURCES)
        data = changed_file(source.read_bytes(), draw)
        _guarded(lambda: faults_of_file(source, data, loaded[name]), f"{seed}/{number}", count)  # noqa: B023
    count.add(files=FILES)


def _guarded(faults: Callable[[], Iterator[str]], batch: str, count: Count) -> None:
    try:
        for fault in faults():
            count.report(fault, batch)
    except Exception as error:  # noqa: BLE001 - whatever comes out is a fault
        count.report(f"{type(error).__name__}: {error}", batch)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cells", type=int, default=10_000_000)
    parser.add_argument("--files", type=int, default=1_000_000)
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--state", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    logging.getLogger("pfscore").setLevel(logging.CRITICAL)
    loaded = {name: pfscore.load_ruleset(name, on=ON) for name in builtin_ids()}
    count, started = Count(options.state), time.monotonic()
    with contextlib.suppress(KeyboardInterrupt):
        while (count.done["cells"] < options.cells or count.done["files"] < options.files) and (
            time.monotonic() - started < options.minutes * 60
        ):
            before = time.process_time()
            one_batch(options.seed, count.done["batches"], loaded, count)
            count.add(milliseconds=round((time.process_time() - before) * 1000))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {platform.machine()}, seed {options.seed}",
        f"{count.done['cells']:,} cells in {count.done['rows']:,} rows, of {count.done['words']:,} different wordings",
        f"{count.done['files']:,} files",
        f"{count.done['faults']:,} faults",
        f"{count.done['milliseconds'] / 1000:,.0f} s of work, {most:.0f} MiB at most",
    ]
    print("\n".join(lines))
    if options.write:
        head, mark, rest = PAGE.read_text(encoding="utf-8").partition("<!-- fuzz -->\n")
        tail = rest.partition("```\n\n")[2] if rest.startswith("```text") else rest
        text = "\n".join(["```text", *lines, "```", "", ""])
        PAGE.write_text(f"{head}{mark}{text}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
