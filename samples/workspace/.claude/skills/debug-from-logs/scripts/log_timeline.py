#!/usr/bin/env python3
"""Shows what kinds of trouble a log holds and since when, or what some of its lines have in common.

    log_timeline.py FILE...                  each kind of WARN and ERROR, releases between them
    log_timeline.py FILE... --common TEXT    the key=value pairs of the lines that contain TEXT

Lines look like `2026-11-17T23:30:00.554Z WARN  logger  message key=value …`; others are left out.
Exits 0, or 2 if no line could be read or none contains TEXT.
"""

import argparse
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass

LINE = re.compile(r"(\d{4}-\d\d-\d\dT\S+)\s+([A-Z]+)\s+(\S+)\s+(.*)")
PAIR = re.compile(r'(\w+)=("[^"]*"|\S+)')
WITH_DIGITS = re.compile(r"\S*\d\S*")
TROUBLE = ("WARN", "ERROR", "FATAL")
SHOWN_VALUES = 5
SHOWN_KINDS = 40


@dataclass
class Entry:
    time: str
    level: str
    logger: str
    message: str

    @property
    def pairs(self):
        return [(key, value.strip('";,')) for key, value in PAIR.findall(self.message)]

    @property
    def kind(self):
        """The message without what differs from case to case."""
        words = WITH_DIGITS.sub("#", PAIR.sub(lambda pair: pair.group(1) + "=*", self.message))
        return f"{self.level:<5} {self.logger}  {words}"


def read(paths):
    entries = []
    for path in paths:
        with open(path, encoding="utf-8", errors="replace") as file:
            for text in file:
                match = LINE.match(text)
                if match:
                    entries.append(Entry(*match.groups()))
    return sorted(entries, key=lambda entry: entry.time)


def is_release(entry):
    return "deploy" in entry.logger and "release=" in entry.message


def timeline(entries):
    kinds = defaultdict(list)
    for entry in entries:
        if entry.level in TROUBLE:
            kinds[entry.kind].append(entry.time)
    rows = [(e.time, f"{e.time[:19]}  ---- {e.message}") for e in entries if is_release(e)]
    often = sorted(kinds.items(), key=lambda item: -len(item[1]))[:SHOWN_KINDS]
    for kind, times in often:
        rows.append((times[0], f"{times[0][:19]}  {len(times):>5} x  last {times[-1][:19]}  {kind}"))
    print("first                count    last                      kind")
    for _, row in sorted(rows):
        print(row)
    if len(kinds) > SHOWN_KINDS:
        print(f"({len(kinds) - SHOWN_KINDS} rarer kinds left out)")
    return 0


def common(entries, text):
    found = [entry for entry in entries if text in entry.message]
    if not found:
        print(f"log_timeline: no line contains {text!r}", file=sys.stderr)
        return 2
    print(f"{len(found)} lines from {found[0].time[:19]} to {found[-1].time[:19]}")
    values = defaultdict(Counter)
    for entry in found:
        for key, value in entry.pairs:
            values[key][value] += 1
    for key, counts in values.items():
        carried = sum(counts.values())
        top = ", ".join(f"{value} ({n})" for value, n in counts.most_common(SHOWN_VALUES))
        more = f", and {len(counts) - SHOWN_VALUES} more" if len(counts) > SHOWN_VALUES else ""
        share = "all" if carried == len(found) else str(carried)
        print(f"{key:<12} on {share:<4} {len(counts):>3} values: {top}{more}")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--common", metavar="TEXT")
    options = parser.parse_args()
    entries = read(options.files)
    if not entries:
        print("log_timeline: no line has the expected form", file=sys.stderr)
        return 2
    return common(entries, options.common) if options.common else timeline(entries)


if __name__ == "__main__":
    sys.exit(main())
