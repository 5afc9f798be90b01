import type { LabelProgress } from "../label/labelProgress.js";

/** Lines on how far the labelling of each question is, with the command that goes on. */
export function labelLines(progress: readonly LabelProgress[], folder: string): string[] {
  return progress.flatMap(({ question, drawn, people, disagreements, open }) => {
    const annotators = people.filter(({ role }) => role === "annotator");
    const width = Math.max(...people.map(({ name }) => name.length));
    return [
      `Labels: ${question}, ${drawn} samples drawn`,
      ...people.map(({ name, role, labelled }) =>
        role === "annotator"
          ? `  ${name.padEnd(width)}  labelled ${labelled} of ${drawn}`
          : `  ${name.padEnd(width)}  decided ${labelled} of ${disagreements} (adjudicator)`,
      ),
      ...(annotators.length < 2
        ? [
            `  ${annotators.length === 0 ? "nobody has answered yet" : "one annotator alone cannot differ"}: \`safelab label serve ${folder} --question ${question} --annotator NAME\``,
          ]
        : [
            `  annotators differ on ${disagreements}, ${open} of them open` +
              (open === 0 ? "" : `: \`safelab label adjudicate ${folder} --question ${question} --annotator NAME\``),
          ]),
    ];
  });
}
