"""Compares the logits behind a prefix with independent ways to the same numbers, for each kind of model.

`text`: the prefix is the real cache of a text, written in SVEN's form; expected are the logits of text + prompt in one plain pass.
`peft`: an adapter that PEFT initialised at random and saved; expected are the logits of PEFT's own model.
`converted`: the same random numbers in SVEN's form, expected are the logits of PEFT's own model with the second control's numbers.
`steps`: token by token through the cache, expected are the logits of one pass.
Beside each the difference that a mistake would make, which must be large. Prints JSON: {model: {check: [difference, difference of the mistake]}}.
"""

import copy
import json
import tempfile
from pathlib import Path

import torch
from peft import PrefixTuningConfig, get_peft_model
from tiny_models import configs, make_model, make_tokenizer, random_layers, write_sven

# tiny_models has put the folder of the next two on the path.
from learned_prefix import read_prefix, shape_of  # isort: skip
from prefix_server import PrefixedModel  # isort: skip

TEXT = [11, 47, 3, 200, 90, 17]
PROMPT = [5, 99, 130, 7, 7, 21, 64, 180]
PREFIX = len(TEXT)


def apart(one, other):
    return float((one - other).abs().max())


def logits(model, prefix, ids=PROMPT, prefixed=True):
    served = PrefixedModel(model, make_tokenizer(), prefix)
    return served.logits(served.cache(prefixed), ids)


@torch.inference_mode()
def plain(model, ids, positions=None):
    positions = {} if positions is None else {"position_ids": torch.tensor([positions])}
    return model(input_ids=torch.tensor([ids]), **positions).logits[0]


@torch.inference_mode()
def cache_of(model, ids):
    cache = model(input_ids=torch.tensor([ids]), use_cache=True).past_key_values
    return [(layer.keys[0], layer.values[0]) for layer in cache.layers]


def check_text(model, shape, folder, fused):
    real = cache_of(model, TEXT)
    write_sven(folder, [real, random_layers(shape, PREFIX, 3)], "tiny", fused)
    prefix = read_prefix(folder, "sec", shape)
    want = plain(model, TEXT + PROMPT)[len(TEXT) :]
    got = logits(model, prefix)
    # Positions from 0 on, as if the prefix took up none.
    served = PrefixedModel(model, make_tokenizer(), prefix)
    with torch.inference_mode():
        no_offset = model(
            input_ids=torch.tensor([PROMPT]),
            past_key_values=served.cache(True),
            position_ids=torch.arange(len(PROMPT))[None],
        ).logits[0]
    return [apart(got, want), apart(no_offset, want)]


def peft_model(model, shape):
    options = {"num_virtual_tokens": PREFIX, "prefix_projection": False, "task_type": "CAUSAL_LM"}
    # PEFT finds the number of cached heads where a configuration has num_key_value_heads; else it is told, as a user must.
    if not hasattr(model.config, "num_key_value_heads"):
        heads = {"num_attention_heads": shape.heads, "token_dim": shape.heads * shape.head_dim}
        options |= {"num_layers": shape.layers, **heads}
    tuned = get_peft_model(copy.deepcopy(model), PrefixTuningConfig(**options)).eval()
    torch.manual_seed(5)
    with torch.no_grad():
        next(iter(tuned.prompt_encoder.values())).embedding.weight.normal_(0, 1)
    return tuned


def check_peft(model, shape, folder):
    tuned = peft_model(model, shape)
    tuned.save_pretrained(folder)
    prefix = read_prefix(folder, "sec", shape)
    with torch.inference_mode():
        want = tuned(input_ids=torch.tensor([PROMPT])).logits[0]
    return [apart(logits(model, prefix), want), apart(plain(model, PROMPT), want)], tuned, prefix, want


def check_converted(model, shape, folder, fused, tuned, want):
    """The flat weights by SVEN's index and PEFT's index, written out: W[t, ((2l + kv) H + h) D + d]."""
    weight = next(iter(tuned.prompt_encoder.values())).embedding.weight.detach()
    heads, head_dim = shape.heads, shape.head_dim

    def tensor(layer, kv):
        at = [[((2 * layer + kv) * heads + h) * head_dim + d for d in range(head_dim)] for h in range(heads)]
        return torch.stack([weight[:, columns] for columns in at])

    layers = [(tensor(layer, 0), tensor(layer, 1)) for layer in range(shape.layers)]
    write_sven(folder, [random_layers(shape, PREFIX, 3), layers], "tiny", fused)
    right, wrong = (read_prefix(folder, control, shape) for control in ("vul", "sec"))
    return [apart(logits(model, right), want), apart(logits(model, wrong), want)], right.hash()


def check_steps(model, prefix):
    served = PrefixedModel(model, make_tokenizer(), prefix)
    cache = served.cache(True)
    steps = torch.cat([served.logits(cache, [token]) for token in PROMPT])
    return [apart(steps, logits(model, prefix)), apart(steps, logits(model, prefix, prefixed=False))]


def main():
    result = {}
    for name, config in configs().items():
        model = make_model(config)
        shape = shape_of(config)
        with tempfile.TemporaryDirectory() as folder:
            fused = name == "bigcode-mqa"
            checks = {"text": check_text(model, shape, Path(folder) / "text", fused)}
            checks["peft"], tuned, prefix, want = check_peft(model, shape, Path(folder) / "peft")
            checks["converted"], converted_hash = check_converted(
                model, shape, Path(folder) / "sven", fused, tuned, want
            )
            checks["steps"] = check_steps(model, prefix)
        result[name] = {"checks": checks, "hashes": [prefix.hash(), converted_hash]}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
