"""Runs samples as BigCodeBench's own evaluator does (`official`, its package on PYTHONPATH), or each in a fresh Python (`fresh`).

stdin: JSON {"samples": [{id, code, test, entry}], "workers", "memoryMib"}; stdout, last line: JSON of verdicts and wall seconds.
The official one calls the package's `untrusted_check` from a ProcessPoolExecutor, which is what its `--execution local` does for
each sample; the ground truth's timing run before it is left out.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

SECONDS = 120


def official(sample, memory_mib):
    from bigcodebench.eval import untrusted_check

    status, _ = untrusted_check(
        sample["code"], sample["test"], sample["entry"], memory_mib, memory_mib, 10, min_time_limit=1, gt_time_limit=20
    )
    return sample["id"], status == "pass"


def fresh(sample, memory_mib):
    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (memory_mib * 2**20, memory_mib * 2**20))

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = os.path.join(folder, "sample.py")
        with open(path, "w", encoding="utf-8", errors="surrogatepass") as file:
            file.write(f"{sample['code']}\n{sample['test']}\nimport unittest\nunittest.main()\n")
        try:
            done = subprocess.run(
                [sys.executable, path], cwd=folder, capture_output=True, timeout=SECONDS, preexec_fn=limit
            )
            return sample["id"], done.returncode == 0
        except subprocess.TimeoutExpired:
            return sample["id"], False


def main():
    side = sys.argv[1]
    request = json.load(sys.stdin)
    run, pool = (official, ProcessPoolExecutor) if side == "official" else (fresh, ThreadPoolExecutor)
    begun = time.monotonic()
    with pool(max_workers=request["workers"]) as executor:
        futures = [executor.submit(run, sample, request["memoryMib"]) for sample in request["samples"]]
        verdicts = dict([future.result() for future in futures])
    wall = time.monotonic() - begun
    print(json.dumps({"verdicts": verdicts, "wall": wall}))


if __name__ == "__main__":
    main()
