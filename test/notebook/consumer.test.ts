import { createRequire } from "node:module";
import { join } from "node:path";
import type * as TypeScript from "typescript";
import { beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../../src/process/projectRoot.js";

// The compiler of notebook cells, TypeScript 5.0, with the options that tslab gives it on Node 20.
const ts = createRequire(import.meta.url)("@tslab/typescript-for-tslab") as typeof TypeScript;
const dist = join(projectRoot(), "dist");
const cellFile = join(projectRoot(), "notebooks", "__cell__.ts");

const everyday =
  `import { openRun, show, save, figure3, table5, interruptSignal, progressCell, executeRun, type ResultRow } from "safelab";
const { run, rows, table, frame } = await openRun();
await show(figure3(rows), { width: "column" });
show(table5(rows));
const files: string[] = await save(figure3(rows), "fig3", { width: "85mm" });
const tables: string[] = await save(table5(rows), "table5.tex");
await executeRun(run, { onProgress: progressCell("Executing"), signal: interruptSignal() });
const one: ResultRow = rows[0];
const count: number = table().numRows();
const path: string = run.path;`.split("\n");

const wrong: readonly (readonly [title: string, line: string])[] = [
  ["rows are typed, not any", "const wrong1: number = rows;"],
  ["a row's verdict is one of the known words", 'if (rows[0].execution === "fine") console.log();'],
  ["a row has no unknown column", "rows[0].nothing;"],
  ["a figure is typed, not any", "const wrong2: number = figure3(rows);"],
  ["a typed table is typed, not any", "const wrong3: string = table5(rows).rows;"],
  ["a width is a known word or a number", 'await show(figure3(rows), { width: "colum" });'],
  ["a length has a unit that is known", 'await show(figure3(rows), { width: "3.5 miles" });'],
  ["a path is text", "await save(figure3(rows), 3);"],
  ["a run is typed, not any", "run.nothing;"],
  ["the study of a run is typed, not any", "const wrong4: number = run.study;"],
  ["an arquero table is typed, not any", "const wrong5: string = table();"],
  ["a danfojs frame is typed, not any", "const wrong6: string = await frame();"],
  ["a signal is typed, not any", "const wrong7: number = interruptSignal();"],
];

function compile(cell: string): TypeScript.Program {
  const options: TypeScript.CompilerOptions = {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    esModuleInterop: true,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    types: ["node"],
    typeRoots: [join(projectRoot(), "node_modules", "@types")],
    // tslab skips declarations, so that what does not compile in them silently becomes any; here it counts.
    skipLibCheck: false,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const source = host.getSourceFile.bind(host);
  host.getSourceFile = (file, target) =>
    file === cellFile ? ts.createSourceFile(file, cell, target) : source(file, target);
  return ts.createProgram([cellFile], options, host);
}

const words = ({ messageText }: TypeScript.Diagnostic) => ts.flattenDiagnosticMessageText(messageText, " ");

describe("in the compiler of notebook cells", () => {
  let program: TypeScript.Program;
  const errors = new Map<number, string[]>();

  beforeAll(() => {
    program = compile([...everyday, ...wrong.map(([, line]) => line)].join("\n"));
    const file = program.getSourceFile(cellFile);
    for (const each of [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]) {
      const line = each.file?.getLineAndCharacterOfPosition(each.start ?? 0).line ?? -1;
      errors.set(line, [...(errors.get(line) ?? []), words(each)]);
    }
  });

  test("the everyday verbs compile", () => {
    expect(everyday.flatMap((_, line) => errors.get(line) ?? [])).toEqual([]);
  });

  test("every declaration that a cell can reach compiles", () => {
    const own = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(dist));
    expect(own.length).toBeGreaterThan(20);
    const broken = own.flatMap((file) =>
      program.getSemanticDiagnostics(file).map((each) => `${file.fileName}: ${words(each)}`),
    );
    expect(broken).toEqual([]);
  });

  test.each(wrong.map(([title, line], index) => ({ title, line, at: everyday.length + index })))(
    "$title: `$line` fails",
    ({ at }) => {
      expect(errors.get(at)).toHaveLength(1);
    },
  );
});
