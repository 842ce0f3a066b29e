#!/usr/bin/env python3
"""Convert the same traditional text with C++ OpenCC (t2s) and with zeren, in turns, and compare.

    cargo build --release --example simplify
    scripts/opencc_speed.py FOLDER [--megabytes 24] [--rounds 5] [--program target/release/examples/simplify]

FOLDER holds texts in traditional characters, as UTF-8; they are joined and repeated. OpenCC is the
PyPI package `opencc`; where it is missing, the script says so and exits with 2. The best round of
each counts. zeren's time is that of its whole process, with reading, loading and writing;
OpenCC's is that of `convert` alone, its dictionaries loaded before.
"""
import argparse
import subprocess
import sys
import time
from pathlib import Path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--megabytes", type=float, default=24)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--program", default="target/release/examples/simplify")
    options = parser.parse_args()
    try:
        import opencc
    except ImportError:
        print("the package `opencc` is not installed: pip install opencc", file=sys.stderr)
        sys.exit(2)
    texts = [path.read_text("utf-8-sig") for path in sorted(options.folder.iterdir())]
    text = "\n".join(texts)
    text *= max(1, round(options.megabytes * 1e6 / len(text.encode())))
    size = len(text.encode()) / 1e6
    converter = opencc.OpenCC("t2s")
    converter.convert("漢字")
    theirs, ours = [], []
    for _ in range(options.rounds):
        start = time.perf_counter()
        expected = converter.convert(text)
        theirs.append(time.perf_counter() - start)
        start = time.perf_counter()
        done = subprocess.run([options.program, "--whole"], input=text.encode(), capture_output=True, check=True)
        ours.append(time.perf_counter() - start)
    found = done.stdout.decode()
    differ = sum(a != b for a, b in zip(found, expected)) + abs(len(found) - len(expected))
    print(f"{size:.1f} MB of UTF-8, best of {options.rounds}")
    print(f"OpenCC {size / min(theirs):.1f} MB/s, zeren {size / min(ours):.1f} MB/s: {min(theirs) / min(ours):.2f} times as fast")
    print(f"{differ} of {len(expected)} characters differ")


if __name__ == "__main__":
    main()
