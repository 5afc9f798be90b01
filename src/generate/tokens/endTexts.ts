/** Texts of the tokens with which models end a text or a turn; those that a model's vocabulary has as one token count. */
export const endTexts: readonly string[] = [
  "</s>",
  "<|endoftext|>",
  "<|im_end|>",
  "<|eot_id|>",
  "<|end_of_text|>",
  "<|EOT|>",
  "<｜end▁of▁sentence｜>",
  "<|end|>",
  "<end_of_turn>",
  "<EOT>",
];
