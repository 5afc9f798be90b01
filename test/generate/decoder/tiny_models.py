"""Tiny, randomly initialised language models with a tokenizer of single bytes, and prefixes for them in both file forms."""

import json
import sys
from pathlib import Path

import torch
import transformers
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

sys.path.insert(0, str(Path(__file__).parents[3] / "src" / "generate"))
from learned_prefix import Shape  # noqa: E402

VOCABULARY = 257
END = 256

SIZES = {"vocab_size": VOCABULARY, "bos_token_id": END, "eos_token_id": END, "pad_token_id": END}
GPT = {"n_positions": 128, "n_embd": 32, "n_layer": 3, "n_head": 4}
LLAMA = {
    **{"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 3, "num_attention_heads": 4},
    "max_position_embeddings": 128,
}
XGLM = {"d_model": 32, "ffn_dim": 48, "num_layers": 3, "attention_heads": 4, "max_position_embeddings": 128}


def configs():
    """One configuration for each kind of attention: multi-head, grouped-query, multi-query; rotary, learned and sinusoidal positions."""
    return {
        "codegen": transformers.CodeGenConfig(**SIZES, **GPT, rotary_dim=4),
        "gpt2": transformers.GPT2Config(**SIZES, **GPT),
        "xglm": transformers.XGLMConfig(**{**SIZES, "pad_token_id": 1}, **XGLM),
        "llama-mha": transformers.LlamaConfig(**SIZES, **LLAMA),
        "llama-gqa": transformers.LlamaConfig(**SIZES, **LLAMA, num_key_value_heads=2),
        "qwen2-gqa": transformers.Qwen2Config(**SIZES, **LLAMA, num_key_value_heads=2),
        "mistral-gqa": transformers.MistralConfig(**SIZES, **LLAMA, num_key_value_heads=2),
        "bigcode-mqa": transformers.GPTBigCodeConfig(**SIZES, **GPT, multi_query=True),
    }


def make_model(config, seed=0):
    torch.manual_seed(seed)
    model = transformers.AutoModelForCausalLM.from_config(config).eval()
    # Larger weights than usual: what is wrong anywhere shows in the logits.
    with torch.no_grad():
        for tensor in model.parameters():
            if tensor.dim() > 1:
                tensor.normal_(0, 0.2)
    return model


def make_tokenizer():
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {letter: at for at, letter in enumerate(letters)} | {"<|end|>": END}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    return transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<|end|>", bos_token="<|end|>")


def write_sven(folder, controls, base, fused=False):
    """Writes prefixes as SVEN's authors do. `controls`: for each control, for each layer, keys and values of (heads, n_prefix, head_dim)."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    flat = []
    for layers in controls:
        for key, value in layers:
            flat += [torch.cat([key[0], value[0]], dim=-1)] if fused else [key, value]
    parameters = torch.nn.ParameterList([torch.nn.Parameter(tensor.clone()) for tensor in flat])
    torch.save(parameters.state_dict(), folder / "pytorch_model.bin")
    facts = {"n_prefix_token": controls[0][0][0].shape[1], "prefix_dropout": 0.1, "n_control": len(controls)}
    (folder / "config.json").write_text(json.dumps(facts))
    (folder / "lm.txt").write_text(base)
    return folder


def random_layers(shape, n_prefix, seed):
    torch.manual_seed(seed)
    size = (shape.heads, n_prefix, shape.head_dim)
    return [(torch.randn(size), torch.randn(size)) for _ in range(shape.layers)]


def main(folder):
    """Writes a base model, a prefix for it in SVEN's form, and one for another base model."""
    config = configs()["codegen"]
    config.n_positions = 4096
    make_model(config).save_pretrained(folder / "tiny-codegen")
    make_tokenizer().save_pretrained(folder / "tiny-codegen")
    base = str(folder / "tiny-codegen")
    write_sven(folder / "prefix", [random_layers(Shape(3, 4, 8), 5, seed) for seed in (1, 2)], base)
    write_sven(folder / "foreign", [random_layers(Shape(3, 2, 8), 5, seed) for seed in (1, 2)], base)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
