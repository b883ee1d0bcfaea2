#!/bin/sh
# Runs the previous release's suite, with its own code, on the schema that this checkout's migrations make: during a
# rolling deploy the old code serves on the new schema (ADR 0020). REF names another release than the newest tag.
set -eu
cd "$(dirname "$0")/.."
here="$(pwd)"

say() { printf '%s\n' "$1"; }

newest() { ls alembic/versions/*.py | sort | tail -n 1; }

ref="${REF:-}"
[ -n "$ref" ] || ref="$(git describe --tags --abbrev=0 2>/dev/null || true)"
if [ -z "$ref" ]; then
    # No tag yet: the commit before the newest migration came.
    added="$(git log --diff-filter=A --format=%H -n 1 -- "$(newest)")"
    [ -z "$added" ] && added=HEAD  # not committed yet
    ref="$(git rev-parse --verify --quiet "$added^" || true)"
fi
if [ -z "$ref" ] || ! git ls-tree --name-only "$ref" alembic/versions/ 2>/dev/null | grep -q '\.py$'; then
    say "There is no previous release with a schema: nothing to try."
    exit 0
fi
ref="$(git rev-parse --verify "$ref^{commit}")"
if ! git cat-file -e "$ref:tests/support/newer.py" 2>/dev/null; then
    say "The release $ref came before its suite could be run on a newer schema: nothing can be shown of it."
    exit 0
fi
if git diff --quiet "$ref" -- alembic/versions; then
    say "The migrations are those of $ref: there is no newer schema to try."
    exit 0
fi

tree="$(mktemp -d)"
trap 'git worktree remove --force "$tree/previous" 2>/dev/null; rm -rf "$tree"' EXIT INT TERM
git worktree add --quiet --detach "$tree/previous" "$ref"
if cmp -s requirements.lock "$tree/previous/requirements.lock"; then
    python="$here/.venv/bin/python"  # the same dependencies; the code is that of the folder it starts in
else
    make -s -C "$tree/previous" setup
    python="$tree/previous/.venv/bin/python"
fi
say "The suite of $ref on the schema of this checkout:"
cd "$tree/previous"
PYTHONPATH="$tree/previous" ATRIUM_TEST_NEWER_CHECKOUT="$here" "$python" -m pytest -n "${WORKERS:-2}" -m "not own_schema"
