"""Stands in for Bandit: does what its first argument says whenever a scanned file contains the word CULPRIT, and runs
the real Bandit of this interpreter otherwise."""

import json
import os
import signal
import subprocess
import sys
import time

misdeed, arguments = sys.argv[1], sys.argv[2:]
tree = arguments[-1]


def text(name):
    with open(os.path.join(tree, name), "rb") as file:
        return file.read()


culprits = [name for name in os.listdir(tree) if b"CULPRIT" in text(name)]
if culprits or misdeed.startswith("always"):
    if misdeed.endswith("crash"):
        sys.exit("Traceback: the stand-in fell over")
    if misdeed.endswith("kill"):
        os.kill(os.getpid(), signal.SIGKILL)
    if misdeed.endswith("sleep"):
        time.sleep(60)
    if misdeed.endswith("garbage"):
        print("<html>all is well</html>")
        sys.exit(0)
    if misdeed.endswith("silence"):
        sys.exit(0)
    if misdeed.endswith("secure"):
        finished = {"SEVERITY.HIGH": 0}
        names = {os.path.join(tree, name): finished for name in os.listdir(tree)}
        print(json.dumps({"results": [], "errors": [], "metrics": names}))
        sys.exit(0)

done = subprocess.run([sys.executable, "-I", "-m", "bandit", *arguments], stdout=subprocess.PIPE)
report = json.loads(done.stdout)
for culprit in culprits:
    name = os.path.join(tree, culprit)
    if misdeed == "omit":
        del report["metrics"][name]
    if misdeed == "unfinished":
        report["metrics"][name] = {"loc": 1, "nosec": 0, "skipped_tests": 0}
    if misdeed == "error":
        report["errors"].append({"filename": name, "reason": "exception while scanning file"})
    if misdeed == "ruleCrash":
        print("[tester]\tERROR\tBandit internal error running: blacklist on file %s at line 3: 'x'Traceback" % name,
              file=sys.stderr)
    if misdeed == "exitCode":
        print(json.dumps(report))
        sys.exit(2)
print(json.dumps(report))
sys.exit(done.returncode)
