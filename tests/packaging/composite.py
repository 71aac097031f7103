"""Runs a composite GitHub Action on this machine: its steps in order, with inputs, outputs and conditions.

Steps that use another action are recorded, not run. Expressions that are not understood are errors.
"""

import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import yaml

EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


@dataclass
class Run:
    """What a run left behind."""

    code: int
    log: str
    summary: str
    outputs: dict[str, str]
    used: list[dict] = field(default_factory=list)


def run(action: Path, inputs: dict[str, str], github: dict[str, str], work: Path, environment: dict[str, str]) -> Run:
    """Runs the action in the folder `work` with the values of the context `github`."""
    definition = yaml.safe_load((action / "action.yml").read_text())
    unknown = inputs.keys() - definition["inputs"].keys()
    assert not unknown, f"unknown inputs {unknown}"
    outputs: dict[str, dict[str, str]] = {}
    context = {"github.action_path": str(action), **{f"github.{name}": value for name, value in github.items()}}

    def value(expression: str) -> str:
        if found := re.fullmatch(r"steps\.([\w-]+)\.outputs\.([\w-]+)", expression):
            return outputs.get(found[1], {}).get(found[2], "")
        return context[expression]

    def filled(text) -> str:
        return EXPRESSION.sub(lambda found: value(found[1]), str(text))

    def holds(condition: str) -> bool:
        found = re.fullmatch(r"([\w.-]+) == '([^']*)'", condition)
        assert found, f"condition not understood: {condition}"
        return value(found[1]) == found[2]

    for name, declared in definition["inputs"].items():
        context[f"inputs.{name}"] = inputs.get(name, filled(declared.get("default", "")))
    temporary = Path(environment["RUNNER_TEMP"])
    summary = temporary / "summary.md"
    summary.write_text("")
    result = Run(0, "", "", {})
    for step in definition["runs"]["steps"]:
        if "if" in step and not holds(step["if"]):
            continue
        if "uses" in step:
            result.used.append({"uses": step["uses"], **{name: filled(text) for name, text in step["with"].items()}})
            continue
        written = temporary / "output"
        written.write_text("")
        assert step["shell"] == "bash"
        assert "${{" not in step["run"], "expressions in scripts can be used to inject commands"
        # As GitHub starts `shell: bash`.
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=work,
            env={
                **environment,
                **{name: filled(text) for name, text in step.get("env", {}).items()},
                "GITHUB_OUTPUT": str(written),
                "GITHUB_STEP_SUMMARY": str(summary),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
        )
        result.log += done.stdout
        if "id" in step:
            outputs[step["id"]] = dict(line.split("=", 1) for line in written.read_text().splitlines())
        if done.returncode != 0:
            result.code = done.returncode
            break
    result.summary = summary.read_text()
    result.outputs = {name: filled(output["value"]) for name, output in definition.get("outputs", {}).items()}
    assert os.path.samefile(temporary, environment["RUNNER_TEMP"])
    return result
