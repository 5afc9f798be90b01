"""Serves a language model, with a learned key-value prefix before it and without, over OpenAI's completion route on loopback.

Model NAME is the base model, NAME+prefix the same with the prefix: `GET /v1/models` declares the latter's identity as
`safelab_prefix`. Text that follows a prefix of n tokens has the positions n, n+1, ..., as in the prefix's training. Requests are answered
one after the other, each with its own random generator: a seed gives the same text in whatever order they come. Prints one line of JSON
to stdout: {"address": ..., "base": ..., "prefix": {...}} once it listens, {"error": ...} if it cannot.
"""

import argparse
import json
import os
import select
import socket
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import torch
from learned_prefix import CONTROLS, BadPrefix, declared_base, read_prefix, shape_of
from transformers import AutoModelForCausalLM, AutoTokenizer
from transformers.cache_utils import DynamicCache


class Refused(Exception):
    """A request that cannot be answered, in words for the client."""


class PrefixedModel:
    """A base model, its tokenizer and the prefix that can be put before its text."""

    def __init__(self, model, tokenizer, prefix):
        self.model = model
        self.tokenizer = tokenizer
        self.layers = [tuple(tensor.to(model.device, model.dtype) for tensor in pair) for pair in prefix.layers]
        self.limit = getattr(model.config, "max_position_embeddings", None) or sys.maxsize
        ends = model.generation_config.eos_token_id
        ends = tokenizer.eos_token_id if ends is None else ends
        self.ends = set(ends if isinstance(ends, list) else [ends])

    def cache(self, prefixed):
        cache = DynamicCache()
        for layer, (key, value) in enumerate(self.layers if prefixed else []):
            cache.update(key, value, layer)
        return cache

    @torch.inference_mode()
    def logits(self, cache, ids):
        """Logits after each of these tokens. Their positions follow from what the cache holds, the prefix included."""
        tokens = torch.tensor([ids], device=self.model.device)
        return self.model(input_ids=tokens, past_key_values=cache, use_cache=True).logits[0]

    def complete(self, prompt, prefixed, *, max_tokens, temperature, top_p, seed, stop, is_gone=lambda: False):
        """Continues a prompt. Returns text, finish reason, tokens of prompt and completion."""
        ids = list(self.tokenizer(prompt).input_ids)
        cache = self.cache(prefixed)
        room = self.limit - cache.get_seq_length() - len(ids)
        if not ids or room < 1:
            raise Refused(f"the prompt has {len(ids)} tokens: it must have 1 to {len(ids) + room - 1}")
        generator = torch.Generator()
        generator.seed() if seed is None else generator.manual_seed(seed)
        said = self.tokenizer.decode(ids, skip_special_tokens=True)
        new, text = [], ""
        while len(new) < min(max_tokens, room) and not is_gone():
            scores = self.logits(cache, new[-1:] or ids)[-1].float().cpu()
            token = pick(scores, temperature, top_p, generator)
            if token in self.ends:
                return text, "stop", len(ids), len(new) + 1
            new.append(token)
            whole = self.tokenizer.decode(ids + new, skip_special_tokens=True)
            text = whole[len(said) :]
            found = [at for at in map(text.find, stop) if at >= 0]
            if found:
                return text[: min(found)], "stop", len(ids), len(new)
        return text, "length", len(ids), len(new)


def pick(scores, temperature, top_p, generator):
    """The likeliest token at temperature 0, else one drawn from the smallest set whose probability reaches top_p."""
    if temperature == 0:
        return int(scores.argmax())
    shares, order = torch.softmax(scores / temperature, dim=-1).sort(descending=True, stable=True)
    shares[shares.cumsum(dim=-1) - shares >= top_p] = 0
    return int(order[torch.multinomial(shares, 1, generator=generator)])


def number(body, name, default, least, most):
    value = body.get(name)
    value = default if value is None else value
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value <= most:
        raise Refused(f"{name} must be a number from {least} to {most}")
    return value


def options_of(body):
    """What a request asks for, checked: what this server cannot do is refused, not passed over."""
    for name, idle in {"n": 1, "best_of": 1, "echo": False, "stream": False, "suffix": None, "logprobs": None}.items():
        if body.get(name, idle) not in (idle, None):
            raise Refused(f"{name} is not supported here")
    if not isinstance(body.get("prompt"), str):
        raise Refused("prompt must be one text")
    stop = body.get("stop") or []
    stop = [stop] if isinstance(stop, str) else stop
    if not isinstance(stop, list) or not all(isinstance(each, str) and each for each in stop):
        raise Refused("stop must be a text or a list of texts")
    seed = body.get("seed")
    return {
        "max_tokens": int(number(body, "max_tokens", 16, 1, 1_000_000)),
        "temperature": number(body, "temperature", 1, 0, 100),
        "top_p": number(body, "top_p", 1, 1e-9, 1),
        "seed": None if seed is None else int(number(body, "seed", 0, -(2**63), 2**63 - 1)),
        "stop": stop,
    }


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    one_at_a_time = threading.Lock()
    # Set before the server starts: the model, and what /v1/models says.
    prefixed = None
    listed = ()

    def log_message(self, *_):
        pass

    def send(self, status, value):
        text = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_GET(self):
        if self.path == "/health":
            self.send(200, {"status": "ok"})
        elif self.path == "/v1/models":
            self.send(200, {"object": "list", "data": list(self.listed)})
        else:
            self.send(404, {"error": {"message": f"no {self.path} here"}})

    def do_POST(self):
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            if self.path != "/v1/completions":
                return self.send(404, {"error": {"message": f"no {self.path} here"}})
            self.send(200, self.completion(json.loads(raw)))
        except (Refused, ValueError) as error:
            self.send(400, {"error": {"message": str(error)}})
        except OSError:
            self.close_connection = True
        except Exception as error:
            self.send(500, {"error": {"message": f"{type(error).__name__}: {error}"}})

    def is_gone(self):
        """Whether the client has hung up: nobody waits for the rest then."""
        readable, _, _ = select.select([self.connection], [], [], 0)
        return bool(readable) and self.connection.recv(1, socket.MSG_PEEK) == b""

    def completion(self, body):
        if not isinstance(body, dict):
            raise Refused("a request must be a JSON object")
        entry = next((each for each in self.listed if each["id"] == body.get("model")), None)
        if entry is None:
            raise Refused(
                f"no model {body.get('model')} here; there are {', '.join(each['id'] for each in self.listed)}"
            )
        options = options_of(body)
        with self.one_at_a_time:
            text, finish, asked, answered = self.prefixed.complete(
                body["prompt"], "safelab_prefix" in entry, **options, is_gone=self.is_gone
            )
        return {
            "object": "text_completion",
            "created": int(time.time()),
            "model": entry["id"],
            "choices": [{"index": 0, "text": text, "finish_reason": finish, "logprobs": None}],
            "usage": {"prompt_tokens": asked, "completion_tokens": answered, "total_tokens": asked + answered},
        }


def watch_parent():
    """The parent keeps our stdin open; it closes when the parent ends, however it ends."""
    while os.read(0, 4096):
        pass
    os._exit(0)


def load(arguments):
    base = arguments.base or declared_base(arguments.prefix)
    if not base:
        raise BadPrefix(f"{arguments.prefix} does not say its base model: name it with --base")
    tokenizer = AutoTokenizer.from_pretrained(base)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    dtype = "auto" if device == "cuda" else torch.float32
    model = AutoModelForCausalLM.from_pretrained(base, dtype=dtype).to(device).eval()
    prefix = read_prefix(arguments.prefix, arguments.control, shape_of(model.config))
    identity = {
        "name": prefix.name,
        "control": prefix.control,
        "n_prefix": prefix.n_prefix,
        "base": os.path.basename(os.path.normpath(base)) if os.path.isdir(base) else base,
        "hash": prefix.hash(),
    }
    return PrefixedModel(model, tokenizer, prefix), base, identity


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--base", help="base model, a folder or a name that transformers knows; else what the prefix names"
    )
    parser.add_argument("--prefix", required=True, help="folder of the prefix, SVEN's form or PEFT's")
    parser.add_argument("--control", choices=CONTROLS, default="sec")
    parser.add_argument("--name", help="name of the base model as served; else the last part of its path")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--threads", type=int, help="threads of the processor; else torch's choice")
    parser.add_argument("--until-stdin-closes", action="store_true", help="end when stdin does")
    arguments = parser.parse_args()
    if arguments.until_stdin_closes:
        threading.Thread(target=watch_parent, daemon=True).start()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    try:
        Handler.prefixed, base, identity = load(arguments)
        name = arguments.name or os.path.basename(os.path.normpath(base))
        Handler.listed = (
            {"id": name, "object": "model"},
            {"id": f"{name}+prefix", "object": "model", "safelab_prefix": identity},
        )
        server = ThreadingHTTPServer(("127.0.0.1", arguments.port), Handler)
    except Exception as error:
        words = str(error) if isinstance(error, BadPrefix) else f"{type(error).__name__}: {error}"
        print(json.dumps({"error": words}), flush=True)
        return 1
    address = f"http://127.0.0.1:{server.server_address[1]}"
    print(json.dumps({"address": address, "base": name, "prefix": identity}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    sys.exit(main())
