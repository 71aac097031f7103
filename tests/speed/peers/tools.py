"""The tools side by side: how each is started, what it reads, and what its findings say. Each is used as its own
documentation tells, with the options that let it say the most."""

import json
import subprocess
from dataclasses import dataclass, field
from typing import Callable, Dict, Optional, Tuple

from editor import Editor

LANGUAGES = {".json": "json", ".yaml": "yaml", ".tf": "terraform"}
# Findings of one small file take seconds at most.
PATIENCE = 60


@dataclass(frozen=True)
class Tool:
    name: str
    version: str
    # What it is made to read: "policy" is a policy alone in JSON, the others are the formats of infrastructure.
    reads: Tuple[str, ...]
    # The command that checks a folder of files of one kind, fast.
    checks: Optional[Callable] = None
    # What it says of one file, a text each finding.
    says: Optional[Callable] = None
    # The command that serves an editor, and the names of languages that differ from the file's ending.
    serves: Optional[Tuple[str, ...]] = None
    languages: Dict[str, str] = field(default_factory=lambda: LANGUAGES)

    def language(self, path):
        return self.languages[path.suffix]


# As cfn-lsp-extra's README names them.
CLOUDFORMATION = {".json": "json.cloudformation", ".yaml": "yaml.cloudformation"}
TEMPLATES = ("template.json", "template.yaml")


def all_tools(binary, programs, version):
    """Ours first."""
    parliament, lint = programs["parliament"], programs["cfn-lint"]
    extra, yaml = (programs["cfn-lsp-extra"],), (programs["yaml-language-server"], "--stdio")
    return [
        Tool(
            "connect-policy",
            output(binary, "--version").split()[1],
            reads=("policy", *TEMPLATES, "terraform"),
            checks=lambda path: [binary, "check", str(path)],
            says=lambda path: ours(binary, path),
            serves=(binary, "lsp"),
        ),
        Tool(
            "parliament",
            version("parliament"),
            reads=("policy",),
            checks=lambda path: parliament_checks(parliament, path),
            says=lambda path: parliament_says(parliament, path),
        ),
        Tool(
            "cfn-lint",
            version("cfn-lint"),
            reads=TEMPLATES,
            checks=lambda path: lint_checks(lint, path),
            says=lambda path: lint_says(lint, path),
        ),
        Tool(
            "cfn-lsp-extra",
            version("cfn-lsp-extra"),
            reads=TEMPLATES,
            says=lambda path: served(extra, path, CLOUDFORMATION),
            serves=extra,
            languages=CLOUDFORMATION,
        ),
        Tool(
            "yaml-language-server",
            version("yaml-language-server"),
            reads=("template.yaml",),
            says=lambda path: served(yaml, path, LANGUAGES),
            serves=yaml,
        ),
    ]


def output(*command):
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, timeout=PATIENCE).stdout


def ours(binary, path):
    told = json.loads(output(binary, "check", "--level", "hint", "--format", "json", str(path)))
    return [finding["message"] for finding in told["findings"]]


def parliament_checks(program, path):
    return [program, "--json", "--directory", str(path)] if path.is_dir() else [program, "--json", "--files", str(path)]


def parliament_says(program, path):
    told = output(program, "--json", "--minimum_severity", "INFO", "--include-community-auditors", "--files", str(path))
    findings = [json.loads(line) for line in told.splitlines()]
    return [f"{finding['title']} {finding['detail']} {finding['location']}" for finding in findings]


def lint_checks(program, path):
    return [program, "--format", "json", "--", f"{path}/*" if path.is_dir() else str(path)]


def lint_says(program, path):
    # Informational rules are left out unless they are asked for.
    told = json.loads(output(program, "--format", "json", "--include-checks", "I", "--", str(path)) or "[]")
    return [finding["Message"] for finding in told]


def served(command, path, languages):
    with Editor(command, PATIENCE) as editor:
        editor.start()
        editor.settle()
        return [finding["message"] for finding in editor.opened(path.as_uri(), languages[path.suffix], path.read_text())]
