"""The same work done by every tool that can do it, one after the other, so that a slow machine is slow for all."""

import json
import os
import signal
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Optional

import documents
from editor import Editor
from samples import large_policy, large_template

# Seconds that one task of one tool may take.
LIMIT = 120
# A figure is the median of so many runs, or of as many as half a minute holds, and of three at least.
RUNS, ENOUGH, FEWEST = 40, 30, 3


@dataclass
class Cost:
    """None is what took more than the limit."""

    milliseconds: Optional[float]
    mebibytes: Optional[float] = None


def repeated(run):
    """The median of what a run returns, in the mean time the machine drifts."""
    values, begin = [], time.perf_counter()
    while len(values) < RUNS and (len(values) < FEWEST or time.perf_counter() - begin < ENOUGH):
        values.append(run())
    return statistics.median(values)


def start(tool):
    """From starting the process to the answer of `initialize`."""

    def once():
        begin = time.perf_counter()
        with Editor(tool.serves, LIMIT) as editor:
            editor.start()
            return (time.perf_counter() - begin) * 1e3

    return Cost(repeated(once))


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

        try:
            editor.opened(path.as_uri(), tool.language(path), text)
            return Cost(repeated(once), editor.peak())
        except (EOFError, OSError):
            return Cost(None)


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
    costs = []

    def once():
        costs.append(measured(tool.checks(path)))
        return costs[-1][0]

    try:
        return Cost(repeated(once), max(cost[1] for cost in costs))
    except subprocess.TimeoutExpired:
        return Cost(None)


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
    """Titles, the kind of file that a tool has to read for it, and what to measure. A list as kind means a server's work."""
    written = write_documents(folder)
    yield "start to `initialize` answered", "server", start
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
