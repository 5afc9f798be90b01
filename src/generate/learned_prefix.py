"""Learned key-value prefixes of a language model: reads them, says what identifies them.

Two forms are read. SVEN's: a folder with pytorch_model.bin (a ParameterList with the keys "0", "1", ...), config.json with
n_prefix_token and n_control, and lm.txt. Parameter control*2*layers + 2*layer + kv has the shape (heads, n_prefix, head_dim), kv is
0 for keys and 1 for values; with multi-query attention parameter control*layers + layer has the shape (n_prefix, 2*head_dim). Control
0 is secure, 1 vulnerable. PEFT's: a folder with adapter_config.json of type PREFIX_TUNING, one control each.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import torch

CONTROLS = ("sec", "vul")


class BadPrefix(Exception):
    """The prefix cannot be used, in words for its user."""


@dataclass(frozen=True)
class Shape:
    """What a base model's cache holds for each token: values and keys of so many layers, heads and dimensions."""

    layers: int
    heads: int
    head_dim: int


@dataclass(frozen=True)
class Prefix:
    """Keys and values of n_prefix tokens for each layer, both of shape (1, heads, n_prefix, head_dim)."""

    name: str
    control: str
    layers: list

    @property
    def n_prefix(self):
        return self.layers[0][0].shape[2]

    def hash(self):
        """SHA-256 of the numbers as float32, little-endian, layer by layer, keys first: the same for both file forms."""
        digest = hashlib.sha256()
        for pair in self.layers:
            for tensor in pair:
                digest.update(tensor.to(torch.float32).contiguous().numpy().astype("<f4").tobytes())
        return digest.hexdigest()


def shape_of(config):
    """How a base model's cache is laid out. Grouped-query attention caches fewer heads than it asks with."""
    if getattr(config, "kv_lora_rank", None) is not None:
        raise BadPrefix("the base model has multi-head latent attention, whose cache no key-value prefix fits")
    heads = getattr(config, "num_key_value_heads", None) or config.num_attention_heads
    if getattr(config, "multi_query", False):
        heads = 1
    head_dim = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    return Shape(config.num_hidden_layers, heads, head_dim)


def declared_base(folder):
    """The base model that a prefix was trained for, as its files say; empty where they do not."""
    folder = Path(folder)
    if (folder / "lm.txt").is_file():
        return (folder / "lm.txt").read_text().strip()
    if (folder / "adapter_config.json").is_file():
        return json.loads((folder / "adapter_config.json").read_text()).get("base_model_name_or_path") or ""
    return ""


def read_prefix(folder, control, shape):
    """Reads the prefix of one control for a base model whose cache has this shape."""
    folder = Path(folder)
    if (folder / "adapter_config.json").is_file():
        layers = _from_peft(folder, shape)
    elif (folder / "pytorch_model.bin").is_file():
        layers = _from_sven(folder, CONTROLS.index(control), shape)
    else:
        raise BadPrefix(f"{folder} is no prefix: it has neither adapter_config.json nor pytorch_model.bin")
    return Prefix(folder.resolve().name, control, layers)


def _from_sven(folder, control, shape):
    count = json.loads((folder / "config.json").read_text())
    n_prefix, n_control = count["n_prefix_token"], count.get("n_control", len(CONTROLS))
    state = torch.load(folder / "pytorch_model.bin", map_location="cpu", weights_only=True)
    fused = len(state) == n_control * shape.layers
    if not fused and len(state) != n_control * 2 * shape.layers:
        raise BadPrefix(
            f"{folder} holds {len(state)} tensors for {n_control} controls, the base model has {shape.layers} layers: "
            "it belongs to another base model"
        )
    layers = []
    for layer in range(shape.layers):
        if fused:
            both = _shaped(state[str(control * shape.layers + layer)], (n_prefix, 2 * shape.head_dim), folder)
            pair = tuple(half[None] for half in both.split(shape.head_dim, dim=-1))
        else:
            first = control * 2 * shape.layers + 2 * layer
            pair = (state[str(first)], state[str(first + 1)])
        want = (shape.heads, n_prefix, shape.head_dim)
        layers.append(tuple(_shaped(tensor, want, folder)[None] for tensor in pair))
    return layers


def _from_peft(folder, shape):
    from peft.utils import load_peft_weights

    config = json.loads((folder / "adapter_config.json").read_text())
    if config.get("peft_type") != "PREFIX_TUNING":
        raise BadPrefix(f"{folder} holds an adapter of type {config.get('peft_type')}, not PREFIX_TUNING")
    state = load_peft_weights(str(folder), device="cpu")
    if set(state) != {"prompt_embeddings"}:
        raise BadPrefix(f"{folder} holds {', '.join(sorted(state))}, not prompt_embeddings alone")
    n_prefix = config["num_virtual_tokens"]
    flat = _shaped(state["prompt_embeddings"], (n_prefix, 2 * shape.layers * shape.heads * shape.head_dim), folder)
    every = flat.view(n_prefix, 2 * shape.layers, shape.heads, shape.head_dim).permute(1, 2, 0, 3)[:, None]
    return [(every[2 * layer], every[2 * layer + 1]) for layer in range(shape.layers)]


def _shaped(tensor, want, folder):
    if tuple(tensor.shape) != want:
        raise BadPrefix(
            f"{folder} has a tensor of shape {tuple(tensor.shape)} where the base model wants {want}: "
            "it belongs to another base model"
        )
    return tensor
