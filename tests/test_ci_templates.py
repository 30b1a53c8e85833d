"""The templates for continuous integration, and our own: sound by their vendors' schemas, safe, in step with the
command line."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from cli.harness import Ringform

TEMPLATES = Path(__file__).resolve().parent.parent / "ci-templates"
WORKFLOWS = sorted((TEMPLATES / "github").glob("*.yml"))
GITLAB = TEMPLATES / "gitlab" / ".gitlab-ci.yml"
OURS = sorted((TEMPLATES.parent / ".github" / "workflows").glob("*.yml"))
ISSUE_CONFIG = TEMPLATES.parent / ".github" / "ISSUE_TEMPLATE" / "config.yml"
ISSUE_FORMS = sorted(path for path in ISSUE_CONFIG.parent.glob("*.yml") if path != ISSUE_CONFIG)
BIN = Path(sys.executable).parent

KEY = "PHONE_INC_API_KEY"
NEEDS_KEY = {"plan", "apply", "drift"}


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)


def read(path: Path) -> dict[Any, Any]:
    document = yaml.safe_load(path.read_text("utf-8"))
    assert isinstance(document, dict)
    return document


def steps(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every step of a workflow, with the name of its job."""
    for job, definition in read(path)["jobs"].items():
        for step in definition["steps"]:
            yield job, step


def scripts(path: Path) -> list[str]:
    """Every shell script of a template."""
    if path != GITLAB:
        return [step["run"] for _, step in steps(path) if "run" in step]
    jobs = [job for job in read(path).values() if isinstance(job, dict)]
    return ["\n".join(job[key]) for job in jobs for key in ("before_script", "script") if key in job]


def ringform_commands(script: str) -> list[list[str]]:
    """The arguments of each `ringform` that begins a line of a script."""
    found = []
    for line in re.findall(r"^\s*ringform\s+(.*)$", script.replace("\\\n", " "), re.MULTILINE):
        lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        arguments = []
        for token in lexer:
            if re.fullmatch(r"[();<>|&]+", token):
                break
            arguments.append(token)
        found.append(arguments)
    return found


def script_of(path: Path, name: str) -> str:
    (script,) = (step["run"] for _, step in steps(path) if step.get("name") == name)
    assert isinstance(script, str)
    return script


def test_there_are_templates() -> None:
    assert [path.name for path in WORKFLOWS] == [
        "ringform-apply.yml",
        "ringform-drift.yml",
        "ringform-pull-request.yml",
    ]
    assert GITLAB.is_file()
    assert [path.name for path in OURS] == ["ci.yml"]
    assert [path.name for path in ISSUE_FORMS] == ["bug.yml", "feature.yml"]


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("github-workflows", [*WORKFLOWS, *OURS]),
        ("gitlab-ci", [GITLAB]),
        ("github-issue-forms", ISSUE_FORMS),
        ("github-issue-config", [ISSUE_CONFIG]),
    ],
    ids=["github", "gitlab", "issue-forms", "issue-config"],
)
def test_they_fit_the_vendors_schema(schema: str, paths: list[Path]) -> None:
    process = run(BIN / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", *paths)
    assert process.returncode == 0, process.stdout + process.stderr


@pytest.mark.parametrize("persona", ["regular", "pedantic", "auditor"])
def test_zizmor_finds_nothing(persona: str) -> None:
    options = ("--offline", "--no-progress", "--no-config", f"--persona={persona}")
    process = run(BIN / "zizmor", *options, *WORKFLOWS, *OURS)
    assert process.returncode == 0, process.stdout + process.stderr


@pytest.mark.parametrize("path", [*WORKFLOWS, *OURS], ids=lambda path: path.stem)
def test_every_action_is_pinned_to_a_commit_and_says_its_version(path: Path) -> None:
    used = re.findall(r"uses: .*", path.read_text("utf-8"))
    assert used
    assert [
        line for line in used if not re.fullmatch(r"uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)
    ] == []


def test_our_own_jobs_may_only_read_the_code_and_end_in_time() -> None:
    for path in OURS:
        workflow = read(path)
        assert workflow["permissions"] == {}
        assert "concurrency" in workflow
        for job in workflow["jobs"].values():
            assert job["permissions"] == {"contents": "read"}
            assert job["timeout-minutes"] <= 30
        checkouts = [step["with"] for _, step in steps(path) if "checkout" in step.get("uses", "")]
        assert {each["persist-credentials"] for each in checkouts} == {False}
        assert "secrets." not in path.read_text("utf-8")


def test_our_own_tests_run_on_every_python_that_is_declared() -> None:
    project = tomllib.loads((TEMPLATES.parent / "pyproject.toml").read_text("utf-8"))["project"]
    declared = re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    (ours,) = OURS
    assert read(ours)["jobs"]["python"]["strategy"]["matrix"]["python"] == declared


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_the_key_reaches_only_the_step_that_needs_it(path: Path) -> None:
    uses = path.read_text("utf-8").count(f"secrets.{KEY}")
    holders = [step for _, step in steps(path) if KEY in step.get("env", {})]
    assert len(holders) == uses > 0
    for step in holders:
        assert [arguments[0] in NEEDS_KEY for arguments in ringform_commands(step["run"])] == [True]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_job_with_the_key_has_an_environment(path: Path) -> None:
    jobs = read(path)["jobs"]
    with_key = {job for job, step in steps(path) if KEY in step.get("env", {})}
    assert {job: jobs[job].get("environment") for job in with_key} == (
        {"apply": "production"} if path.stem == "ringform-apply" else dict.fromkeys(with_key, "preview")
    )


def test_a_fork_gets_no_further_than_validate() -> None:
    workflow = read(TEMPLATES / "github" / "ringform-pull-request.yml")
    assert workflow[True] == {"pull_request": None}  # YAML 1.1 reads `on` as true
    assert "if" not in workflow["jobs"]["validate"]
    assert "head.repo.full_name == github.repository" in workflow["jobs"]["plan"]["if"]
    conditions = [rule["if"] for rule in read(GITLAB)["plan"]["rules"]]
    assert ["CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_MERGE_REQUEST_PROJECT_ID" in each for each in conditions] == [
        True
    ]


@pytest.mark.parametrize("path", [*WORKFLOWS, GITLAB], ids=lambda path: path.stem)
def test_every_command_and_option_exists(path: Path, tmp_path: Path) -> None:
    commands = [arguments for script in scripts(path) for arguments in ringform_commands(script)]
    assert commands
    for command, *arguments in commands:
        ended = Ringform(tmp_path)(command, "--help")
        assert ended.code == 0, ended.err
        known = set(re.findall(r"--[a-z][a-z-]*", ended.out))
        used = {argument.partition("=")[0] for argument in arguments if argument.startswith("-")}
        assert used <= known, f"ringform {command} has no {used - known}"


def test_commands_are_found_in_scripts() -> None:
    script = (
        'echo "ringform apply"\ncode=0\nringform drift > "$X/y" || code=$?\n  ringform plan \\\n    --out p.json a\n'
    )
    assert ringform_commands(script) == [["drift"], ["plan", "--out", "p.json", "a"]]


def run_bash(script: str, folder: Path, **environment: str) -> None:
    bash = shutil.which("bash")
    assert bash
    subprocess.run(
        [bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        env={"PATH": os.environ["PATH"], "RUNNER_TEMP": str(folder), **environment},
        check=True,
    )


@pytest.mark.parametrize("forge", ["github", "gitlab"])
@pytest.mark.parametrize(("code", "expected"), [(0, 0), (1, 1), (2, 0), (3, 3)])
def test_the_check_of_a_plan_is_green_only_for_what_can_be_applied(
    tmp_path: Path, forge: str, code: int, expected: int
) -> None:
    if forge == "github":
        script = script_of(TEMPLATES / "github" / "ringform-pull-request.yml", "Plan")
    else:
        script = "\n".join(read(GITLAB)["plan"]["script"])
    fake = tmp_path / "ringform"
    fake.write_text(f"#!/bin/sh\nexit {code}\n", "utf-8")
    fake.chmod(0o755)
    try:
        run_bash(script, tmp_path, PATH=f"{tmp_path}:{os.environ['PATH']}")
        ended = 0
    except subprocess.CalledProcessError as error:
        ended = error.returncode
    assert ended == expected


def comment_of(folder: Path, plan: str | None) -> str:
    """What the pull request's template writes as a comment for a plan."""
    script = script_of(TEMPLATES / "github" / "ringform-pull-request.yml", "Put the plan into the summary")
    if plan is not None:
        (folder / "plan.txt").write_text(plan, "utf-8")
    run_bash(
        script, folder, GITHUB_STEP_SUMMARY=str(folder / "summary"), COMMIT="c0ffee", RUN="https://git.example.com/7"
    )
    comment = (folder / "comment.md").read_text("utf-8")
    assert (folder / "summary").read_text("utf-8") == comment
    return comment


HEAD = "<!-- ringform plan -->\n### What a merge changes, as of c0ffee\n\n"


def test_nothing_in_a_plan_works_as_markdown(tmp_path: Path) -> None:
    plan = "~ Sales\n\n```\n<img src=x> @everyone\n    - [x] Søren\n"
    comment = comment_of(tmp_path, plan)
    assert comment == HEAD + "    ~ Sales\n    \n    ```\n    <img src=x> @everyone\n        - [x] Søren\n"


def test_a_plan_longer_than_a_comment_is_cut_at_a_line(tmp_path: Path) -> None:
    comment = comment_of(tmp_path, f"{'ø' * 95}\n" * 2_000)
    assert comment.endswith("ø\n\nThe plan goes on. Run `ringform plan` to see all of it.\n")
    assert len(comment) < 65_000


def test_without_a_plan_the_comment_says_so(tmp_path: Path) -> None:
    assert comment_of(tmp_path, None) == HEAD + "There is no plan: [the run](https://git.example.com/7) failed.\n"


@pytest.mark.parametrize(
    ("comments", "expected"),
    [
        ("", "pr comment 7 --body-file {folder}/comment.md\n"),
        (
            "11\n12\n",
            "api --method PATCH repos/acme/phones/issues/comments/12 --field body=@{folder}/comment.md --silent\n",
        ),
    ],
    ids=["first", "again"],
)
def test_a_pull_request_has_one_comment(tmp_path: Path, comments: str, expected: str) -> None:
    # A stand-in for gh that answers the list of comments, and keeps what it is told to do.
    fake = tmp_path / "bin" / "gh"
    fake.parent.mkdir()
    fake.write_text(
        f'#!/bin/sh\ncase "$2" in --paginate) printf "%s" "$COMMENTS";; *) echo "$@" >> "{tmp_path}/sent";; esac\n',
        "utf-8",
    )
    fake.chmod(0o755)
    run_bash(
        script_of(TEMPLATES / "github" / "ringform-pull-request.yml", "Comment on the pull request"),
        tmp_path,
        PATH=f"{fake.parent}:{os.environ['PATH']}",
        COMMENTS=comments,
        GH_REPO="acme/phones",
        PULL_REQUEST="7",
    )
    assert (tmp_path / "sent").read_text("utf-8") == expected.format(folder=tmp_path)
