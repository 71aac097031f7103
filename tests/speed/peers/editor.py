"""An editor that drives any language server: what measure.py's client does, with a time limit and the tree's memory."""

import json
import threading
from pathlib import Path

from client import Client

CAPABILITIES = {
    "textDocument": {
        "synchronization": {"didSave": True},
        "publishDiagnostics": {"versionSupport": True},
        "completion": {"completionItem": {"snippetSupport": True, "labelDetailsSupport": True}},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}},
    },
    "workspace": {"didChangeConfiguration": {}},
}
# yaml-language-server looks schemas up on the web unless it is told not to; the others have no such setting.
SETTINGS = {"yaml": {"schemaStore": {"enable": False}, "kubernetesCRDStore": {"enable": False}}}


class Editor(Client):
    """One server and its documents. When the limit in seconds is over, the server is killed, and reading from it raises
    EOFError or OSError."""

    def __init__(self, command, limit):
        super().__init__(command)
        self.watchdog = threading.Timer(limit, self.process.kill)
        self.watchdog.start()
        self.version = 1

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.watchdog.cancel()
        self.process.kill()
        self.process.communicate()

    def start(self):
        """Introduces the editor; the server has answered `initialize` then."""
        asked = {"processId": None, "rootUri": None, "capabilities": CAPABILITIES, "initializationOptions": {}}
        self.offered = self.ask("initialize", asked)["capabilities"]

    def settle(self):
        """Tells the settings, as editors do after `initialize`."""
        self.notify("initialized", {})
        self.notify("workspace/didChangeConfiguration", {"settings": SETTINGS})

    def ask(self, method, params):
        """The result of a request, None where the server answers with an error."""
        return json.loads(self.request(method, params)).get("result")

    def opened(self, uri, language, text):
        """Opens a document; its findings."""
        self.uri = uri
        document = {"uri": uri, "languageId": language, "version": self.version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        self.found = self.findings()
        return self.found

    def change(self, before, line, start, end, letters):
        """Puts letters in the place of a part of a line. Returns the text; the findings are to be waited for."""
        lines = before.split("\n")
        lines[line] = lines[line][:start] + letters + lines[line][end:]
        after = "\n".join(lines)
        self.version += 1
        place = {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}
        edit = {"range": place, "text": letters} if self.takes_edits() else {"text": after}
        document = {"uri": self.uri, "version": self.version}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [edit]})
        return after

    def takes_edits(self):
        """Whether the server wants edits rather than whole texts."""
        wanted = self.offered.get("textDocumentSync")
        return (wanted.get("change") if isinstance(wanted, dict) else wanted) == 2

    def findings(self):
        return json.loads(self.diagnostics(self.uri, self.version))["params"]["diagnostics"]

    def at(self, line, character):
        """The params of a request about a place."""
        return {"textDocument": {"uri": self.uri}, "position": {"line": line, "character": character}}

    def completion(self, line, character):
        """The items that are offered at a place, as when they are called for by hand."""
        told = self.ask("textDocument/completion", {**self.at(line, character), "context": {"triggerKind": 1}})
        return told["items"] if isinstance(told, dict) else told or []

    def peak(self):
        """Mebibytes: the most that the server's processes ever held, each at its own time."""
        return sum(high_water(process) for process in tree(self.process.pid))


def tree(process):
    """The process and all below it."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process] + [below for child in children for below in tree(int(child))]


def high_water(process):
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
