#!/usr/bin/env python3
"""Runs the tests below the current directory, then further checks, and prints what matters.

    verify.py [--tests DIRECTORY] [--pattern NAME] [--check COMMAND]...

Exits 0 if every test and every check passed, 1 if not, 2 if no test was found.
"""

import argparse
import io
import subprocess
import sys
import unittest

SHOWN_LINES = 12
CHECK_SECONDS = 120


def reason(trace):
    """The line of a traceback that says what was expected, or what was raised."""
    lines = [line for line in trace.strip().splitlines() if line.strip()]
    told = [line for line in lines if not line.startswith((" ", "-", "+", "?", "Traceback"))]
    return (told or lines or ["no reason given"])[0]


def run_tests(directory, pattern):
    sys.path.insert(0, ".")
    suite = unittest.defaultTestLoader.discover(directory, pattern=pattern, top_level_dir=".")
    result = unittest.TextTestRunner(stream=io.StringIO(), buffer=True).run(suite)
    for test, trace in result.failures + result.errors:
        print(f"FAILED {test.id()}\n       {reason(trace)}")
    bad = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    print(f"tests: {result.testsRun - bad} of {result.testsRun} passed")
    return result.testsRun, bad


def run_check(command):
    try:
        done = subprocess.run(
            command, shell=True, capture_output=True, text=True, timeout=CHECK_SECONDS
        )
    except subprocess.TimeoutExpired:
        print(f"check: {command}: not done after {CHECK_SECONDS} s")
        return False
    lines = (done.stdout + done.stderr).strip().splitlines()
    if len(lines) > SHOWN_LINES:
        print(f"       ({len(lines) - SHOWN_LINES} earlier lines left out)")
    for line in lines[-SHOWN_LINES:]:
        print(f"       {line}")
    print(f"check: {command}: {'passed' if done.returncode == 0 else f'exit {done.returncode}'}")
    return done.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tests", default="tests", metavar="DIRECTORY")
    parser.add_argument("--pattern", default="test*.py", metavar="NAME")
    parser.add_argument("--check", action="append", default=[], metavar="COMMAND")
    options = parser.parse_args()
    count, bad = run_tests(options.tests, options.pattern)
    checks = [run_check(command) for command in options.check]
    if count == 0:
        print(f"verify: no test in {options.tests!r} matches {options.pattern!r}", file=sys.stderr)
        return 2
    return 0 if bad == 0 and all(checks) else 1


if __name__ == "__main__":
    sys.exit(main())
