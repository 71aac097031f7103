"""Tests what server/packaging makes of the archives of a release, each installed or run from an empty folder.

    packages.py PROGRAM

PROGRAM stands in for the programs of all platforms. Needs PyYAML and pre-commit, npm, git, curl and dpkg.
"""

import hashlib
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
import unittest
import venv
import zipfile
from pathlib import Path

import yaml
from github import GitHub
from registry import Registry

PROGRAM = Path(sys.argv.pop(1)).resolve()
REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGING = REPOSITORY / "server/packaging"
VERSION = re.search(r'^version = "(.*)"$', (REPOSITORY / "Cargo.toml").read_text(), re.M)[1]
ARCH = {"x86_64": "x64", "aarch64": "arm64"}[platform.machine()]
CODES = ["linux-x64", "linux-arm64", "alpine-x64", "alpine-arm64", "darwin-x64", "darwin-arm64", "win32-x64", "win32-arm64"]
POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["%s"], "Resource": "*"}]}\n'
IDENTITY = {"GIT_AUTHOR_NAME": "T", "GIT_AUTHOR_EMAIL": "t@example.com", "GIT_COMMITTER_NAME": "T", "GIT_COMMITTER_EMAIL": "t@example.com"}


def call(*command, code: int = 0, folder: Path | None = None, **environment: str) -> str:
    """Runs a command and returns its output, both streams."""
    command = [str(part) for part in command]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **IDENTITY, **environment}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL, text=True, timeout=300,
    )
    assert done.returncode == code, f"{command}: exit code {done.returncode}\n{done.stdout}"
    return done.stdout


class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.release = Path(folder.name) / "release"
        call(PACKAGING / "archive.sh", PROGRAM, "linux-x64", cls.release)
        packed = cls.release / "connect-policy-linux-x64.tar.gz"
        tree = Path(folder.name) / "tree"
        shutil.unpack_archive(packed, tree)
        for code in CODES[1:]:
            name = f"connect-policy-{code}"
            next(tree.iterdir()).rename(tree / name)
            if code.startswith("win32"):
                program = tree / name / "connect-policy"
                if program.exists():
                    program.rename(f"{program}.exe")
                with zipfile.ZipFile(cls.release / f"{name}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                    for file in sorted((tree / name).rglob("*")):
                        archive.write(file, file.relative_to(tree))
            else:
                call("tar", "-czf", cls.release / f"{name}.tar.gz", "-C", tree, name)
        cls.sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(cls.release.iterdir())}
        cls.list = Path(folder.name) / "SHA256SUMS"
        cls.list.write_text("".join(f"{checksum}  {name}\n" for name, checksum in cls.sums.items()))
        cls.manifests = Path(folder.name) / "manifests"
        call(sys.executable, PACKAGING / "manifests.py", VERSION, cls.list, cls.manifests)
        cls.wheels = Path(folder.name) / "wheels"
        call(sys.executable, PACKAGING / "wheels.py", VERSION, cls.release, cls.wheels)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def need(self, program: str):
        """Skips the test if the program is missing, except in CI."""
        if not shutil.which(program):
            self.assertNotEqual(os.environ.get("CI"), "true", f"{program} is missing, and CI needs it")
            self.skipTest(f"{program} is not installed")

    def sample(self, name: str = "sample", action: str = "connect:DescribeUsr") -> Path:
        """A repository with one policy."""
        sample = self.folder / name
        sample.mkdir()
        (sample / "policy.json").write_text(POLICY % action)
        call("git", "init", "--quiet", "--initial-branch=main", folder=sample)
        call("git", "add", ".", folder=sample)
        call("git", "commit", "--quiet", "-m", "first", folder=sample)
        return sample

    # Manifests

    def test_manifests_name_the_files_of_the_release_with_their_checksums(self):
        counts = {}
        for path in sorted(path for path in self.manifests.rglob("*") if path.is_file()):
            text = path.read_text()
            self.assertEqual(re.findall(r"\{\{(?!source\.asset\.bin\}\})", text), [], path)
            expected = text.replace("${archive.name}", "alpine-x64").replace("v$version", f"v{VERSION}")
            for version, file in re.findall(r"/releases/download/v([\d.]+)/([\w.-]+)", expected):
                self.assertIn(file, self.sums, path)
                self.assertEqual(version, VERSION, path)
            sums = re.findall(r"\b[0-9a-f]{64}\b", text)
            self.assertEqual([one for one in sums if one not in self.sums.values()], [], path)
            counts[path.parent.name] = counts.get(path.parent.name, 0) + len(set(sums))
        expected = {"action": 6, "homebrew": 4, "scoop": 2, "winget": 2, "nix": 4, "templates": 1, "codebuild": 2}
        self.assertEqual({name: count for name, count in counts.items() if count}, expected)

    def test_a_file_that_is_not_in_the_release_is_an_error(self):
        short = self.folder / "SHA256SUMS"
        short.write_text("".join(self.list.read_text().splitlines(keepends=True)[1:]))
        output = call(sys.executable, PACKAGING / "manifests.py", VERSION, short, self.folder / "out", code=1)
        self.assertIn("SHA256SUMS does not list `connect-policy-", output)
        call(sys.executable, PACKAGING / "manifests.py", "v0.1.0", self.list, self.folder / "out", code=1)

    def test_homebrew_finds_one_archive_for_each_system(self):
        formula = self.manifests / "homebrew/connect-policy.rb"
        self.need("ruby")
        for system, arch, code in [("macos", "arm", "darwin-arm64"), ("macos", "intel", "darwin-x64"),
                                   ("linux", "arm", "linux-arm64"), ("linux", "intel", "linux-x64")]:
            output = call("ruby", Path(__file__).parent / "homebrew.rb", formula, system, arch, self.release, self.folder / code)
            name = f"connect-policy-{code}.tar.gz"
            self.assertIn(f"/{name} {self.sums[name]}\n", output)
            installed = sorted(str(path.relative_to(self.folder / code)) for path in (self.folder / code).rglob("*") if path.is_file())
            self.assertIn("man1/connect-policy-check.1", installed)
            self.assertEqual([path for path in installed if not path.startswith("man1/")],
                             ["bash_completion/connect-policy", "bin/connect-policy", "fish_completion/connect-policy.fish",
                              "zsh_completion/_connect-policy"])

    def test_scoop_and_winget_name_the_program_in_the_archive(self):
        scoop = json.loads((self.manifests / "scoop/connect-policy.json").read_text())
        for part in scoop["architecture"].values():
            with zipfile.ZipFile(self.release / part["url"].rsplit("/", 1)[1]) as archive:
                self.assertIn(f"{part['extract_dir']}/{scoop['bin']}", archive.namelist())
        winget = [yaml.safe_load(path.read_text()) for path in sorted((self.manifests / "winget").iterdir())]
        self.assertEqual({(one["PackageIdentifier"], one["PackageVersion"]) for one in winget}, {("ConnectPolicy.ConnectPolicy", VERSION)})
        self.assertEqual(sorted(one["ManifestType"] for one in winget), ["defaultLocale", "installer", "version"])
        for installer in next(one for one in winget if "Installers" in one)["Installers"]:
            with zipfile.ZipFile(self.release / installer["InstallerUrl"].rsplit("/", 1)[1]) as archive:
                [file] = installer["NestedInstallerFiles"]
                self.assertIn(file["RelativeFilePath"].replace("\\", "/"), archive.namelist())

    def test_mason_names_the_program_in_the_archive(self):
        package = yaml.safe_load((self.manifests / "mason/package.yaml").read_text())
        self.assertEqual(package["source"]["id"], f"pkg:github/connect-policy/connect-policy@v{VERSION}")
        self.assertEqual({asset["file"] for asset in package["source"]["asset"]}, set(self.sums))
        for asset in package["source"]["asset"]:
            shutil.unpack_archive(self.release / asset["file"], self.folder / asset["target"])
            self.assertTrue((self.folder / asset["target"] / asset["bin"]).is_file(), asset)

    def test_the_nix_flake_has_a_package_for_each_system(self):
        self.need("nix-instantiate")
        names = call("nix-instantiate", "--eval", "--strict", "--json", Path(__file__).parent / "flake.nix",
                     "--arg", "flake", self.manifests / "nix/flake.nix", NIX_STATE_DIR=str(self.folder), NIX_STORE_DIR=str(self.folder / "store"),
                     HOME=str(self.folder))
        archives = json.loads(names.strip().splitlines()[-1])
        self.assertEqual(set(archives), {"x86_64-linux", "aarch64-linux", "x86_64-darwin", "aarch64-darwin"})
        for source in archives.values():
            self.assertEqual(self.sums[source["url"].rsplit("/", 1)[1]], source["sha256"])

    def test_the_release_workflow_builds_every_archive(self):
        workflow = yaml.safe_load((REPOSITORY / ".github/workflows/release.yml").read_text())
        rows = workflow["jobs"]["build"]["strategy"]["matrix"]["include"]
        self.assertEqual(sorted(row["code"] for row in rows), sorted(CODES))

    def test_the_documentation_names_this_version(self):
        page = (REPOSITORY / "server/docs/ci.md").read_text()
        self.assertEqual(set(re.findall(r"\b\d+\.\d+\.\d+\b(?!\.)", re.sub(r"# v[\d.]+$", "", page, flags=re.M))), {VERSION})

    def test_the_notes_of_a_release_are_its_section_of_the_changelog(self):
        notes = call(sys.executable, PACKAGING / "notes.py", "Unreleased")
        self.assertTrue(notes.startswith("### "), notes)
        self.assertNotIn("[Unreleased]:", notes)
        self.assertIn("does not have a section of 9.9.9", call(sys.executable, PACKAGING / "notes.py", "9.9.9", code=1))

    # Editors whose settings are not tested in the editor

    def test_settings_of_editors_start_the_server(self):
        editors = REPOSITORY / "server/editors"
        template = json.loads((editors / "jetbrains/template.json").read_text())
        self.assertEqual(template["programArgs"], {"default": "connect-policy lsp", "windows": "connect-policy.exe lsp"})
        identifiers = {mapping["languageId"] for mapping in template["fileTypeMappings"]}
        self.assertEqual(identifiers, {"json", "yaml", "terraform", "hcl"})
        sublime = json.loads(re.sub(r"^//.*", "", (editors / "sublime-text/LSP.sublime-settings").read_text(), flags=re.M))
        coc = json.loads((editors / "vim/coc-settings.json").read_text())["languageserver"]["connect-policy"]
        self.assertEqual(sublime["clients"]["connect-policy"]["command"], [coc["command"], *coc["args"]])
        self.assertEqual([coc["command"], *coc["args"]], ["connect-policy", "lsp"])
        zed = tomllib.loads((editors / "zed/extension.toml").read_text())
        self.assertEqual(zed["version"], VERSION)
        self.assertEqual(set(zed["language_servers"]["connect-policy"]["languages"]),
                         set(zed["language_servers"]["connect-policy"]["language_ids"]))
        self.assertEqual(tomllib.loads((editors / "zed/Cargo.toml").read_text())["package"]["version"], VERSION)

    # PyPI and pre-commit

    def test_pip_installs_the_wheel_into_an_empty_environment(self):
        self.assertEqual(len(list(self.wheels.iterdir())), len(CODES))
        again = self.folder / "again"
        call(sys.executable, PACKAGING / "wheels.py", VERSION, self.release, again)
        for wheel in self.wheels.iterdir():
            self.assertEqual(wheel.read_bytes(), (again / wheel.name).read_bytes())
        venv.create(self.folder / "venv", with_pip=True)
        pip = self.folder / "venv/bin/pip"
        call(pip, "install", "--no-index", "--find-links", self.wheels, "connect-policy")
        self.assertIn(f"connect-policy {VERSION}", call(self.folder / "venv/bin/connect-policy", "--version"))
        call(pip, "check")
        call(pip, "uninstall", "--yes", "connect-policy")
        self.assertFalse((self.folder / "venv/bin/connect-policy").exists())

    def pre_commit(self, sample: Path, code: int, *arguments: str) -> str:
        environment = {"PRE_COMMIT_HOME": str(self.folder / "home"), "PIP_FIND_LINKS": str(self.wheels)}
        pre_commit = Path(sys.executable).parent / "pre-commit"
        return call(pre_commit, "run", "--all-files", *arguments, code=code, folder=sample, **environment)

    def test_pre_commit_runs_the_hooks_of_the_mirror(self):
        mirror = self.folder / "mirror"
        shutil.copytree(self.manifests / "pre-commit", mirror)
        call("git", "init", "--quiet", folder=mirror)
        call("git", "add", ".", folder=mirror)
        call("git", "commit", "--quiet", "-m", "mirror", folder=mirror)
        call("git", "tag", f"v{VERSION}", folder=mirror)
        readme = (mirror / "README.md").read_text()
        configuration = re.search(r"```yaml\n(.*?)```", readme, re.S)[1]
        configuration = configuration.replace("https://github.com/connect-policy/connect-policy-pre-commit", f"file://{mirror}")
        sample = self.sample(action="connect: DescribeUser")
        (sample / ".pre-commit-config.yaml").write_text(configuration)
        self.assertIn("malformed-action", self.pre_commit(sample, 1))
        (sample / ".pre-commit-config.yaml").write_text(configuration + "      - id: connect-policy-fix\n")
        self.assertIn("files were modified by this hook", self.pre_commit(sample, 1, "connect-policy-fix"))
        self.assertEqual((sample / "policy.json").read_text(), POLICY % "connect:DescribeUser")
        self.pre_commit(sample, 0)

    def test_pre_commit_runs_the_local_hook_of_the_documentation(self):
        page = (REPOSITORY / "server/docs/ci.md").read_text()
        [configuration] = [block for block in re.findall(r"```yaml\n(.*?)```", page, re.S) if "repo: local" in block]
        sample = self.sample()
        (sample / ".pre-commit-config.yaml").write_text(configuration)
        self.assertIn("unknown-action", self.pre_commit(sample, 1))
        (sample / "policy.json").write_text(POLICY % "connect:DescribeUser")
        self.assertIn("Passed", self.pre_commit(sample, 0))

    # npm

    def test_npm_installs_the_package_of_the_platform_only(self):
        packages = self.folder / "packages"
        call(sys.executable, PACKAGING / "npm/packages.py", VERSION, self.release, packages)
        archives = self.folder / "archives"
        archives.mkdir()
        for package in sorted(packages.iterdir()):
            call("npm", "pack", "--silent", "--pack-destination", archives, folder=package)
        registry = Registry(sorted(archives.iterdir()))
        self.addCleanup(registry.server.server_close)
        self.addCleanup(registry.server.shutdown)
        project = self.sample()
        home = {"HOME": str(self.folder), "npm_config_registry": registry.address, "npm_config_cache": str(self.folder / "cache"),
                "npm_config_update_notifier": "false"}
        call("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "connect-policy", folder=project, **home)
        self.assertEqual(sorted(registry.fetched), [f"connect-policy-{VERSION}.tgz", f"connect-policy-linux-{ARCH}-{VERSION}.tgz"])
        self.assertEqual([path.name for path in (project / "node_modules/@connect-policy").iterdir()], [f"linux-{ARCH}"])
        self.assertIn("unknown-action", call("npx", "connect-policy", "check", "policy.json", code=1, folder=project, **home))
        call("npx", "connect-policy", "check", "missing.json", code=2, folder=project, **home)
        path = Path(call("node", "-p", 'require("connect-policy")', folder=project).strip())
        self.assertEqual(path, project / f"node_modules/@connect-policy/linux-{ARCH}/connect-policy")
        self.assertIn(VERSION, call(path, "--version"))
        self.assert_signals_are_passed_on(project)
        shutil.rmtree(project / "node_modules/@connect-policy")
        output = call("npx", "connect-policy", "--version", code=2, folder=project, **home)
        self.assertEqual(output.count("\n"), 1, output)
        self.assertIn(f"the package @connect-policy/linux-{ARCH} is not installed", output)

    def assert_signals_are_passed_on(self, project: Path):
        """A server that is started through npm's launcher ends with it."""
        launcher = subprocess.Popen(
            ["node", project / "node_modules/connect-policy/run.js", "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        children = Path(f"/proc/{launcher.pid}/task/{launcher.pid}/children")
        end = time.monotonic() + 20
        while not (child := children.read_text().split()):
            self.assertLess(time.monotonic(), end, "the server did not start")
            time.sleep(0.01)
        launcher.send_signal(signal.SIGTERM)
        code = launcher.wait(20)
        launcher.communicate()
        self.assertEqual(code, 128 + signal.SIGTERM)
        self.assertFalse(Path(f"/proc/{child[0]}").exists())

    # Debian

    def test_dpkg_installs_the_package_into_an_empty_root(self):
        arch = {"x64": "amd64", "arm64": "arm64"}[ARCH]
        for out in ("first", "second"):
            call(PACKAGING / "debian/package.sh", VERSION, arch, self.release / f"connect-policy-alpine-{ARCH}.tar.gz", self.folder / out)
        name = f"connect-policy_{VERSION}_{arch}.deb"
        package = self.folder / "first" / name
        self.assertEqual(package.read_bytes(), (self.folder / "second" / name).read_bytes())
        root = self.folder / "root"
        (root / "var/lib/dpkg").mkdir(parents=True)
        (root / "var/lib/dpkg/status").write_text("")
        call("dpkg", "--force-not-root", f"--root={root}", f"--log={self.folder}/log", "--install", package)
        self.assertIn(VERSION, call(root / "usr/bin/connect-policy", "--version"))
        call("gzip", "--test", root / "usr/share/man/man1/connect-policy-check.1.gz")
        call("bash", "-n", root / "usr/share/bash-completion/completions/connect-policy")

    # Containers

    def test_the_container_has_only_the_program_and_runs_as_nobody(self):
        self.need("buildah")
        context = self.folder / "context"
        call("mkdir", context)
        call("tar", "-xzf", self.release / f"connect-policy-alpine-{ARCH}.tar.gz", "-C", context, "--strip-components=1")
        storage = ["--root", self.folder / "storage", "--runroot", self.folder / "run", "--storage-driver", "vfs"]

        def buildah(*arguments, code: int = 0) -> str:
            # In a mount namespace of its own, unless this is root.
            inside = [] if os.geteuid() == 0 else ["buildah", "unshare"]
            return call(*inside, "buildah", *storage, *arguments, code=code).strip()

        dockerfile = PACKAGING / "container/Dockerfile"
        buildah("bud", "--quiet", "--isolation", "chroot", "--file", dockerfile, "--tag", "connect-policy", context)
        image = json.loads(buildah("inspect", "--type", "image", "connect-policy"))["OCIv1"]["config"]
        self.assertEqual((image["User"], image["Entrypoint"]), ("65532:65532", ["/usr/bin/connect-policy"]))
        container = buildah("from", "connect-policy")
        root = Path(buildah("mount", container))
        files = sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())
        self.assertEqual(files, ["usr/bin/connect-policy", "usr/share/doc/connect-policy/LICENSE"])
        self.assertEqual((root / "usr/bin/connect-policy").stat().st_mode & 0o777, 0o755)
        # Only a static program runs in it.
        if "statically linked" in call("file", "--brief", PROGRAM):
            sample = self.sample()
            run = ["run", "--isolation", "chroot", "--volume", f"{sample}:/work:ro", container, "--", "/usr/bin/connect-policy"]
            self.assertIn(VERSION, buildah(*run, "--version"))
            self.assertIn("unknown-action", buildah(*run, "check", code=1))
        buildah("umount", container)
        buildah("rm", container)
        buildah("rmi", "connect-policy")

    # VS Code

    def test_the_universal_extension_has_no_program(self):
        extension = REPOSITORY / "vscode-extension"
        if not (extension / "dist/extension.js").exists():
            self.assertNotEqual(os.environ.get("CI"), "true", "the extension is not bundled, and CI needs it")
            self.skipTest("the extension is not bundled")
        call("node", "scripts/package.mjs", "--target", "universal", "--out", self.folder / "universal.vsix", folder=extension)
        with zipfile.ZipFile(self.folder / "universal.vsix") as package:
            self.assertEqual([name for name in package.namelist() if "/server/" in name], [])
            self.assertNotIn("TargetPlatform", package.read("extension.vsixmanifest").decode())

    # Other CI systems

    def served(self) -> str:
        """The address of the release's files."""
        (self.folder / "served").mkdir()
        (self.folder / f"served/v{VERSION}").symlink_to(self.release)
        github = GitHub(self.folder / "served")
        self.addCleanup(github.server.server_close)
        self.addCleanup(github.server.shutdown)
        return f"{github.address}/releases/v{VERSION}"

    def gitlab(self, sample: Path, code: int, environment: dict[str, str], **inputs: str) -> str:
        """Runs the job of the component as GitLab's runner does: all lines in one shell."""
        text = (self.manifests / "gitlab/templates/check.yml").read_text()
        head, body = text.split("\n---\n")
        values = {name: str(given.get("default")) for name, given in yaml.safe_load(head)["spec"]["inputs"].items()}
        values = {name: value.lower() if value in ("True", "False") else value for name, value in values.items()}
        unknown = inputs.keys() - {name.replace("-", "_") for name in values}
        self.assertEqual(unknown, set())
        values |= {name.replace("_", "-"): value for name, value in inputs.items()}
        job = yaml.safe_load(re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda found: json.dumps(values[found[1]]), body))["connect-policy"]
        variables = {name: str(value) for name, value in job["variables"].items()}
        script = "\n".join(["set -e", *job["before_script"], *job["script"]])
        return call("sh", "-c", script, code=code, folder=sample, **variables, **environment)

    def test_the_gitlab_component_reports_findings_and_changed_access(self):
        releases = self.served()
        sample = self.sample()
        output = self.gitlab(sample, 1, {}, releases=releases)
        self.assertIn("unknown-action", output)
        [finding] = json.loads((sample / "gl-code-quality-report.json").read_text())
        self.assertEqual(finding["location"]["path"], "policy.json")
        self.assertFalse((sample / "connect-policy-report.md").exists())
        self.gitlab(sample, 0, {}, releases=releases, level="error")
        call(PROGRAM, "check", "--baseline", "known.json", "--write-baseline", folder=sample)
        self.gitlab(sample, 0, {}, releases=releases, baseline="known.json")

        base = call("git", "rev-parse", "HEAD", folder=sample).strip()
        (sample / "policy.json").write_text(POLICY % "connect:CreateUser")
        change = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
        self.gitlab(sample, 1, change, releases=releases, level="error")
        self.assertIn("`connect:CreateUser`", (sample / "connect-policy-report.md").read_text())
        self.gitlab(sample, 0, change, releases=releases, level="error", fail_on_escalation="false")

    def test_the_gitlab_job_of_the_documentation_downloads_the_program(self):
        page = (REPOSITORY / "server/docs/ci.md").read_text()
        [configuration] = [block for block in re.findall(r"```yaml\n(.*?)```", page, re.S) if "codequality.json" in block]
        sample = self.sample()
        script = "\n".join(["set -e", *yaml.safe_load(configuration)["access"]["script"]])
        releases = "https://github.com/connect-policy/connect-policy/releases/download/v0.1.0"
        self.assertIn(releases, script)
        script = script.replace(releases, self.served()).replace("/usr/local/bin", str(self.folder))
        checksum = self.sums["connect-policy-linux-x64.tar.gz"]
        path = f"{self.folder}:{os.environ['PATH']}"
        call("sh", "-c", script, code=1, folder=sample, CONNECT_POLICY_SHA256=checksum, PATH=path)
        [finding] = json.loads((sample / "codequality.json").read_text())
        self.assertEqual(finding["check_name"], "unknown-action")
        call("sh", "-c", script, code=1, folder=sample, CONNECT_POLICY_SHA256="0" * 64, PATH=path)

    def test_many_repositories_are_checked_as_the_documentation_says(self):
        page = (REPOSITORY / "server/docs/ci.md").read_text()
        [command] = [block for block in re.findall(r"```sh\n(.*?)```", page, re.S) if "xargs" in block]
        (self.folder / "clones").mkdir()
        (self.folder / "connect-policy").symlink_to(PROGRAM)
        for name, action in [("clones/one", "connect:DescribeUsr"), ("clones/with space", "connect:DescribeUser")]:
            self.sample(name, action)
        call("bash", "-c", command, folder=self.folder, PATH=f"{self.folder}:{os.environ['PATH']}")
        reports = self.folder.glob("clones/*/connect-policy.json")
        counts = {path.parent.name: len(json.loads(path.read_text())["findings"]) for path in reports}
        self.assertEqual(counts, {"one": 1, "with space": 0})

    def codebuild(self, sample: Path, code: int, **environment: str) -> str:
        specification = yaml.safe_load((self.manifests / "codebuild/buildspec.yml").read_text())
        home = {**specification["env"]["variables"], "HOME": str(self.folder), **environment}
        for phase in ("install", "build"):
            expected = code if phase == "build" else 0
            output = call("bash", "-c", "\n".join(specification["phases"][phase]["commands"]), code=expected, folder=sample, **home)
        return output

    def test_the_buildspec_writes_a_test_report(self):
        releases = self.served()
        origin = self.sample("origin", "connect:ListUsers")
        call("git", "clone", "--quiet", origin, "clone", folder=self.folder)
        sample = self.folder / "clone"
        self.codebuild(sample, 0, CONNECT_POLICY_RELEASES=releases)
        (sample / "policy.json").write_text(POLICY % "connect:CreateUser")
        output = self.codebuild(sample, 1, CONNECT_POLICY_RELEASES=releases)
        self.assertIn("privilege-escalation", output)
        self.assertIn("<testsuite", (sample / "connect-policy.xml").read_text())
        output = self.codebuild(sample, 1, CONNECT_POLICY_RELEASES=releases, CONNECT_POLICY_LEVEL="error",
                                CODEBUILD_WEBHOOK_BASE_REF="refs/heads/main")
        self.assertIn("Access added and removed", output)
        self.codebuild(sample, 0, CONNECT_POLICY_RELEASES=releases, CONNECT_POLICY_LEVEL="error")


if __name__ == "__main__":
    unittest.main(verbosity=1)
