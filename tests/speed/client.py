"""A language client that measures: one server process, one document after the other."""

import json
import subprocess
import time


class Client:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.last_id = 0

    def write(self, *messages):
        frames = (json.dumps({"jsonrpc": "2.0", **message}).encode() for message in messages)
        self.process.stdin.write(b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(frame), frame) for frame in frames))
        self.process.stdin.flush()

    def read(self):
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if not length:
            raise EOFError("the server ended")
        return self.process.stdout.read(length)

    def wait_for(self, wanted):
        """The bytes of the first message that is wanted; what the server asks meanwhile is answered with null."""
        while True:
            data = self.read()
            message = json.loads(data)
            if wanted(message):
                return data
            if "id" in message and "method" in message:
                self.write({"id": message["id"], "result": None})

    def request(self, method, params):
        self.last_id += 1
        number = self.last_id
        self.write({"id": number, "method": method, "params": params})
        return self.wait_for(lambda message: message.get("id") == number and "method" not in message)

    def notify(self, method, params):
        self.write({"method": method, "params": params})

    def start(self):
        """Milliseconds from here to the answer of `initialize`."""
        begin = time.perf_counter()
        completion = {"completionItem": {"snippetSupport": True, "labelDetailsSupport": True}}
        # As VS Code declares them.
        completion["completionList"] = {"itemDefaults": ["commitCharacters", "editRange", "insertTextFormat", "insertTextMode", "data"]}
        capabilities = {"textDocument": {"completion": completion, "publishDiagnostics": {"versionSupport": True}}}
        self.request("initialize", {"processId": None, "rootUri": None, "capabilities": capabilities})
        self.notify("initialized", {})
        return (time.perf_counter() - begin) * 1e3

    def open(self, uri, language, text):
        self.notify("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": language, "version": 1, "text": text}})
        self.diagnostics(uri, 1)

    def diagnostics(self, uri, version=None):
        def wanted(message):
            params = message.get("params") or {}
            is_of_document = message.get("method") == "textDocument/publishDiagnostics" and params.get("uri") == uri
            return is_of_document and (version is None or params.get("version") in (None, version))

        return self.wait_for(wanted)

    def memory(self, field="VmRSS"):
        """Mebibytes of the process."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith(field))

    def stop(self):
        self.request("shutdown", None)
        self.notify("exit", None)
        self.process.wait(20)
