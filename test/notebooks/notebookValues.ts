/** One output of a notebook as values: the words and numbers of tables, the data of figures, what was printed. */
type Value = Readonly<Record<string, unknown>>;

/** The outputs of one code cell. */
export interface CellValues {
  readonly cell: string;
  readonly outputs: readonly Value[];
}

interface Notebook {
  readonly cells: readonly {
    readonly id: string;
    readonly cell_type: string;
    readonly metadata: { readonly tags?: readonly string[] };
    readonly outputs?: readonly {
      readonly output_type: string;
      readonly text?: string | readonly string[];
      readonly data?: Readonly<Record<string, unknown>>;
    }[];
  }[];
}

const joined = (value: unknown) => (Array.isArray(value) ? value.join("") : value);

/** What a reader of HTML sees. */
const wordsOf = (html: unknown) =>
  String(joined(html))
    .replace(/<style>[\s\S]*?<\/style>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();

/** Numbers cut to what every machine agrees on. */
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, each: unknown) => (typeof each === "number" ? each.toPrecision(10) : each)));

function valueOf(mime: string, content: unknown): unknown {
  if (mime === "text/html") return wordsOf(content);
  return mime.endsWith("+json") ? rounded(content) : joined(content);
}

/**
 * What a notebook shows, without the pictures, whose bytes depend on the browser. Of cells tagged `model` only the kinds of their
 * outputs count: a model's answers, and what follows from them, differ between processors.
 */
export function notebookValues(text: string): CellValues[] {
  const { cells } = JSON.parse(text) as Notebook;
  return cells
    .filter(({ cell_type }) => cell_type === "code")
    .map(({ id, metadata, outputs = [] }) => ({
      cell: id,
      outputs: outputs.map(({ output_type, text: printed, data = {} }) => {
        const kinds = Object.entries(data).filter(([mime]) => !mime.startsWith("image/"));
        if (metadata.tags?.includes("model") === true) return { output_type, kinds: kinds.map(([mime]) => mime) };
        return {
          output_type,
          printed: joined(printed),
          ...Object.fromEntries(kinds.map(([mime, each]) => [mime, valueOf(mime, each)])),
        };
      }),
    }));
}
