"""What others build on: the action's script run as a runner would, the hooks, the template for GitLab."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from msgcheck.cli.main import main
from msgcheck.readers import READERS

REPO = Path(__file__).resolve().parents[1]
GUIDE = "msgcheck: 1\nterms:\n  - {use: ship, never: [boat], severity: error}\n"


def load(name: str) -> Any:
    return YAML(typ="safe").load((REPO / name).read_text("utf-8"))


ACTION = load("action.yml")


def script_of(name: str) -> str:
    return str(next(step["run"] for step in ACTION["runs"]["steps"] if step["name"] == name))


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """A checked-out repository in repo/, and a runner's temp/ in which msgcheck is installed."""
    texts = {"rules/g.yaml": GUIDE, "sales/a letter.md": "Step on the boat.\n", "web/b.md": "Our ship.\n"}
    for name, text in texts.items():
        path = tmp_path / "repo" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    program = tmp_path / "temp/msgcheck/bin/msgcheck"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m msgcheck "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return tmp_path


def run_check(runner: Path, **inputs: str) -> dict[str, str]:
    """Run the action's check in an environment that has nothing else in it; its outputs, and what it printed."""
    given = {
        name.upper().replace("-", "_"): str(one.get("default", "")) for name, one in ACTION["inputs"].items()
    } | inputs
    environment = {f"MSGCHECK_{name}": value for name, value in given.items()}
    environment |= {
        "PATH": os.environ["PATH"], "HOME": str(runner), "RUNNER_TEMP": str(runner / "temp"),
        "GITHUB_OUTPUT": str(runner / "output"), "GITHUB_STEP_SUMMARY": str(runner / "summary"),
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script_of("Check")], cwd=runner / "repo",
        env=environment, capture_output=True, text=True, timeout=120, check=True,
    )
    outputs = dict(line.split("=", 1) for line in (runner / "output").read_text().splitlines())
    return {**outputs, "stdout": done.stdout}


def test_the_action_reports_and_tells_its_exit_code(runner: Path) -> None:
    got = run_check(runner, HTML="report.html")
    assert got["exit-code"] == "1"
    assert "::error file=sales/a letter.md" in got["stdout"]
    sarif = json.loads((runner / "repo/msgcheck.sarif").read_text("utf-8"))
    assert [one["ruleId"] for one in sarif["runs"][0]["results"]] == ["term"]
    assert "Messaging: 1 error" in (runner / "summary").read_text("utf-8")
    assert (runner / "repo/report.html").is_file()


def test_an_input_is_never_a_command(runner: Path) -> None:
    got = run_check(runner, PATHS="sales/a letter.md\nweb\n$(touch owned)\n", GUIDE="rules; touch owned")
    assert got["exit-code"] == "2"
    assert not (runner / "repo/owned").exists()


def test_the_action_is_pinned_and_its_scripts_hold_no_expressions() -> None:
    for step in ACTION["runs"]["steps"]:
        if "uses" in step:
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step["uses"])
        assert "${{" not in step.get("run", "")


def test_the_hooks_look_at_the_documents_that_msgcheck_reads() -> None:
    hooks = load(".pre-commit-hooks.yaml")
    assert [hook.get("pass_filenames", True) for hook in hooks] == [True, False]
    for hook in hooks:
        pattern = re.compile(hook["files"])
        for suffixes, _ in READERS.values():
            assert all(pattern.search(f"sales/offer{suffix}") for suffix in suffixes)
        assert not any(pattern.search(name) for name in ("logo.png", "rules/guide.yaml", "a.pdf.png", "pdf"))


@pytest.mark.parametrize("index", [0, 1])
def test_a_hook_fails_on_what_it_should(runner: Path, index: int, monkeypatch: pytest.MonkeyPatch) -> None:
    hook = load(".pre-commit-hooks.yaml")[index]
    monkeypatch.chdir(runner / "repo")
    monkeypatch.setenv("MSGCHECK_CACHE_DIR", str(runner / "cache"))
    program, *arguments = shlex.split(hook["entry"])
    assert program == "msgcheck"
    assert main([*arguments, *(["sales/a letter.md"] if index == 0 else [])]) == 1
    if index == 0:
        assert main([*arguments, "web/b.md"]) == 0


def test_the_gitlab_job_runs(runner: Path) -> None:
    job = load("docs/ci/gitlab.yml")["msgcheck"]
    environment = {
        **{name: str(value) for name, value in job["variables"].items()}, "HOME": str(runner),
        "PATH": f"{runner / 'temp/msgcheck/bin'}{os.pathsep}{os.environ['PATH']}",
    }
    done = subprocess.run(["bash", "-c", job["script"][0]], cwd=runner / "repo", env=environment, capture_output=True,
                          text=True, timeout=120, check=False)
    assert done.returncode == 1
    assert "1 error" in done.stdout
    reports = job["artifacts"]["reports"]
    (issue,) = json.loads((runner / "repo" / reports["codequality"]).read_text("utf-8"))
    assert issue["location"]["path"] == "sales/a letter.md"
    assert "<failure" in (runner / "repo" / reports["junit"]).read_text("utf-8")
    assert all((runner / "repo" / path).is_file() for path in job["artifacts"]["paths"])
