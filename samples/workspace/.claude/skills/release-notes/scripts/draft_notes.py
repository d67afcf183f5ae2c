#!/usr/bin/env python3
"""Drafts release notes from what the project and its logs know; prints Markdown, writes nothing.

    draft_notes.py --change "TICKET What changed"... [--version-file FILE] [--logs FILE...]
                   [--today YYYY-MM-DD]

Exits 0, or 2 if the version file holds no version.
"""

import argparse
import datetime
import re
import sys

VERSION = re.compile(r'__version__\s*=\s*"(\d+)\.(\d+)\.(\d+)"')
STARTED = re.compile(r'^(\S+)\s.*\bstarted release=(\S+)(?:\s+changes="([^"]*)")?')
MISMATCH = re.compile(r"^(\S+)\s.*\bmismatch (\S+) (.*)")
SHOWN_CASES = 30


def next_version(current, today):
    """`year.week.number`: the number goes on within a week and begins anew with the next."""
    year, week, _ = today.isocalendar()
    number = current[2] + 1 if (current[0], current[1]) == (year, week) else 0
    return f"{year}.{week}.{number}"


def read_version(path):
    with open(path, encoding="utf-8") as file:
        match = VERSION.search(file.read())
    return tuple(int(part) for part in match.groups()) if match else None


def read_logs(paths):
    """The last release that was started, and the mismatches since then, one for each case."""
    lines = []
    for path in paths:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines.extend(file)
    release, cases = None, {}
    for line in sorted(lines):
        started, mismatch = STARTED.match(line), MISMATCH.match(line)
        if started:
            release, cases = started.groups(), {}
        elif mismatch:
            cases.setdefault(mismatch.group(2), mismatch.groups())
    return release, list(cases.values())


def draft(version, today, changes, release, cases):
    print(f"# {version} ({today.day} {today:%B %Y})\n")
    print("ONE SENTENCE THAT A CUSTOMER WOULD UNDERSTAND.\n")
    if release:
        time, running, _ = release
        print(f"- **Wrong since** {running} ({time[:16].replace('T', ', ')} UTC), ", end="")
        print(f"**right with** {version}.")
    if cases:
        print(f"- **Affected:** {len(cases)} invoices, first seen {cases[0][0][:10]}; listed below.")
    print("- **To do:** WHO DOES WHAT, OR NOTHING.\n")
    print("## Changes\n")
    for change in changes:
        ticket, _, text = change.partition(" ")
        print(f"- {text} ({ticket})" if text else f"- {ticket}")
    if release and release[2]:
        print(f"\nRunning until now: {release[1]} with {release[2]}.")
    if cases:
        print("\n## Affected invoices\n")
        for _, number, facts in cases[:SHOWN_CASES]:
            print(f"- {number}: {facts}")
        if len(cases) > SHOWN_CASES:
            print(f"- and {len(cases) - SHOWN_CASES} more")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--change", action="append", default=[], required=True)
    parser.add_argument("--version-file", metavar="FILE")
    parser.add_argument("--logs", nargs="+", default=[], metavar="FILE")
    parser.add_argument("--today", type=datetime.date.fromisoformat, default=datetime.date.today())
    options = parser.parse_args()
    current = read_version(options.version_file) if options.version_file else (0, 0, 0)
    if current is None:
        print(f"draft_notes: no __version__ in {options.version_file}", file=sys.stderr)
        return 2
    release, cases = read_logs(options.logs)
    version = next_version(current, options.today)
    draft(version, options.today, options.change, release, cases)
    return 0


if __name__ == "__main__":
    sys.exit(main())
