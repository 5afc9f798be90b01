"""Stands in for CodeQL's command line: `version`, `resolve queries`, `database create`, `database analyze`, each with the arguments that
the scanner is to give, and misdeeds on files with the word CULPRIT. The first argument names a JSON file with the settings."""

import json
import os
import re
import signal
import sys
import time

home = os.path.dirname(os.path.abspath(sys.argv[1]))
with open(sys.argv[1]) as file:
    misdeed = json.load(file).get("misdeed", "")
arguments = sys.argv[2:]
with open(os.path.join(home, "calls.jsonl"), "a") as file:
    seen = {name: os.path.realpath(os.path.join(os.environ["HOME"], name)) for name in sorted(os.listdir(os.environ["HOME"]))}
    file.write(json.dumps({"arguments": arguments, "environment": dict(os.environ), "home": seen}) + "\n")
pack = os.path.join(home, "packs", "codeql", "python-queries", "1.6.0")


def option(name):
    found = [each.split("=", 1)[1] for each in arguments if each.startswith(name + "=")]
    return found[0] if found else sys.exit("missing " + name)


if arguments == ["version", "--format=json"]:
    print("oops" if misdeed == "mute" else json.dumps({"version": "2.23.1", "productName": "CodeQL"}))
elif arguments[:3] == ["resolve", "queries", "--format=json"]:
    if not os.path.isdir(pack):
        sys.exit("A fatal error occurred: Query pack codeql/python-queries cannot be found.")
    suite = arguments[3].removeprefix("codeql/python-queries:codeql-suites/python-").removesuffix(".qls")
    print(json.dumps([os.path.join(pack, name) for name in sorted(os.listdir(pack)) if suite != "code-scanning" or name != "b.ql"]))
elif arguments[:2] == ["database", "create"]:
    source = option("--source-root")
    if "--language=python" not in arguments or "--overwrite" not in arguments or not option("--threads") or not option("--ram"):
        sys.exit("wrong arguments")
    texts = {}
    for name in sorted(os.listdir(source)):
        with open(os.path.join(source, name)) as file:
            texts[name] = file.read()
    if misdeed == "createCrash" and any("CULPRIT" in text for text in texts.values()):
        sys.exit("A fatal error occurred: Could not process some files due to syntax errors")
    os.makedirs(arguments[2])
    with open(os.path.join(arguments[2], "texts.json"), "w") as file:
        json.dump(texts, file)
elif arguments[:2] == ["database", "analyze"]:
    if not re.fullmatch(r"codeql/python-queries:codeql-suites/python-[a-z-]+\.qls", arguments[3]) or option("--format") != "sarif-latest":
        sys.exit("wrong arguments")
    with open(os.path.join(arguments[2], "texts.json")) as file:
        texts = json.load(file)
    results, read, notes = [], [], []
    for name, text in texts.items():
        place = [{"physicalLocation": {"artifactLocation": {"uri": name, "uriBaseId": "%SRCROOT%", "index": 0}, "region": {}}}]
        culprit = "CULPRIT" in text or misdeed.startswith("always")
        if culprit and misdeed.endswith("kill"):
            os.kill(os.getpid(), signal.SIGKILL)
        if culprit and misdeed.endswith("sleep"):
            time.sleep(60)
        if culprit and misdeed.endswith("garbage"):
            with open(option("--output"), "w") as file:
                file.write("{}")
            sys.exit(0)
        if culprit and misdeed == "notExtracted":
            notes.append({"descriptor": {"id": "py/diagnostics/extraction-warnings", "index": 1}, "level": "warning",
                          "message": {"text": "Extraction failed"}, "locations": place})
        if not (culprit and misdeed == "omit"):
            read.append({"descriptor": {"id": "py/diagnostics/successfully-extracted-files", "index": 0}, "level": "none",
                         "message": {"text": ""}, "locations": place})
        for number, line in enumerate(text.split("\n"), 1):
            if "os.system" in line and "codeql[" not in line and "lgtm" not in line and misdeed != "alwaysblind":
                there = json.loads(json.dumps(place))
                there[0]["physicalLocation"]["region"]["startLine"] = number
                results.append({"ruleId": "py/command-line-injection", "ruleIndex": 0, "message": {"text": "injection"}, "locations": there})
    rule = {"id": "py/command-line-injection", "properties": {"tags": ["security", "external/cwe/cwe-078"], "precision": "high",
                                                              "security-severity": "9.8"}}
    driver = {"name": "CodeQL", "semanticVersion": "2.23.1", "rules": [rule]}
    run = {"tool": {"driver": driver}, "results": results,
           "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": read + notes}]}
    with open(option("--output"), "w") as file:
        json.dump({"version": "2.1.0", "runs": [run]}, file)
else:
    sys.exit("unknown command: " + " ".join(arguments))
