#!/usr/bin/env python3
"""Builds the documentation site: the pages of this folder, a page for each rule, action and permission, and a check of all links.

    site.py PROGRAM MDBOOK OUT

The pages of names are what PROGRAM explains, so that site, editors and command line say the same.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

DOCS = Path(__file__).resolve().parent
REPOSITORY = DOCS.parents[1]
GITHUB = "https://github.com/connect-policy/connect-policy/blob/main"


def explanations(program: str, names: list[str]) -> dict[str, str]:
    """The Markdown page of each name."""
    pages: dict[str, str] = {}
    # A command line cannot be as long as all names together.
    for start in range(0, len(names), 100):
        done = subprocess.run(
            [program, "explain", "--format", "json", *names[start : start + 100]], capture_output=True, text=True, check=True
        )
        for explanation in json.loads(done.stdout)["explanations"]:
            pages.setdefault(explanation["name"], explanation["text"])
    missing = set(names) - pages.keys()
    if missing:
        raise SystemExit(f"site.py: not explained: {sorted(missing)}")
    return pages


def data(path: str):
    return json.loads((REPOSITORY / "catalog/data" / path).read_text())


def file_name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9.-]", "_", name) + ".md"


def sources(ids: list[str], titles: dict[str, str]) -> str:
    if not ids:
        return ""
    return "\n\nSources: " + "; ".join(titles[one] for one in ids) + "\n"


def write_pages(folder: Path, title: str, entries: list[tuple[str, str, str]]) -> list[str]:
    """Writes a list of names with a page for each. Returns the lines of the summary."""
    folder.mkdir(parents=True)
    lines = [f"- [{title}]({folder.name}/index.md)"]
    index = f"# {title}\n\n| name | summary |\n| --- | --- |\n"
    for name, summary, page in entries:
        (folder / file_name(name)).write_text(f"# {name}\n\n{page}\n")
        index += f"| [`{name}`]({file_name(name)}) | {summary.replace('|', '&#124;')} |\n"
        lines.append(f"  - [{name}]({folder.name}/{file_name(name)})")
    (folder / "index.md").write_text(index)
    return lines


def reference(program: str, source: Path) -> str:
    """Writes the pages of rules, actions and permissions. Returns their part of the summary."""
    titles = {one["id"]: one["title"] for one in data("sources.json")["sources"]}
    rules = json.loads(subprocess.run([program, "rules", "--format", "json"], capture_output=True, text=True, check=True).stdout)["rules"]
    pages = explanations(program, [rule["id"] for rule in rules])
    entries = [(rule["id"], rule["summary"], pages[rule["id"]]) for rule in rules]
    lines = write_pages(source / "rule", "Each rule", entries)
    lines.append("\n# Catalog\n")
    for path in sorted((REPOSITORY / "catalog/data/actions").glob("*.json")):
        service = data(f"actions/{path.name}")
        if not service.get("family"):
            continue
        names = {f"{service['prefix']}:{action['name']}": action for action in service["actions"]}
        pages = explanations(program, list(names))
        entries = [
            (name, action.get("summary") or "", pages[name] + sources(action.get("sources") or service["sources"], titles))
            for name, action in names.items()
        ]
        lines += write_pages(source / service["prefix"], f"{service['name']} actions", entries)
    permissions = {one["name"]: one for one in data("permissions.json")["permissions"]}
    pages = explanations(program, list(permissions))
    entries = [(name, one.get("summary") or "", pages[name] + sources(one["sources"], titles)) for name, one in permissions.items()]
    lines += write_pages(source / "permission", "Security profile permissions", entries)
    return "\n".join(lines) + "\n"


def outside_links(text: str, folder: str) -> str:
    """Relative links to files of the repository as links to GitHub."""

    def link(found: re.Match) -> str:
        target = (REPOSITORY / folder / found[1]).resolve()
        return f"]({GITHUB}/{target.relative_to(REPOSITORY)}{found[2] or ''})"

    return re.sub(r"\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)", link, text)


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if values.get("id"):
            self.anchors.add(values["id"])
        for name in ("href", "src"):
            if values.get(name):
                self.links.append(values[name])


def broken_links(site: Path) -> list[str]:
    """Links inside the site whose page or heading does not exist."""
    pages: dict[Path, Page] = {}
    for path in site.rglob("*.html"):
        pages[path] = Page()
        pages[path].feed(path.read_text())
    broken = []
    for path, page in pages.items():
        # Its links are from the root of the server, which is not known here.
        if path.name in ("404.html", "toc.html"):
            continue
        for link in page.links:
            address, anchor = urldefrag(link)
            if re.match(r"[a-z]+:", address):
                continue
            target = (path.parent / unquote(address)).resolve() if address else path
            if target.is_dir():
                target /= "index.html"
            if not target.is_file() or (anchor and target in pages and unquote(anchor) not in pages[target].anchors):
                broken.append(f"{path.relative_to(site)}: {link}")
    return broken


def main(program: str, mdbook: str, out: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder)
        source = book / "src"
        source.mkdir()
        shutil.copy(DOCS / "book.toml", book)
        for page in DOCS.glob("*.md"):
            text = page.read_text()
            (source / page.name).write_text(re.sub(r"\]\((\.\.[^)]*)\)", lambda found: outside_links(found[0], "server/docs"), text))
        shutil.copytree(DOCS / "schema", source / "schema")
        editors = REPOSITORY / "server/editors/README.md"
        (source / "editors.md").write_text(outside_links(editors.read_text(), "server/editors"))
        chapters = (source / "SUMMARY.md").read_text()
        left_out = [page.name for page in source.glob("*.md") if page.name != "SUMMARY.md" and f"({page.name})" not in chapters]
        if left_out:
            raise SystemExit(f"site.py: not in SUMMARY.md: {left_out}")
        (source / "SUMMARY.md").write_text(f"{chapters}{reference(program, source)}")
        subprocess.run([mdbook, "build", book, "--dest-dir", Path(out).resolve()], check=True)
    site = Path(out).resolve()
    broken = broken_links(site)
    if broken:
        raise SystemExit("site.py: broken links:\n" + "\n".join(broken))
    print(f"{sum(1 for _ in site.rglob('*.html'))} pages, all links work")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit("usage: site.py PROGRAM MDBOOK OUT")
    main(*sys.argv[1:])
