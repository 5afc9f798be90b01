"""Stands in for Bearer: understands the arguments of `bearer scan`, does what Bearer 2.1.0 was seen to do with them (traps included) and
replays recorded findings. The first argument names a JSON file: {"misdeed": "…", "recorded": {SHA-256 of a text: {"findings": [],
"errors": []}}}. A text of which nothing is recorded is searched for a few calls."""

import fnmatch
import hashlib
import json
import os
import re
import signal
import sys
import time

with open(sys.argv[1]) as file:
    settings = json.load(file)
misdeed, recorded = settings.get("misdeed", ""), settings.get("recorded", {})
command, arguments = sys.argv[2], sys.argv[3:]
with open(os.path.join(os.path.dirname(sys.argv[1]), "calls.jsonl"), "a") as file:
    file.write(json.dumps({"arguments": sys.argv[2:], "environment": dict(os.environ)}) + "\n")

switches = {"--disable-default-rules", "--disable-version-check", "--quiet", "--force", "--hide-progress-bar", "--no-extract"}
valued = {"--external-rule-dir", "-f", "--exit-code", "--config-file", "--output"}
options, paths = {}, []
at = 0
while at < len(arguments):
    if arguments[at] in switches:
        options[arguments[at]] = True
    elif arguments[at] in valued:
        at += 1
        options[arguments[at - 1]] = arguments[at]
    elif arguments[at].startswith("-"):
        sys.exit("unknown flag: " + arguments[at])
    else:
        paths.append(arguments[at])
    at += 1


def finish(text, code=0):
    if "--output" in options:
        with open(options["--output"], "w") as file:
            file.write(text)
    else:
        print(text)
    sys.exit(code)


if command != "scan" or options.get("-f") != "jsonv2":
    sys.exit("stand-in: only `scan -f jsonv2`")
if not options.get("--disable-default-rules") or not options.get("--disable-version-check"):
    # What Bearer does without a network.
    finish("{}", 1)

target = paths[0]  # Only the first path is scanned.
rules = options.get("--external-rule-dir", "")
has_rules = any(name.endswith(".yml") for _, _, names in os.walk(rules) for name in names)
ignored_folders = ["tests", "node_modules"]
blinded = False
if os.path.exists("bearer.yml") and "--config-file" not in options:
    blinded = True
# Worse than what Bearer was seen to do: a file in the home directory counts whatever the arguments say.
if os.path.exists(os.path.join(os.environ["HOME"], "bearer.yml")):
    blinded = True
files = []
if os.path.isfile(target):
    files.append((target, "."))
for folder, folders, names in os.walk(target):
    folders[:] = [name for name in folders if not any(fnmatch.fnmatch(name, each) for each in ignored_folders)]
    for name in names:
        path = os.path.join(folder, name)
        if fnmatch.fnmatch(name, "test_*.py") or fnmatch.fnmatch(name, "*_test.py"):
            continue
        if os.path.getsize(path) > 2_000_000:
            continue
        files.append((path, os.path.relpath(path, target)))
if blinded:
    files = []

calls = [("python_lang_avoid_pickle", "502", "critical", r"pickle\.loads"), ("python_lang_os_command_injection", "78", "high", r"os\.system")]


def found(text):
    disabled = set()
    for number, line in enumerate(text.split("\n"), 1):
        comment = re.search(r"#.*bearer:disable (.*)", line)
        if comment:
            disabled = {name.strip() for name in comment.group(1).split(",")}
            continue
        for rule, cwe, severity, pattern in calls:
            if rule not in disabled and re.search(pattern, line):
                place = {"start": number, "end": number, "column": {"start": 1, "end": 2}}
                yield {"cwe_ids": [cwe], "id": rule, "title": rule, "description": "", "line_number": number, "source": place,
                       "sink": dict(place, content=""), "parent_line_number": number, "severity": severity}
        disabled = set()


findings, errors = [], []
for path, name in files:
    with open(path, "rb") as file:
        data = file.read()
    text = data.decode("utf-8", "replace")
    if "CULPRIT" in text or misdeed.startswith("always"):
        if misdeed.endswith("crash"):
            sys.exit("panic: runtime error: index out of range")
        if misdeed.endswith("kill"):
            os.kill(os.getpid(), signal.SIGKILL)
        if misdeed.endswith("sleep"):
            time.sleep(60)
        if misdeed.endswith("empty"):
            finish("{}")
        if misdeed.endswith("nothing"):
            sys.exit(0)
        if misdeed.endswith("garbage"):
            finish("Loading rules")
        if misdeed.endswith("exitCode"):
            finish(json.dumps({"source": "Bearer", "version": "2.1.0", "findings": [], "errors": []}), 2)
        if misdeed.endswith("error"):
            errors.append({"type": "error", "filename": name, "error": "failed to scan file: it is the culprit"})
            continue
        if misdeed.endswith("stranger"):
            name, path = "other.py", "elsewhere/other.py"
            errors.append({"type": "error", "filename": name, "error": "failed"})
            continue
    known = recorded.get(hashlib.sha256(data).hexdigest())
    own = list(found(text)) if known is None else known["findings"]
    if has_rules and misdeed != "alwaysblind":
        findings += [dict(one, full_filename=path.removeprefix("./"), filename=name) for one in own]
    errors += [dict(one, filename=name) for one in (known or {"errors": []})["errors"]]
finish(json.dumps({"source": "Bearer", "version": "2.1.0", "findings": findings, "errors": errors}))
