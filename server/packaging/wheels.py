#!/usr/bin/env python3
"""Packs the programs of a release as wheels for PyPI, without compiling them again: what was tested is what pip installs.

    wheels.py VERSION ARCHIVES OUT

ARCHIVES is a folder with `connect-policy-CODE.tar.gz` and `.zip`. The wheels are the same bytes on each run.
"""

import base64
import hashlib
import sys
import zipfile
from pathlib import Path

from archives import files_of

# The platforms, and the oldest systems on which their programs run.
TAGS = {
    "linux-x64": "manylinux2014_x86_64.manylinux_2_17_x86_64",
    "linux-arm64": "manylinux2014_aarch64.manylinux_2_17_aarch64",
    "alpine-x64": "musllinux_1_1_x86_64",
    "alpine-arm64": "musllinux_1_1_aarch64",
    "darwin-x64": "macosx_10_12_x86_64",
    "darwin-arm64": "macosx_11_0_arm64",
    "win32-x64": "win_amd64",
    "win32-arm64": "win_arm64",
}
METADATA = """\
Metadata-Version: 2.4
Name: connect-policy
Version: {version}
Summary: Language server and checker for Amazon Connect access policies
Keywords: amazon-connect,aws,iam,language-server,linter
Home-page: https://github.com/connect-policy/connect-policy
License-Expression: MIT
License-File: LICENSE
Classifier: Environment :: Console
Classifier: Topic :: Software Development :: Quality Assurance
Project-URL: Changelog, https://github.com/connect-policy/connect-policy/blob/main/CHANGELOG.md
Requires-Python: >=3.7
Description-Content-Type: text/markdown

connect-policy helps you write and check access policies for Amazon Connect in JSON, YAML and Terraform. This package installs
the program `connect-policy`, which is a checker for the command line and CI, and a language server for editors:

```sh
uvx connect-policy check .
```

See the [documentation](https://github.com/connect-policy/connect-policy).
"""


def pack(version: str, code: str, files: dict[str, bytes], out: Path) -> Path:
    """Writes the wheel of one platform."""
    program = "connect-policy.exe" if code.startswith("win32") else "connect-policy"
    info = f"connect_policy-{version}.dist-info"
    tags = "".join(f"Tag: py3-none-{tag}\n" for tag in TAGS[code].split("."))
    contents = {
        f"connect_policy-{version}.data/scripts/{program}": files[program],
        f"{info}/licenses/LICENSE": files["LICENSE"],
        f"{info}/METADATA": METADATA.format(version=version).encode(),
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: connect-policy\nRoot-Is-Purelib: false\n{tags}".encode(),
    }
    record = ""
    for name, data in contents.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        record += f"{name},sha256={digest},{len(data)}\n"
    contents[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    wheel = out / f"connect_policy-{version}-py3-none-{TAGS[code]}.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (0o100755 if name.endswith(program) else 0o100644) << 16
            archive.writestr(entry, data)
    return wheel


def main(version: str, folder: str, out: str) -> None:
    Path(out).mkdir(parents=True, exist_ok=True)
    for code, files in files_of(Path(folder), TAGS):
        print(pack(version, code, files, Path(out)))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit("usage: wheels.py VERSION ARCHIVES OUT")
    main(*sys.argv[1:])
