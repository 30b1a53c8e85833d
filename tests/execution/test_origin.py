"""Who applies and from where, by the variables that CI systems document."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ringform.execution.origin import origin

SHA = "1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d"
GITHUB = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_ACTOR": "ada",
    "GITHUB_SHA": SHA,
    "GITHUB_SERVER_URL": "https://forge.example",
    "GITHUB_REPOSITORY": "acme/phones",
    "GITHUB_RUN_ID": "987654",
    "GITHUB_RUN_NUMBER": "12",
}
ENVIRONMENTS = {
    "github-push": {**GITHUB, "GITHUB_REF": "refs/heads/main", "GITHUB_REF_NAME": "main", "GITHUB_HEAD_REF": ""},
    "github": {**GITHUB, "GITHUB_REF": "refs/pull/7/merge", "GITHUB_REF_NAME": "7/merge", "GITHUB_HEAD_REF": "hours"},
    "forgejo": {
        **GITHUB,
        "FORGEJO_ACTIONS": "true",
        "GITHUB_REF": "refs/pull/7/head",
        "GITHUB_HEAD_REF": "hours",
    },
    "gitea": {**GITHUB, "GITEA_ACTIONS": "true", "GITHUB_REF": "refs/pull/7/head", "GITHUB_HEAD_REF": "hours"},
    "gitlab": {
        "GITLAB_CI": "true",
        "GITLAB_USER_LOGIN": "ada",
        "CI_COMMIT_SHA": SHA,
        "CI_COMMIT_REF_NAME": "refs/merge-requests/7/head",
        "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": "hours",
        "CI_JOB_URL": "https://gitlab.example/acme/phones/-/jobs/1",
        "CI_MERGE_REQUEST_IID": "7",
    },
    "azure": {
        "TF_BUILD": "True",
        "BUILD_REQUESTEDFOR": "ada",
        "BUILD_SOURCEVERSION": SHA,
        "BUILD_SOURCEBRANCHNAME": "hours",
        "BUILD_BUILDID": "5",
        "SYSTEM_COLLECTIONURI": "https://dev.azure.com/acme/",
        "SYSTEM_TEAMPROJECT": "phones",
        "SYSTEM_PULLREQUEST_PULLREQUESTID": "7",
    },
    "bitbucket": {
        "BITBUCKET_BUILD_NUMBER": "5",
        "BITBUCKET_COMMIT": SHA,
        "BITBUCKET_BRANCH": "hours",
        "BITBUCKET_GIT_HTTP_ORIGIN": "http://bitbucket.org/acme/phones",
        "BITBUCKET_PR_ID": "7",
    },
    "circleci": {
        "CIRCLECI": "true",
        "CIRCLE_USERNAME": "ada",
        "CIRCLE_SHA1": SHA,
        "CIRCLE_BRANCH": "hours",
        "CIRCLE_BUILD_URL": "https://circleci.com/gh/acme/phones/5",
        "CIRCLE_PULL_REQUEST": "https://github.com/acme/phones/pull/7",
    },
    "jenkins": {
        "JENKINS_URL": "https://ci.example/",
        "BUILD_USER_ID": "ada",
        "GIT_COMMIT": SHA,
        "BRANCH_NAME": "PR-7",
        "CHANGE_BRANCH": "hours",
        "CHANGE_ID": "7",
        "BUILD_URL": "https://robot:hunter2@ci.example/job/phones/5/",
    },
}
RUNS = {
    "github-push": "https://forge.example/acme/phones/actions/runs/987654",
    "github": "https://forge.example/acme/phones/actions/runs/987654",
    "forgejo": "https://forge.example/acme/phones/actions/runs/12",
    "gitea": "https://forge.example/acme/phones/actions/runs/12",
    "gitlab": "https://gitlab.example/acme/phones/-/jobs/1",
    "azure": "https://dev.azure.com/acme/phones/_build/results?buildId=5",
    "bitbucket": "http://bitbucket.org/acme/phones/pipelines/results/5",
    "circleci": "https://circleci.com/gh/acme/phones/5",
    "jenkins": "https://ci.example/job/phones/5/",
}


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder outside of every repository, and a user."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setenv("LOGNAME", "grace")


@pytest.mark.parametrize("system", ENVIRONMENTS)
@pytest.mark.usefixtures("nowhere")
def test_what_each_ci_system_says(system: str) -> None:
    found = origin(ENVIRONMENTS[system])
    is_push = system == "github-push"
    assert (found.commit, found.branch, found.run) == (SHA, "main" if is_push else "hours", RUNS[system])
    assert found.pull_request == (None if is_push else "7")
    assert found.user == ("grace" if system == "bitbucket" else "ada")


@pytest.mark.usefixtures("nowhere")
def test_a_laptop_outside_of_a_repository() -> None:
    found = origin({})
    assert (found.user, found.commit, found.branch, found.run, found.pull_request) == ("grace", None, None, None, None)
    assert found.host


@pytest.mark.usefixtures("nowhere")
def test_variables_that_are_missing_leave_no_half_of_a_link() -> None:
    found = origin({"GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": "https://forge.example"})
    assert (found.run, found.commit, found.branch) == (None, None, None)


@pytest.mark.usefixtures("nowhere")
def test_no_name_for_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise KeyError("getpwuid(): uid not found: 1000")

    monkeypatch.setattr("getpass.getuser", unknown)
    assert origin({}).user is None


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com")
    return subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.mark.usefixtures("nowhere")
def test_what_is_checked_out_counts_before_what_ci_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "init", "-q", "-b", "trunk")
    empty = origin(ENVIRONMENTS["github"])
    assert (empty.commit, empty.branch) == (SHA, "hours"), "a repository without a commit"
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "One")
    commit = git(tmp_path, "rev-parse", "HEAD").strip()
    found = origin(ENVIRONMENTS["github"])
    assert (found.commit, found.branch) == (commit, "trunk")
    git(tmp_path, "checkout", "-q", "--detach")
    detached = origin(ENVIRONMENTS["github"])
    assert (detached.commit, detached.branch) == (commit, "hours")
    monkeypatch.setenv("PATH", "")
    assert (origin({}).commit, origin({}).branch) == (None, None), "no git"
