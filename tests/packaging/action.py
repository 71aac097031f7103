"""Tests .github/actions/check with the real program, real git repositories, and stand-ins for GitHub on the loopback address.

    action.py PROGRAM

Needs PyYAML, git, curl, jq and tar.
"""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path

import composite
from github import GitHub

PROGRAM = Path(sys.argv.pop(1)).resolve()
ACTION = Path(__file__).resolve().parents[2] / ".github/actions/check"
ARCH = {"x86_64": "X64", "aarch64": "ARM64"}[platform.machine()]
NAME = f"connect-policy-linux-{ARCH.lower()}"
ALLOWS = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": [%s], "Resource": "*"}]}'
BEFORE = ALLOWS % '"connect:ListUsers"'
MARK = "<!-- connect-policy: report -->"


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


class Action(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        # A release with the program for this platform, and the action as it is after that release.
        release = self.folder / "releases/v0.1.0"
        release.mkdir(parents=True)
        archive = release / f"{NAME}.tar.gz"
        with tarfile.open(archive, "w:gz", compresslevel=1) as tar:
            tar.add(PROGRAM, f"{NAME}/connect-policy")
        self.checksum = hashlib.sha256(archive.read_bytes()).hexdigest()
        self.action = self.folder / "action"
        shutil.copytree(ACTION, self.action)
        (self.action / "release").write_text(f"0.1.0\n{self.checksum}  {archive.name}\n")
        self.github = GitHub(self.folder / "releases")
        self.addCleanup(self.github.server.server_close)
        self.addCleanup(self.github.server.shutdown)

    def pull_request(self, before: str, after: str, depth: int = 2) -> Path:
        """A checkout as GitHub makes it for a pull request: the merge commit, without older history."""
        origin = self.folder / "origin"
        shutil.rmtree(origin, ignore_errors=True)
        origin.mkdir()
        git(origin, "init", "--quiet", "--initial-branch=main")
        policy = origin / "policy.json"
        policy.write_text(before)
        git(origin, "add", "policy.json")
        git(origin, "commit", "--quiet", "-m", "before")
        git(origin, "checkout", "--quiet", "-b", "change")
        policy.write_text(after)
        git(origin, "commit", "--quiet", "--allow-empty", "-am", "after")
        git(origin, "checkout", "--quiet", "--detach", "main")
        git(origin, "merge", "--quiet", "--no-ff", "-m", "merge", "change")
        self.base = git(origin, "rev-parse", "main")
        self.sha = git(origin, "rev-parse", "HEAD")
        git(origin, "branch", "merged")
        checkout = self.folder / "checkout"
        shutil.rmtree(checkout, ignore_errors=True)
        git(self.folder, "clone", "--quiet", f"--depth={depth}", "--branch=merged", f"file://{origin}", "checkout")
        return checkout

    def run_action(self, checkout: Path, source: str | None = "acme/infra", **inputs: str) -> composite.Run:
        """Runs the action for a pull request from the repository `source`, or for a push."""
        event = {}
        if source:
            event["pull_request"] = {"number": 7, "base": {"sha": self.base}, "head": {"repo": {"full_name": source}}}
        path = self.folder / "event.json"
        path.write_text(json.dumps(event))
        temporary = self.folder / "runner"
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir()
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "RUNNER_OS": "Linux",
            "RUNNER_ARCH": ARCH,
            "RUNNER_TEMP": str(temporary),
            "GITHUB_API_URL": f"{self.github.address}/api",
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_REPOSITORY": "acme/infra",
            "GITHUB_RUN_ID": "42",
            "GITHUB_EVENT_PATH": str(path),
            "GITHUB_SHA": self.sha,
            "CONNECT_POLICY_RELEASES": f"{self.github.address}/releases",
        }
        inputs = {name.replace("_", "-"): value for name, value in inputs.items()}
        return composite.run(self.action, inputs, {"token": "the-token"}, checkout, environment)

    def test_a_pull_request_with_a_risk_fails_and_gets_one_comment(self):
        checkout = self.pull_request(BEFORE, ALLOWS % '"connect:ListUsers", "connect:CreateUser", "connect:DescribeUsr"')
        run = self.run_action(checkout)
        self.assertEqual(run.code, 1, run.log)
        self.assertIn("::warning file=policy.json,line=1,", run.log)
        self.assertIn("title=unknown-action::unknown action `connect:DescribeUsr`", run.log)
        sarif = json.loads(Path(run.outputs["sarif"]).read_text())
        rules = {result["ruleId"] for result in sarif["runs"][0]["results"]}
        self.assertEqual(rules, {"unknown-action", "privilege-escalation"})
        [upload] = run.used
        self.assertTrue(upload["uses"].startswith("github/codeql-action/upload-sarif@"))
        self.assertEqual(upload["sarif_file"], run.outputs["sarif"])
        self.assertIn("`connect:CreateUser`", run.summary)
        [comment] = self.github.comments
        self.assertEqual(comment["body"], f"{MARK}\n{run.summary.rstrip()}")

        # The next run updates the comment, also if it is on a later page of the list.
        self.github.comments = [{"url": "", "user": {"type": "User"}, "body": f"{MARK} quoted"} for _ in range(120)]
        self.github.add(f"{MARK}\nolder", "Bot")
        checkout = self.pull_request(BEFORE, ALLOWS % '"connect:ListUsers", "connect:DescribeUser"')
        run = self.run_action(checkout)
        self.assertEqual(run.code, 0, run.log)
        self.assertEqual(len(self.github.comments), 121)
        self.assertIn("`connect:DescribeUser`", self.github.comments[120]["body"])
        self.assertNotIn("older", self.github.comments[120]["body"])

        # A change that is taken back is still reported, because there is a comment to update.
        run = self.run_action(self.pull_request(BEFORE, BEFORE))
        self.assertEqual(run.code, 0, run.log)
        self.assertIn("No changes in granted access", self.github.comments[120]["body"])

    def test_a_pull_request_from_a_fork_needs_no_write_access(self):
        checkout = self.pull_request(BEFORE, ALLOWS % '"connect:CreateUser"')
        run = self.run_action(checkout, source="somebody/infra")
        self.assertEqual(run.code, 1, run.log)
        self.assertIn("::warning file=policy.json", run.log)
        self.assertIn("`connect:CreateUser`", run.summary)
        self.assertEqual((run.used, self.github.requests), ([], []))

    def test_a_deleted_fork_needs_no_write_access(self):
        checkout = self.pull_request(BEFORE, BEFORE)
        run = self.run_action(checkout, source="")
        self.assertEqual(run.code, 0, run.log)

    def test_a_comment_that_cannot_be_written_is_a_warning(self):
        self.github.is_read_only = True
        run = self.run_action(self.pull_request(BEFORE, ALLOWS % '"connect:DescribeUser"'))
        self.assertEqual(run.code, 0, run.log)
        self.assertIn("::warning::cannot write the comment", run.log)
        self.assertIn("`connect:DescribeUser`", run.summary)

    def test_a_long_report_is_cut_in_the_comment_only(self):
        statement = {"Effect": "Allow", "Action": "connect:*", "Resource": "*"}
        checkout = self.pull_request(BEFORE, BEFORE)
        for number in range(40):
            (checkout / f"policy-{number}.json").write_text(json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
        run = self.run_action(checkout, level="error")
        self.assertGreater(len(run.summary), 65536)
        [comment] = self.github.comments
        self.assertLess(len(comment["body"]), 61000)
        self.assertIn("actions/runs/42", comment["body"])

    def test_an_unchanged_pull_request_gets_no_comment(self):
        run = self.run_action(self.pull_request(BEFORE, BEFORE))
        self.assertEqual((run.code, self.github.comments), (0, []), run.log)

    def test_a_push_is_checked_without_a_report(self):
        checkout = self.pull_request(BEFORE, ALLOWS % '"connect:DescribeUsr"', depth=1)
        run = self.run_action(checkout, source=None)
        self.assertEqual(run.code, 1, run.log)
        self.assertEqual((len(run.used), run.summary, run.outputs["report"]), (1, "", ""))
        self.assertEqual(self.run_action(checkout, source=None, level="error").code, 0)
        self.assertEqual(self.run_action(checkout, source=None, upload_sarif="false").used, [])

    def test_inputs_reach_the_program(self):
        checkout = self.pull_request(BEFORE, ALLOWS % '"connect:DescribeUsr"')
        (checkout / "off.toml").write_text('[rules]\nunknown-action = "off"\n')
        self.assertEqual(self.run_action(checkout, config="off.toml").code, 0)
        subprocess.run([PROGRAM, "check", "--baseline", "known.json", "--write-baseline"], cwd=checkout, check=True)
        self.assertEqual(self.run_action(checkout, baseline="known.json").code, 0)
        for folder in ("clean", "empty"):
            (checkout / folder).mkdir()
        self.assertEqual(self.run_action(checkout, paths="clean empty").code, 0)
        self.assertEqual(self.run_action(checkout, paths="missing").code, 2)
        risk = self.pull_request(BEFORE, ALLOWS % '"connect:CreateUser"')
        self.assertEqual(self.run_action(risk, level="error").code, 1)
        self.assertEqual(self.run_action(risk, level="error", fail_on_escalation="false").code, 0)
        self.assertEqual(self.run_action(risk, level="error", report="false").summary, "")

    def test_history_that_is_missing_is_an_error(self):
        run = self.run_action(self.pull_request(BEFORE, BEFORE, depth=1))
        self.assertEqual(run.code, 2, run.log)
        self.assertIn("set `fetch-depth: 2`", run.log)

    def test_only_an_archive_with_the_right_checksum_runs(self):
        checkout = self.pull_request(BEFORE, BEFORE)
        (self.action / "release").write_text(f"0.1.0\n{'0' * 64}  {NAME}.tar.gz\n")
        run = self.run_action(checkout)
        self.assertEqual((run.code, run.used), (1, []))
        self.assertIn(f"the checksum of `{NAME}.tar.gz` is {self.checksum}", run.log)
        run = self.run_action(checkout, version="0.1.0", checksum=self.checksum)
        self.assertEqual(run.code, 0, run.log)
        run = self.run_action(checkout, version="0.1.0")
        self.assertIn("the input `version` needs `checksum`", run.log)
        run = self.run_action(checkout, version="9.9.9", checksum=self.checksum)
        self.assertIn("cannot download", run.log)
        (self.action / "release").unlink()
        self.assertIn("does not name a release", self.run_action(checkout).log)

    def test_an_installed_program_is_used(self):
        checkout = self.pull_request(BEFORE, ALLOWS % '"connect:DescribeUsr"')
        run = self.run_action(checkout, program=str(PROGRAM))
        self.assertEqual(run.code, 1, run.log)
        self.assertIn("`no-such-program` is not installed", self.run_action(checkout, program="no-such-program").log)


if __name__ == "__main__":
    unittest.main(verbosity=1)
