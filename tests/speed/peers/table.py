"""The two tables in Markdown, as the README shows them."""

import datetime
import os
import platform
import re

from speed import LIMIT

NOT_ITS_WORK = "–"
FOOTNOTE = "–: not a purpose of the tool. ¹ Without a schema: the tool does not include one, and had no network access. It reports YAML syntax errors only."
BEGIN, END = "<!-- peers: begin -->", "<!-- peers: end -->"


def line(cells):
    return "| " + " | ".join(cells) + " |"


def head(first, tools):
    return [line([first] + [tool.name + (" ¹" if tool.name == "yaml-language-server" else "") for tool in tools]), line(["---"] * (1 + len(tools)))]


def duration(milliseconds):
    """Two or three figures, in the unit that fits."""
    value, unit = (milliseconds, "ms") if milliseconds < 1_000 else (milliseconds / 1_000, "s")
    return f"{value:.{0 if value >= 99.5 else 1}f} {unit}"


def megabytes(value):
    return f"{value:.0f} MB"


def beside(value, ours):
    """How many times ours a value is."""
    factor = value / ours
    return f"{factor:,.0f}×" if factor >= 9.95 else f"{factor:.1f}×"


def cell(cost, ours, field, write):
    """One figure, with its ratio unless it is ours."""
    if cost is None:
        return NOT_ITS_WORK
    value = getattr(cost, field)
    if value is None:
        return f"> {LIMIT} s" if field == "milliseconds" else "stopped"
    return write(value) if cost is ours else f"{write(value)} ({beside(value, getattr(ours, field))})"


def speed_table(tools, rows):
    """Rows are titles with a cost for each tool, ours first, None where a tool does not do the work."""
    lines = head("median time, and peak memory", tools)
    for title, costs in rows:
        lines.append(line([title] + [cell(cost, costs[0], "milliseconds", duration) for cost in costs]))
        if costs[0].mebibytes:
            lines.append(line(["… memory"] + [cell(cost, costs[0], "mebibytes", megabytes) for cost in costs]))
    return lines


def slips_table(tools, rows):
    return head("finding or feature", tools) + [line([title, *cells]) for title, cells in rows]


def written(tools, speed_rows, slip_rows):
    versions = ", ".join(f"{tool.name} {tool.version}" for tool in tools)
    day = datetime.date.today().isoformat()
    where = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    parts = [[f"Run of {day}: {versions}; {where}."]]
    parts += [slips_table(tools, slip_rows)] if slip_rows else []
    parts += [speed_table(tools, speed_rows)] if speed_rows else []
    return "\n\n".join("\n".join(part) for part in [*parts, [FOOTNOTE]])


def put_between_markers(path, text):
    """Puts the tables into a file, between its markers."""
    whole = path.read_text()
    pattern = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
    if not pattern.search(whole):
        raise SystemExit(f"{path} has no {BEGIN} … {END}")
    path.write_text(pattern.sub(lambda _: f"{BEGIN}\n{text}\n{END}", whole))
