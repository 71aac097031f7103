"""The same work done by every tool that can do it, in turns, so that a machine that is busy meanwhile is busy for all."""

import json
import os
import signal
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import List, Optional

import documents
from editor import Editor
from samples import large_policy, large_template

# Seconds that a task may take a tool in one turn.
LIMIT = 120
# A figure is the median of all turns. A turn is so many runs, or as many as ten seconds hold, and one at least.
TURNS, RUNS, ENOUGH = 3, 15, 10


@dataclass
class Cost:
    """What one thing costs: milliseconds of every run, and mebibytes at most, None where that is not measured."""

    times: List[float]
    mebibytes: Optional[float] = None
    is_over_limit: bool = False

    @property
    def milliseconds(self):
        return None if self.is_over_limit else statistics.median(self.times)


def in_turns(task, tools):
    """The cost of a task for each tool, None for None in the place of a tool."""
    costs = [tool and Cost([]) for tool in tools]
    for _ in range(TURNS):
        for tool, cost in zip(tools, costs):
            if tool and not cost.is_over_limit:
                add(cost, task, tool)
    return costs


def add(cost, task, tool):
    """One turn more of a tool."""
    begin = time.perf_counter()
    try:
        times, mebibytes = task(tool)
    except (EOFError, OSError, subprocess.TimeoutExpired):
        if time.perf_counter() - begin < LIMIT:
            raise  # it failed by itself
        cost.is_over_limit, cost.mebibytes = True, None
        return
    cost.times += times
    cost.mebibytes = mebibytes and max(mebibytes, cost.mebibytes or 0)


def repeated(run):
    """What the runs of one turn return."""
    values, begin = [], time.perf_counter()
    while not values or (len(values) < RUNS and time.perf_counter() - begin < ENOUGH):
        values.append(run())
    return values


def start(tool):
    """From starting the process to the answer of `initialize`."""

    def once():
        begin = time.perf_counter()
        with Editor(tool.serves, LIMIT) as editor:
            editor.start()
            return (time.perf_counter() - begin) * 1e3

    return repeated(once), None


def keystrokes(tool, path):
    """From a letter inside an action, in the middle of the document, to the findings of the new text."""
    text = path.read_text()
    lines = text.split("\n")
    line = next(number for number in range(len(lines) // 2, len(lines)) if '"connect:' in lines[number])
    column = lines[line].index('"connect:') + len('"connect:De')
    with Editor(tool.serves, LIMIT) as editor:
        editor.start()
        editor.settle()

        def once():
            nonlocal text
            typed = editor.version % 2 == 1
            begin = time.perf_counter()
            text = editor.change(text, line, column, column + (not typed), "x" if typed else "")
            editor.findings()
            return (time.perf_counter() - begin) * 1e3

        editor.opened(path.as_uri(), tool.language(path), text)
        return repeated(once), editor.peak()


# Starts a command without Python's memory counted as the command's, and tells what it cost.
MEASURE = """
import json, os, sys, time
begin = time.perf_counter()
quiet = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
used = os.wait4(process, 0)[2]
print(json.dumps([(time.perf_counter() - begin) * 1e3, used.ru_maxrss / 1024]))
"""


def checking(tool, path):
    """A whole run of the checker, from its start to its end."""
    runs = repeated(lambda: measured(tool.checks(path)))
    return [milliseconds for milliseconds, _ in runs], max(mebibytes for _, mebibytes in runs)


def measured(command):
    """Milliseconds, and mebibytes at most."""
    run = subprocess.Popen([sys.executable, "-I", "-S", "-c", MEASURE, *command], stdout=subprocess.PIPE, start_new_session=True)
    try:
        return json.loads(run.communicate(timeout=LIMIT)[0])
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        raise


def write_documents(folder):
    """The documents to work on, by name."""
    written = {}

    def write(name, text):
        written[name] = folder / name
        written[name].parent.mkdir(exist_ok=True)
        written[name].write_text(text)

    write("100KB.yaml", large_template(100_000, documents.cloudformation_yaml))
    write("550KB.yaml", large_template(550_000, documents.cloudformation_yaml))
    write("policy.json", large_policy(5_000_000))
    write("template.json", large_template(5_000_000, documents.cloudformation_json))
    write("template.yaml", large_template(5_000_000, documents.cloudformation_yaml))
    for number in range(1_000):
        write(f"policies/{number}.json", json.dumps(documents.policy(4, number % 50 == 0, number), indent=2))
        write(f"templates/{number}.yaml", large_template(2_000, documents.cloudformation_yaml))
    return written


def tasks(folder):
    """Titles, the kind of file that a tool has to read for it ("server" for a server's work), and what to measure."""
    written = write_documents(folder)
    yield "start until `initialize` is answered", "server", start
    for size in ("100KB", "550KB"):
        yield f"keystroke to findings, a template of {size.replace('KB', ' KB')} in YAML", "server", lambda tool, size=size: keystrokes(tool, written[f"{size}.yaml"])
    checks = [
        ("1,000 policies of 2 KB", "policy", folder / "policies"),
        ("1,000 templates of 2 KB in YAML", "template.yaml", folder / "templates"),
        ("a policy of 5 MB", "policy", written["policy.json"]),
        ("a template of 5 MB in JSON", "template.json", written["template.json"]),
        ("a template of 5 MB in YAML", "template.yaml", written["template.yaml"]),
    ]
    for title, kind, path in checks:
        yield f"checking {title}", kind, lambda tool, path=path: checking(tool, path)


def can(tool, kind):
    return tool.serves if kind == "server" else tool.checks and kind in tool.reads
