"""Stand-ins for a release host and for GitHub's API of comments, on this machine's loopback address."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class GitHub:
    """Serves the files of a folder as releases, and keeps the comments of one pull request."""

    def __init__(self, releases: Path):
        self.releases = releases
        self.comments: list[dict] = []
        self.requests: list[str] = []
        self.is_read_only = False
        github = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def answer(self, status: int, body: bytes):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def handle_api(self):
                path, _, query = self.path.partition("?")
                github.requests.append(f"{self.command} {path}")
                if self.headers["Authorization"] != "Bearer the-token":
                    return self.answer(401, b"{}")
                if self.command == "GET":
                    page = int(re.search(r"(?<![_\w])page=(\d+)", query)[1])
                    size = int(re.search(r"per_page=(\d+)", query)[1])
                    return self.answer(200, json.dumps(github.comments[(page - 1) * size : page * size]).encode())
                if github.is_read_only:
                    return self.answer(403, b"{}")
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]
                if len(body) > 65536:
                    return self.answer(422, b"{}")
                if self.command == "POST":
                    github.add(body, "Bot")
                    return self.answer(201, b"{}")
                number = int(path.rsplit("/", 1)[1])
                github.comments[number]["body"] = body
                return self.answer(200, b"{}")

            def do_GET(self):
                if self.path.startswith("/api/"):
                    return self.handle_api()
                file = github.releases / self.path.removeprefix("/releases/")
                if not file.is_file():
                    return self.answer(404, b"")
                return self.answer(200, file.read_bytes())

            do_POST = do_PATCH = handle_api

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def add(self, body: str, kind: str):
        url = f"{self.address}/api/repos/acme/infra/issues/comments/{len(self.comments)}"
        self.comments.append({"url": url, "user": {"type": kind}, "body": body})
