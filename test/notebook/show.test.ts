import { expect, test, vi } from "vitest";
import { InputError } from "../../src/error.js";
import { show } from "../../src/notebook/show.js";
import { typedTable } from "../../src/table/typedTable.js";
import { kernelSession } from "./kernelSession.js";
import { projectFolder } from "./notebookFile.js";

const folder = projectFolder();
const setUp = `import { show } from "safelab"; import { progressCell } from "safelab";
const figure = { title: "Title", alt: "One line.", data: [{ y: [1, 2] }], layout: { height: 200 } };
const noBrowser = { browser: "/nowhere/chromium" };`;

test.each(["safelab", "tslab"] as const)(
  "in the kernel %s each value is one output in the forms that it has",
  async (kernel) => {
    const [, drawn, column, words, rows, progress, unawaited, none, promised] = await kernelSession(
      folder,
      [
        { code: setUp },
        { code: "await show(figure);" },
        { code: 'await show(figure, { width: "column", layout: { paper_bgcolor: "red" } });' },
        { code: 'show("**words**");' },
        {
          code: 'show([{ task: "T/1", rate: 1 / 3, code: "<script>" }, { task: "T/2" }, { task: "T/3" }], { rows: 2 });',
        },
        {
          code: `const tell = progressCell("Work");
for (let done = 0; done <= 200; done++) tell({ stage: "generate", done, total: 200, counts: { generated: done } });`,
        },
        { code: "show(figure);", pauseAfter: 5 },
        { code: "await show(figure, noBrowser);" },
        { code: 'await show(Promise.resolve([{ task: "T/1" }]));' },
      ],
      kernel,
    );

    expect(drawn?.displays).toHaveLength(1);
    const forms = drawn?.displays[0]?.data;
    expect(Object.keys(forms ?? {})).toEqual(["application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"]);
    expect(forms?.["application/vnd.plotly.v1+json"]).toMatchObject({ data: [{ y: [1, 2] }], layout: { height: 200 } });
    expect(forms?.["text/plain"]).toBe("Title\nOne line.");
    expect(column?.displays[0]?.data["image/svg+xml"]).toContain('width="320"');
    expect(column?.displays[0]?.data["image/svg+xml"]).toContain("rgb(255, 0, 0)");

    expect(words?.displays.map(({ data }) => data)).toEqual([
      { "text/markdown": "**words**", "text/plain": "**words**" },
    ]);
    expect(words?.text).toBe("");
    expect(rows?.displays[0]?.data["text/html"]).toContain('<td class="text">&lt;script&gt;</td>');
    expect(rows?.displays[0]?.data["text/plain"]).toBe(
      "task      rate  code\nT/1   0.333333  <script>\nT/2          –  –\n(the first 2 of 3 rows)",
    );

    const ids = new Set(progress?.displays.map(({ transient }) => transient.display_id));
    expect(ids.size).toBe(1);
    expect(progress?.displays.map(({ type }) => type).slice(0, 2)).toEqual(["display_data", "update_display_data"]);
    expect(progress?.displays.length).toBeLessThan(50);
    expect(progress?.displays.at(-1)?.data["text/plain"]).toBe("Work\ngenerate 200/200: generated 200");

    // Under plain tslab it is a matter of luck whether the picture is done before the cell is, so the cell says what to write.
    if (kernel === "safelab") expect(unawaited?.displays).toHaveLength(1);
    expect(unawaited?.text).toBe(
      kernel === "safelab"
        ? ""
        : "The value is still being made: write `await show(…)`, so that it lands in this cell.\n",
    );

    expect(Object.keys(none?.displays[0]?.data ?? {})).toEqual([
      "application/vnd.plotly.v1+json",
      "text/html",
      "text/plain",
    ]);
    expect(none?.displays[0]?.data["text/html"]).toContain("sudo apt-get install chromium");

    expect(promised?.displays.map(({ data }) => data["text/plain"])).toEqual(["task\nT/1\n(1 row)"]);
  },
  240_000,
);

test("where tslab's inside cannot be reached, its public display gives the picture", async () => {
  const [, drawn] = await kernelSession(folder, [
    // Loaded first, so that it shares the kernel's own writer.
    { code: `import * as tslab from "tslab"; const loaded = tslab.versions.tslab;\n${setUp}` },
    {
      code: `const cache: Record<string, unknown> = require("module")._cache;
for (const file of Object.keys(cache)) if (file.endsWith("tslab/dist/jupyter.js")) { cache[file + ".moved"] = cache[file]; delete cache[file]; }
await show(figure);`,
    },
  ]);
  expect(drawn?.text).toBe("");
  expect(drawn?.displays.map(({ data }) => Object.keys(data))).toEqual([["image/svg+xml"]]);
}, 240_000);

test("nothing is refused, also as what a promise comes to", async () => {
  const refused = "show requires something to show: a figure, a table, rows or a text, not undefined";
  expect(() => show(undefined)).toThrow(InputError);
  expect(() => show(undefined)).toThrow(refused);
  expect(() => show(null)).toThrow("not null");
  await expect(show(Promise.resolve(undefined))).rejects.toThrow(refused);
});

test("outside a kernel the text form is printed", async () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await show({ title: "Title", alt: "One line.", data: [], layout: {} });
  void show("# words");
  void show(
    typedTable({ id: "t", title: "A table", columns: [{ key: "a", label: "A", kind: "text" }], rows: [], notes: [] }),
  );
  const printed = log.mock.calls.map(([text]) => String(text));
  log.mockRestore();
  expect(printed.slice(0, 2)).toEqual(["Title\nOne line.", "# words"]);
  expect(printed[2]).toContain("A table");
});
