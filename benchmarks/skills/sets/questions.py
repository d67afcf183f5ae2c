#!/usr/bin/env python3
"""Makes a set for `benchmarks/run skill-search` from a git directory with skills.

    questions.py GIT_DIRECTORY OUT

Each skill of the newest commit, the first of a name, becomes a directory of OUT with its `SKILL.md`
and the questions about it in `evals/evals.json`, wherever the collection keeps them: beside the
skill as JSON (`evals`, `triggers`), as lines (`trigger.jsonl`, `adversarial.jsonl`, `golden.jsonl`)
or as `references/evals.yaml`, or below `tests` or `evals` under the name of the skill. Needs PyYAML.
"""
import collections
import json
import os
import re
import subprocess
import sys

import yaml

BESIDE = [
    f"evals/{name}.json"
    for name in ("evals", "triggers", "trigger_evals", "trigger-evals", "trigger-eval")
]
ELSEWHERE = (
    re.compile(r"^tests/[^/]+/([^/]+)/eval\.yaml$"),
    re.compile(r"^evals/[^/]+/([^/]+)/trigger-eval\.json$"),
)
LINES = {"trigger": ("trigger_positive", "trigger_negative"), "adversarial": ("rephrasing",)}
FORMAT = re.compile(r"Use the required response format.*?(\.|$)")


class Tree:
    """The files of the newest commit; links inside it are followed."""

    def __init__(self, directory):
        listed = subprocess.run(
            ["git", "-C", directory, "ls-tree", "-r", "-z", "HEAD"], capture_output=True, check=True
        ).stdout.decode("utf8", "replace")
        self.files = {}
        for line in filter(None, listed.split("\0")):
            about, path = line.split("\t", 1)
            mode, _, digest = about.split()
            self.files[path] = (mode, digest)
        self.reader = subprocess.Popen(
            ["git", "-C", directory, "cat-file", "--batch"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def read(self, path, depth=0):
        if path not in self.files:
            return None
        mode, digest = self.files[path]
        self.reader.stdin.write((digest + "\n").encode())
        self.reader.stdin.flush()
        answer = self.reader.stdout.readline().decode().split()
        if answer[1] == "missing":
            return None
        content = self.reader.stdout.read(int(answer[2]))
        self.reader.stdout.read(1)
        if mode == "120000" and depth < 4:
            target = os.path.join(os.path.dirname(path), content.decode())
            return self.read(os.path.normpath(target), depth + 1)
        return content

    def skills(self):
        return sorted(path for path in self.files if path.endswith("SKILL.md"))


def parsed(content):
    try:
        return json.loads(content.decode("utf-8-sig"))
    except ValueError:
        try:
            return yaml.safe_load(content)
        except (yaml.YAMLError, ValueError):
            return None


def question(text, wanted=True, expected=None):
    made = {"query": text, "should_trigger": bool(wanted)}
    return made | ({"expected_skill": expected} if isinstance(expected, str) else {})


def questions(value, wanted=True):
    """Every question in lists and maps of the common forms."""
    if isinstance(value, str) and len(value) > 8:
        yield question(value, wanted)
    elif isinstance(value, list):
        for item in value:
            yield from questions(item, wanted)
    elif isinstance(value, dict):
        texts = (value.get(key) for key in ("query", "prompt", "question"))
        text = next((text for text in texts if isinstance(text, str) and text.strip()), None)
        if text:
            none = "expected_skill" in value and value["expected_skill"] is None
            yes = value.get("should_trigger", value.get("expect_activation", wanted))
            yield question(text, yes and not none, value.get("expected_skill"))
            return
        for key in ("evals", "cases", "queries", "scenarios"):
            if isinstance(value.get(key), list):
                items = [item for item in value[key] if isinstance(item, dict)]
                yield from questions(items, wanted)
        for key, yes in (("should_trigger", True), ("should_not_trigger", False)):
            if isinstance(value.get(key), list):
                yield from questions(value[key], yes)


def lines(tree, directory):
    for name in ("trigger", "adversarial", "golden"):
        for line in (tree.read(f"{directory}/evals/{name}.jsonl") or b"").decode().splitlines():
            case = parsed(line.encode())
            kind = case.get("type") if isinstance(case, dict) else None
            is_wanted = name not in LINES or kind in LINES[name]
            if isinstance(case, dict) and is_wanted and isinstance(case.get("input"), str):
                yield question(case["input"], kind != "trigger_negative")


def cases(tree, directory):
    listed = parsed(tree.read(f"{directory}/references/evals.yaml") or b"")
    for case in (listed.get("cases") or []) if isinstance(listed, dict) else []:
        is_case = isinstance(case, dict) and isinstance(case.get("prompt"), str)
        if is_case and "fail" not in str(case.get("name", "")):
            yield question(FORMAT.sub("", case["prompt"]))


def elsewhere(tree):
    found = collections.defaultdict(list)
    for path in tree.files:
        for form in ELSEWHERE:
            match = form.match(path)
            if match:
                found[match.group(1)] += questions(parsed(tree.read(path)))
    return found


def main(directory, out):
    tree = Tree(directory)
    apart = elsewhere(tree)
    seen = set()
    for path in tree.skills():
        content = tree.read(path)
        where = os.path.dirname(path)
        declared = re.search(rb"^name:\s*[\"']?([^\r\n\"']+)", (content or b"")[:3000], re.M)
        name = declared.group(1).decode("utf8", "replace").strip() if declared else os.path.basename(where)
        if not content or name in seen:
            continue
        seen.add(name)
        asked = list(apart.get(os.path.basename(where), []))
        for file in BESIDE:
            asked += questions(parsed(tree.read(f"{where}/{file}" if where else file) or b""))
        asked += list(lines(tree, where)) + list(cases(tree, where))
        folder = re.sub("[^a-zA-Z0-9-]+", "-", os.path.basename(where) or "root")[:60]
        target = os.path.join(out, f"{len(seen) // 500:03d}", f"{len(seen):05d}-{folder}")
        os.makedirs(target, exist_ok=True)
        with open(os.path.join(target, "SKILL.md"), "wb") as file:
            file.write(content)
        if asked:
            os.makedirs(os.path.join(target, "evals"), exist_ok=True)
            with open(os.path.join(target, "evals/evals.json"), "w", encoding="utf8") as file:
                json.dump(asked, file, ensure_ascii=False)
    print(out, "skills", len(seen), file=sys.stderr)


main(*sys.argv[1:3])
