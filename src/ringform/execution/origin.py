"""Who applies, and from where: what a journal says of it, from the environment and git."""

from __future__ import annotations

import getpass
import platform
import re
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import suppress
from string import Template

from ringform.model.journal import Origin

_PATIENCE = 2.0
"""Seconds that git may take: a journal can do without it."""

_LONGEST = 200

_GITHUB = {
    "user": ("$GITHUB_ACTOR",),
    "commit": ("$GITHUB_SHA",),
    "branch": ("$GITHUB_HEAD_REF", "$GITHUB_REF_NAME"),
    "pull_request": ("$GITHUB_REF",),
}
_GITEA = {**_GITHUB, "run": ("$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_NUMBER",)}
_SYSTEMS: tuple[tuple[str, Mapping[str, tuple[str, ...]]], ...] = (
    ("FORGEJO_ACTIONS", _GITEA),
    ("GITEA_ACTIONS", _GITEA),
    (
        "GITHUB_ACTIONS",
        {**_GITHUB, "run": ("$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID",)},
    ),
    (
        "GITLAB_CI",
        {
            "user": ("$GITLAB_USER_LOGIN",),
            "commit": ("$CI_COMMIT_SHA",),
            "branch": ("$CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "$CI_COMMIT_REF_NAME"),
            "run": ("$CI_JOB_URL", "$CI_PIPELINE_URL"),
            "pull_request": ("$CI_MERGE_REQUEST_IID",),
        },
    ),
    (
        "TF_BUILD",
        {
            "user": ("$BUILD_REQUESTEDFOR",),
            "commit": ("$BUILD_SOURCEVERSION",),
            "branch": ("$BUILD_SOURCEBRANCHNAME",),
            "run": ("$SYSTEM_COLLECTIONURI$SYSTEM_TEAMPROJECT/_build/results?buildId=$BUILD_BUILDID",),
            "pull_request": ("$SYSTEM_PULLREQUEST_PULLREQUESTNUMBER", "$SYSTEM_PULLREQUEST_PULLREQUESTID"),
        },
    ),
    (
        "BITBUCKET_BUILD_NUMBER",
        {
            "commit": ("$BITBUCKET_COMMIT",),
            "branch": ("$BITBUCKET_BRANCH",),
            "run": ("$BITBUCKET_GIT_HTTP_ORIGIN/pipelines/results/$BITBUCKET_BUILD_NUMBER",),
            "pull_request": ("$BITBUCKET_PR_ID",),
        },
    ),
    (
        "CIRCLECI",
        {
            "user": ("$CIRCLE_USERNAME",),
            "commit": ("$CIRCLE_SHA1",),
            "branch": ("$CIRCLE_BRANCH",),
            "run": ("$CIRCLE_BUILD_URL",),
            "pull_request": ("$CIRCLE_PULL_REQUEST",),
        },
    ),
    (
        "JENKINS_URL",
        {
            "user": ("$BUILD_USER_ID",),
            "commit": ("$GIT_COMMIT",),
            "branch": ("$CHANGE_BRANCH", "$BRANCH_NAME", "$GIT_BRANCH"),
            "run": ("$BUILD_URL",),
            "pull_request": ("$CHANGE_ID",),
        },
    ),
)
"""The variable by which a CI system is known, and where it says what; of several the first one that is set counts."""

_PULL_REQUEST = re.compile(r"(?:^|/pull/)([0-9]{1,18})(?=/|$)")
_CREDENTIALS = re.compile(r"//[^/@]*@")


def origin(environment: Mapping[str, str]) -> Origin:
    """Return who applies and from where, as far as the environment and git tell.

    What is checked out counts before what a CI system says of it.
    """
    given = {name: value for name, value in environment.items() if value}
    says = next((says for marker, says in _SYSTEMS if marker in given), {})
    named = {name: _first(templates, given) for name, templates in says.items()}
    commit, branch = _checked_out()
    request = _PULL_REQUEST.search(named.get("pull_request") or "")
    return Origin(
        user=_clean(named.get("user") or _user()),
        host=_clean(platform.node()),
        commit=_clean(commit or named.get("commit")),
        branch=_clean(branch or named.get("branch")),
        run=_clean(_CREDENTIALS.sub("//", named.get("run") or "")),
        pull_request=request[1] if request else None,
    )


def _first(templates: Iterable[str], given: Mapping[str, str]) -> str | None:
    for template in templates:
        with suppress(KeyError):
            return Template(template).substitute(given)
    return None


def _user() -> str | None:
    with suppress(Exception):  # no name in the environment, and none on this system for the id
        return getpass.getuser()
    return None


def _checked_out() -> tuple[str | None, str | None]:
    """Return the commit and the branch of the current folder; None where there is none, or no git."""
    command = ("git", "rev-parse", "HEAD", "--abbrev-ref", "HEAD")
    try:
        ended = subprocess.run(  # noqa: S603 - nothing in the command comes from outside
            command, capture_output=True, timeout=_PATIENCE, check=True, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError):
        return None, None
    commit, branch, *_ = [*ended.stdout.decode("utf-8", "replace").splitlines(), "", ""]
    return commit, None if branch == "HEAD" else branch


def _clean(text: str | None) -> str | None:
    """Return a text that can be written as JSON and read again, and is not endless; None for an empty one."""
    return (text or "").encode("utf-8", "replace").decode()[:_LONGEST] or None
