"""An npm registry on this machine's loopback address, with the packages of a folder of `npm pack` archives."""

import hashlib
import base64
import json
import tarfile
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Registry:
    def __init__(self, archives: list[Path]):
        self.fetched: list[str] = []
        registry = self
        packages = {}
        for path in archives:
            with tarfile.open(path) as archive:
                manifest = json.load(archive.extractfile("package/package.json"))
            packages[manifest["name"]] = (path, manifest)

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                path = urllib.parse.unquote(self.path.lstrip("/"))
                if path.endswith(".tgz"):
                    body = next(archive for archive, _ in packages.values() if archive.name == path).read_bytes()
                    registry.fetched.append(path)
                elif path in packages:
                    archive, manifest = packages[path]
                    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
                    dist = {"tarball": f"{registry.address}/{archive.name}", "integrity": f"sha512-{digest}"}
                    version = manifest["version"]
                    document = {"name": path, "dist-tags": {"latest": version}, "versions": {version: manifest | {"dist": dist}}}
                    body = json.dumps(document).encode()
                else:
                    return self.send_error(404)
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
