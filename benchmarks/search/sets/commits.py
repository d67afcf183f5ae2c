#!/usr/bin/env python3
"""Makes a corpus for `benchmarks/run search` from the history of a repository of Python.

    commits.py GIT-DIR OUT SINCE UNTIL COUNT [SHORTEST-MESSAGE]

A question is the message of a commit that fixes something: it changes one to three files that are
not tests, and a test. The tree is that before the first of them, *.py alone; files that are not in
it yet do not count. Trailers, links and numbers of pull requests are cut from the messages.
"""
import json
import os
import re
import subprocess
import sys

TRAILER = re.compile(
    r"^(co-authored-by|signed-off-by|reviewed-by|\(?cherry picked|pull request|---------|change-id"
    r"|pull-request|closes? #?\d+\W*$|fix(es)? #?\d+\W*$|see #?\d+\W*$)", re.I)
NOT_A_FIX = re.compile(
    r"(?i)(\[?(docs?|chore|ci|build|style|refactor|release|bump|typing|sync|update dep)|revert|merge"
    r"|prepare|.*(typo|changelog|docstring|pre-commit|black))")
NOT_SOURCE = re.compile(
    r"(^|/)(tests?|testing|test_[^/]*|[^/]*_tests?\.py|conftest\.py)(/|$)|(^|/)test_|/tests?/"
    r"|^docs?/|^examples?/|setup\.py$|__init__\.py$|typeshed|/vendor")


def git(directory, *arguments, **options):
    command = ["git", "-C", directory, *arguments]
    return subprocess.run(command, capture_output=True, check=True, **options).stdout


def cleaned(message):
    lines = [re.sub(r"\s*\(#\d+\)", "", line) for line in message.splitlines()
             if not TRAILER.match(line.strip().lstrip("* ").lstrip("- "))]
    text = re.sub(r"https?://\S+", "", "\n".join(lines))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def questions(directory, since, until, count, shortest):
    log = git(directory, "log", "--no-merges", "--reverse", "--since=" + since, "--until=" + until,
              "--name-status", "--no-renames", "--format=%x01%H%x00%B%x00").decode("utf8", "replace")
    base, tree, found = None, set(), []
    for commit in log.split("\x01")[1:]:
        name, message, changes = commit.split("\0")[:3]
        message = cleaned(message)
        if not shortest <= len(message) <= 6000 or NOT_A_FIX.match(message.split("\n")[0]):
            continue
        python = [change.split("\t") for change in changes.strip().splitlines()
                  if "\t" in change and change.endswith(".py")]
        source = [change for change in python if not NOT_SOURCE.search(change[1])]
        if not 1 <= len(source) <= 3 or any(kind != "M" for kind, _ in source):
            continue
        if len(source) == len(python):
            continue
        if base is None:
            base = git(directory, "rev-parse", name + "^").decode().strip()
            listed = git(directory, "ls-tree", "-r", "--name-only", "-z", base)
            tree = set(listed.decode("utf8", "replace").split("\0"))
        relevant = [path for _, path in source]
        if all(path in tree for path in relevant):
            found.append({"id": name[:12], "query": message, "relevant": relevant})
        if len(found) == count:
            break
    return base, sorted(path for path in tree if path.endswith(".py")), found


def write_tree(directory, base, paths, out):
    asked = "".join(f"{base}:{path}\n" for path in paths).encode()
    answer = git(directory, "cat-file", "--batch", input=asked)
    at = 0
    for path in paths:
        end = answer.index(b"\n", at)
        head = answer[at:end].split()
        at = end + 1
        if head[-1] != b"missing":
            size = int(head[-1])
            file = os.path.join(out, "tree", path)
            os.makedirs(os.path.dirname(file), exist_ok=True)
            with open(file, "wb") as target:
                target.write(answer[at:at + size])
            at += size + 1


def main(directory, out, since, until, count, shortest="200"):
    base, paths, found = questions(directory, since, until, int(count), int(shortest))
    if not found:
        sys.exit("no such commits")
    write_tree(directory, base, paths, out)
    with open(os.path.join(out, "queries.jsonl"), "w", encoding="utf8") as target:
        for question in found:
            target.write(json.dumps(question, ensure_ascii=False) + "\n")
    print(f"{out}: {len(found)} questions, {len(paths)} files of {base[:10]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
