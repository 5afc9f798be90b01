import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { kernelSession } from "./kernelSession.js";
import { projectFolder } from "./notebookFile.js";

const folder = projectFolder();

describe.each(["safelab", "tslab"] as const)("in the kernel %s", (kernel) => {
  test("an interrupted cell leaves the kernel and its state alive, and the verb that holds the signal stops", async () => {
    const file = join(folder, `written-after-the-sleep-in-${kernel}`);
    const program = JSON.stringify(`sleep 8; touch ${file}`);
    const [, long, after, signals, late] = await kernelSession(
      folder,
      [
        {
          code: `import { runProgram } from "safelab/process/runProgram";
import { interruptSignal } from "safelab/notebook/interruptSignal";
let state: number = 41; let ended: string = "running";
const first = interruptSignal();`,
        },
        {
          code: `await runProgram("sh", ["-c", ${program}], { env: { PATH: process.env.PATH ?? "" }, signal: interruptSignal() })
  .catch((error: Error) => { ended = error.name; });`,
          interruptAfter: 2,
          pauseAfter: 1,
        },
        { code: `console.log(state + 1, ended, first.aborted);` },
        { code: `console.log(interruptSignal().aborted, interruptSignal() === interruptSignal());`, pauseAfter: 8 },
        { code: `console.log("alive");` },
      ],
      kernel,
    );
    expect(long?.status).toBe("error");
    expect(kernel === "tslab" ? long?.text : long?.errors[0]?.ename).toContain("Interrupted");
    expect(long?.seconds).toBeLessThan(8);
    expect(after).toMatchObject({ status: "ok", text: "42 InterruptedError true\n" });
    expect(signals?.text).toBe("false true\n");
    expect(late?.text).toBe("alive\n");
    expect(existsSync(file)).toBe(false);
  }, 180_000);

  test("an interrupted program without the signal does not take the kernel with it", async () => {
    const [, , after] = await kernelSession(
      folder,
      [
        { code: `import { runProgram } from "safelab/process/runProgram"; const kept: string = "state";` },
        { code: `await runProgram("sleep", ["6"], { env: { PATH: process.env.PATH ?? "" } });`, interruptAfter: 2 },
        { code: `console.log(kept);` },
      ],
      kernel,
    );
    expect(after).toMatchObject({ status: "ok", text: "state\n" });
  }, 180_000);

  test("an interrupt while a figure is drawn leaves the kernel able to draw the next", async () => {
    const [, drawing, next] = await kernelSession(
      folder,
      [
        { code: `import { show } from "safelab/notebook/show"; const figure = { data: [{ y: [1, 2] }], layout: {} };` },
        { code: `await show(figure); await new Promise((done) => setTimeout(done, 20000));`, interruptAfter: 1.5 },
        { code: `await show(figure);` },
      ],
      kernel,
    );
    expect(drawing?.status).toBe("error");
    expect(next?.status).toBe("ok");
    expect(Object.keys(next?.displays[0]?.data ?? {})).toContain("image/svg+xml");
  }, 180_000);
});
