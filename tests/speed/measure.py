#!/usr/bin/env python3
"""How fast the program is, each figure beside a reference taken in the same run. Absolute times drift with the machine;
the ratios are what the goals speak of.

    cargo build --profile dist && python3 tests/speed/measure.py target/dist/connect-policy
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import documents
from client import Client

RUNS = 40


def milliseconds(run):
    begin = time.perf_counter()
    run()
    return (time.perf_counter() - begin) * 1e3


def median(values):
    return statistics.median(values)


def p99(values):
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.99))]


def process(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


def python(code, *arguments):
    process(sys.executable, "-I", "-S", "-c", code, *map(str, arguments))


def loading(size):
    """Milliseconds of json.loads on a template of so many bytes, in a process that runs already."""
    text = documents.template(size)
    return median([milliseconds(lambda: json.loads(text)) for _ in range(9 if size < 2e6 else 3)]) * size / len(text)


def echoed(answer, read):
    """Milliseconds of an answer through `cat` and back: what pipes and this client add to it. Up to what pipes hold."""
    client = Client(["cat"])
    frame = b"Content-Length: %d\r\n\r\n%s" % (len(answer), answer)
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        client.process.stdin.write(frame)
        client.process.stdin.flush()
        read(client)
        times.append((time.perf_counter() - begin) * 1e3)
    client.process.stdin.close()
    client.process.wait(20)
    return median(times)


class Table:
    def __init__(self):
        print(f"{'what':58} {'median':>10} {'p99':>9}   {'reference':34} {'ratio':>7}  goal")

    def row(self, what, values, reference=None, goal="", unit="ms", named=""):
        values = values if isinstance(values, list) else [values]
        middle = median(values)
        tail = f"{p99(values):9.2f}" if len(values) >= 20 else " " * 9
        beside = f"{named} {reference:.2f}" if reference else named
        ratio = f"{middle / reference:7.2f}" if reference else " " * 7
        print(f"{what:58} {middle:7.2f} {unit:2} {tail}   {beside:34} {ratio}  {goal}", flush=True)


def start(table, binary):
    ours, bare = [], []
    for _ in range(RUNS):
        begin = time.perf_counter()
        client = Client([binary, "lsp"])
        client.start()
        ours.append((time.perf_counter() - begin) * 1e3)
        client.stop()
        bare.append(milliseconds(lambda: process(sys.executable, "-c", "pass")))
    table.row("process start to initialize answered", ours, median(bare), "<= 0.5", named="bare CPython start")


def typing(table, binary):
    for size, goal in ((100_000, "<= 3"), (550_000, "<= 3")):
        reference = loading(size)
        texts = {
            "json": documents.template(size),
            "yaml": documents.template(size, write=documents.cloudformation_yaml),
            "terraform": documents.terraform(size),
        }
        for language, text in texts.items():
            for full in (False, True) if size < 200_000 else (False,):
                if full:
                    text = documents.terraform(size, True) if language == "terraform" else documents.template(size, True, documents.cloudformation_yaml if language == "yaml" else None)
                client = Client([binary, "lsp"])
                client.start()
                uri = f"file:///t.{ {'json': 'json', 'yaml': 'yaml', 'terraform': 'tf'}[language] }"
                client.open(uri, language, text)
                lines = text.split("\n")
                # In the middle, behind the first letters of an action.
                line = next(index for index in range(len(lines) // 2, len(lines)) if '"connect:' in lines[index])
                character = lines[line].index('"connect:') + len('"connect:') + 2
                times = []
                for version in range(2, 2 + 3 * RUNS):
                    is_typed = version % 2 == 0
                    end = character if is_typed else character + 1
                    edit = {"range": {"start": {"line": line, "character": character}, "end": {"line": line, "character": end}}, "text": "x" if is_typed else ""}
                    begin = time.perf_counter()
                    client.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": [edit]})
                    answer = client.diagnostics(uri, version)
                    times.append((time.perf_counter() - begin) * 1e3)
                what = f"keystroke to diagnostics, {size // 1000} KB of {language}{', full of findings' if full else ''}"
                table.row(what, times, reference, goal, named="json.loads of as many bytes")
                apart(table, times, answer, lambda client: json.loads(client.read()))
                if size < 200_000 and not full:
                    complete(table, client, uri, line, character - 2, language)
                    pipelined(table, client, uri, line, character, language)
                client.stop()


def complete(table, client, uri, line, character, language):
    times = []
    for _ in range(3 * RUNS):
        client.last_id += 1
        begin = time.perf_counter()
        client.write({"id": client.last_id, "method": "textDocument/completion", "params": {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}})
        answer = client.read()
        times.append((time.perf_counter() - begin) * 1e3)
        # What else the server says meanwhile is no answer.
        if b'"result"' not in answer[:400]:
            times.pop()
            client.wait_for(lambda message: message.get("id") == client.last_id)
    table.row(f"completion after `connect:` in it ({len(answer) // 1000} KB)", times, goal="<= 1 ms", named=f"p99 / p50 = {p99(times) / median(times):.1f}")
    apart(table, times, answer, Client.read)


def apart(table, times, answer, read):
    """How much of it is not the server's: its answer through `cat`."""
    added = echoed(answer, read)
    table.row("  of that, the server", max(0.0, median(times) - added), named=f"as many bytes through `cat` {added:.2f}")


def pipelined(table, client, uri, line, character, language):
    edits = []
    for number in range(5_000):
        edit = {"range": {"start": {"line": line, "character": character}, "end": {"line": line, "character": character + number % 2}}, "text": "" if number % 2 else "x"}
        edits.append({"method": "textDocument/didChange", "params": {"textDocument": {"uri": uri, "version": 1_000 + number}, "contentChanges": [edit]}})
    frames = b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(frame), frame) for frame in (json.dumps({"jsonrpc": "2.0", **edit}).encode() for edit in edits))
    begin = time.perf_counter()
    client.process.stdin.write(frames)
    client.process.stdin.flush()
    client.diagnostics(uri, 5_999)
    table.row(f"5,000 pipelined edits of it, {language}", (time.perf_counter() - begin) * 1e3, goal="<= 100 ms")


READ_ALL = "import json, pathlib, sys\nfor path in pathlib.Path(sys.argv[1]).iterdir(): json.loads(path.read_text())"


def many_files(table, binary, folder):
    for number in range(1_000):
        text = json.dumps(documents.policy(4, number % 50 == 0, number), indent=2)
        (folder / f"p{number}.json").write_text(text)
    ours, reference = [], []
    for _ in range(9):
        ours.append(milliseconds(lambda: process(binary, "check", "--exit-zero", str(folder))))
        reference.append(milliseconds(lambda: python(READ_ALL, folder)))
    table.row("check of 1,000 policies of 2 KB, whole process", ours, median(reference), "<= 3", named="CPython loading them")


def large(table, binary, folder):
    empty = folder / "empty.json"
    empty.write_text("{}")
    start = median([milliseconds(lambda: process(binary, "check", str(empty))) for _ in range(9)])
    writers = {
        "json": lambda size, wrong: documents.template(size, wrong),
        "yaml": lambda size, wrong: documents.template(size, wrong, documents.cloudformation_yaml),
        "tf": lambda size, wrong: documents.terraform(size, wrong),
    }
    reference = loading(5_000_000)
    for suffix, write in writers.items():
        for wrong in (False, True):
            times = {}
            for size in (500_000, 5_000_000, 50_000_000):
                path = folder / f"large.{suffix}"
                text = write(size, wrong)
                path.write_text(text)
                run = lambda: process(binary, "check", "--exit-zero", "--format", "json", str(path))
                times[size] = max(0.01, median([milliseconds(run) for _ in range(3 if size > 9e6 else 9)]) - start) * size / len(text)
                if size == 50_000_000 and not wrong:
                    peak = peak_memory(binary, path)
                    table.row(f"memory of check on 50 MB of {suffix}", peak, len(text) / 2**20, "<= 8 and 20 MB", "MB", "the file's MB")
                path.unlink()
            full = ", full of findings" if wrong else ""
            table.row(f"check of 5 MB of {suffix}{full}, less the start", times[5_000_000], reference, "<= 4", named="json.loads of as many bytes")
            for small, big in ((500_000, 5_000_000), (5_000_000, 50_000_000)):
                table.row(f"  {small / 1e6:g} to {big / 1e6:g} MB, a byte", times[big] / 10, times[small], "<= 1.15", named="the smaller one")


def peak_memory(binary, path):
    before = os.fork()
    if before == 0:
        process(binary, "check", "--exit-zero", str(path))
        used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        Path(f"{path}.memory").write_text(str(used))
        os._exit(0)
    os.waitpid(before, 0)
    note = Path(f"{path}.memory")
    used = float(note.read_text())
    note.unlink()
    return used


def lists(table, binary, folder):
    def timed(entries):
        names = [f"connect:{name}{number}" for number in range(entries // 7) for name in documents.NAMES[:7]]
        one = {**documents.statement(1, False), "Action": names}
        path = folder / "list.json"
        path.write_text(json.dumps({"Version": "2012-10-17", "Statement": [one]}))
        return median([milliseconds(lambda: process(binary, "check", "--exit-zero", "--format", "json", str(path))) for _ in range(9)])

    table.row("a list of 20,000 wrong names, a name", timed(20_000) / 2, timed(10_000), "<= 1.15", named="a list of 10,000")

    def statements(count):
        path = folder / "statements.json"
        path.write_text(json.dumps(documents.policy(count)))
        return median([milliseconds(lambda: process(binary, "check", "--exit-zero", "--format", "json", str(path))) for _ in range(9)])

    table.row("1,000 statements, a statement", statements(1_000) / 2, statements(500), "<= 1.15", named="500 statements")


def memory(table, binary):
    client = Client([binary, "lsp"])
    client.start()
    table.row("memory, idle", client.memory(), goal="<= 8 MB", unit="MB")
    text = documents.template(5_000_000)
    client.open("file:///large.json", "json", text)
    table.row("memory, 5 MB document open", client.memory(), len(text) / 2**20, "<= 12", "MB", "the document's MB")
    table.row("memory, at most", client.memory("VmHWM"), len(text) / 2**20, "", "MB", "the document's MB")
    client.notify("textDocument/didClose", {"textDocument": {"uri": "file:///large.json"}})
    client.request("workspace/symbol", {"query": "x"})
    table.row("memory, after it was closed", client.memory(), unit="MB")
    client.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("--only", action="append", choices=["start", "typing", "files", "large", "lists", "memory"], help="a part alone; may be repeated")
    arguments = parser.parse_args()
    binary = str(Path(arguments.binary).resolve())
    wanted = arguments.only or ["start", "typing", "files", "large", "lists", "memory"]
    table = Table()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "start" in wanted:
            start(table, binary)
        if "typing" in wanted:
            typing(table, binary)
        if "files" in wanted:
            (folder / "many").mkdir()
            many_files(table, binary, folder / "many")
        if "lists" in wanted:
            lists(table, binary, folder)
        if "large" in wanted:
            large(table, binary, folder)
        if "memory" in wanted:
            memory(table, binary)
    table.row("the program itself", Path(binary).stat().st_size / 1e6, goal="<= 5 MB", unit="MB")


if __name__ == "__main__":
    main()
