import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeBrowser, withBrowser } from "../../src/export/browser.js";
import { tableAgreement } from "../../src/analysis/tableAgreement.js";
import { openLabelSession, type SessionOptions } from "../../src/label/labelSession.js";
import { newDraw } from "../../src/label/newDraw.js";
import { serveLabels } from "../../src/label/serveLabels.js";
import { projectRoot } from "../../src/process/projectRoot.js";
import { openRunAt } from "../../src/record/openRun.js";
import { drawBase, historyOf, labelOf, labelRun } from "./labelRun.js";

let context: BrowserContext;
let endBrowser: () => void;
let browsing: Promise<unknown>;
/** Whatever went wrong in a page: exceptions, and what the content security policy stopped. */
const faults: string[] = [];
const children: ChildProcess[] = [];

beforeAll(async () => {
  await new Promise<void>((ready, failed) => {
    browsing = withBrowser(async (browser) => {
      context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      context.setDefaultTimeout(20_000);
      ready();
      await new Promise<void>((resolve) => (endBrowser = resolve));
      await context.close();
    }).catch(failed);
  });
});

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  endBrowser();
  await browsing;
  await closeBrowser();
});

async function openPage(url: string): Promise<Page> {
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("409")) faults.push(message.text());
  });
  await page.goto(url);
  await page.waitForSelector("#code table");
  return page;
}

const status = (page: Page) => page.textContent("#status");
const count = (page: Page) => page.textContent("#count");
/** The task on the page: its name is the function's. */
const taskOn = async (page: Page) => /def (t\d+)/.exec((await page.textContent("#code")) ?? "")?.[1] ?? "";

/** Presses a key and waits until the page is done with it. */
async function press(page: Page, key: string, until: RegExp): Promise<void> {
  await page.keyboard.press(key);
  await expect.poll(() => status(page), { timeout: 15_000 }).toMatch(until);
}

async function withPage<T>(
  folder: string,
  options: Partial<SessionOptions>,
  work: (page: Page, url: string) => Promise<T>,
): Promise<T> {
  const session = await openLabelSession(folder, {
    question: "security",
    annotator: "ada",
    role: "annotator",
    ...options,
  });
  const server = await serveLabels(session);
  try {
    const page = await openPage(server.url);
    const result = await work(page, server.url);
    await page.close();
    return result;
  } finally {
    await server.close();
    await session.close();
  }
}

/** The command line's server in a process of its own, which can be killed. */
async function serveCommand(folder: string): Promise<{ url: string; child: ChildProcess }> {
  const args = [join(projectRoot(), "bin", "safelab.js"), "label", "serve", folder, "--annotator", "ada"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const url = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const found = /http:\S+\n/.exec(text);
      if (found !== null) resolve(found[0].trim());
    });
    child.on("exit", () => reject(new Error(`the server ended: ${text}`)));
  });
  return { url, child };
}

const ended = (child: ChildProcess) => new Promise((resolve) => child.on("exit", resolve));

/** The checker's source, where it is installed. */
const axePath = (() => {
  try {
    return createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  } catch {
    return undefined;
  }
})();

/** What axe finds wrong on the page, with the elements. */
const violations = (page: Page) =>
  page.evaluate<string[]>(
    `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
      .then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ target }) => target.join(" ")).join(", ")))`,
  );

describe("the labelling page", () => {
  test("labels ten items by keyboard, and a killed server loses none of them", { timeout: 120_000 }, async () => {
    const folder = await labelRun(10);
    await drawBase(folder);
    const first = await serveCommand(folder);
    let page = await openPage(first.url);
    for (let i = 0; i < 6; i++) {
      expect(await count(page)).toBe(`Sample ${i + 1} of 10, ${i} answered`);
      await page.keyboard.press(["1", "2", "3"][i % 3] ?? "");
      await expect.poll(() => count(page)).toBe(`Sample ${i + 2} of 10, ${i + 1} answered`);
    }
    const gone = ended(first.child);
    first.child.kill("SIGKILL");
    await gone;
    await page.keyboard.press("2");
    await expect.poll(() => status(page)).toContain("the server does not answer");
    await page.close();
    expect(await historyOf(folder)).toHaveLength(6);

    const second = await serveCommand(folder);
    page = await openPage(second.url);
    expect(await count(page)).toBe("Sample 7 of 10, 6 answered");
    for (let i = 6; i < 10; i++) await press(page, "2", i === 9 ? /^Saved\. All 10/ : new RegExp("^Saved"));
    await page.close();
    const stopped = ended(second.child);
    second.child.kill("SIGTERM");
    await stopped;
    const labels = (await openRunAt(folder)).rows.flatMap((row) => row.labels);
    expect(labels).toHaveLength(10);
    expect(labels.filter(({ value }) => value === "secure")).toHaveLength(6);
    expect(labels.every(({ seconds }) => seconds !== null && seconds >= 0 && seconds < 60)).toBe(true);
  });

  test("marks lines by mouse and by typing, takes a CWE by name, and keeps a note", async () => {
    const folder = await labelRun(2);
    await drawBase(folder);
    await withPage(folder, {}, async (page) => {
      const number = (line: number) => page.locator(`button[data-line="${line}"]`);
      const [from, to] = [await number(3).boundingBox(), await number(5).boundingBox()];
      await page.mouse.move((from?.x ?? 0) + 5, (from?.y ?? 0) + 5);
      await page.mouse.down();
      await page.mouse.move((to?.x ?? 0) + 5, (to?.y ?? 0) + 5, { steps: 5 });
      await page.mouse.up();
      expect(await page.inputValue("#lines")).toBe("3-5");
      await number(4).click();
      expect(await page.inputValue("#lines")).toBe("3, 5");
      expect(await number(4).getAttribute("aria-pressed")).toBe("false");
      await page.keyboard.press("c");
      await page.keyboard.type("os command");
      await page.keyboard.press("Enter");
      await page.keyboard.type("cwe-22");
      await page.keyboard.press("Enter");
      expect(await page.textContent("#chosen")).toContain("CWE-78 OS command injection");
      await page.keyboard.press("Escape");
      await page.keyboard.press("n");
      await page.keyboard.type("1 shell");
      await page.keyboard.press("Escape");
      await press(page, "1", /^Saved: Insecure/);
      await page.keyboard.press("l");
      await page.keyboard.type("1-2 5");
      await page.keyboard.press("Escape");
      expect(await number(2).getAttribute("aria-pressed")).toBe("true");
      await press(page, "2", /^Saved\. All 2/);
    });
    expect(await historyOf(folder)).toMatchObject([
      { value: "insecure", lines: [3, 5], cwe: [78, 22].sort((a, b) => a - b), note: "1 shell" },
      { value: "secure", lines: [1, 2, 5], cwe: [], note: "" },
    ]);
  });

  test("goes from line to line by arrow keys, marks with Space and Shift, and says where it is", async () => {
    const folder = await labelRun(2);
    await drawBase(folder);
    await withPage(folder, {}, async (page) => {
      const inFocus = () => page.evaluate<string>("document.activeElement.dataset.line");
      await page.focus('button[data-line="1"]');
      await page.keyboard.press("ArrowDown");
      expect(await inFocus()).toBe("2");
      await page.keyboard.press("Space");
      expect(await page.inputValue("#lines")).toBe("2");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Shift+ArrowDown");
      await page.keyboard.press("Shift+ArrowDown");
      expect(await page.inputValue("#lines")).toBe("2-5");
      await page.keyboard.press("Space");
      expect(await page.inputValue("#lines")).toBe("2-4");
      await page.keyboard.press("ArrowDown");
      expect(await inFocus()).toBe("5");
      // One line is on the way from the header to the answers, not all.
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.id")).toBe("lines");
      expect(await page.getAttribute("#count", "role")).toBe("status");
      expect(await page.getAttribute("#status", "role")).toBe("status");
    });
  });

  test("takes answers back, changes them, and shows what was said", async () => {
    const folder = await labelRun(3);
    await drawBase(folder);
    await withPage(folder, {}, async (page) => {
      await press(page, "1", /^Saved: Insecure/);
      await press(page, "u", /taken back/);
      expect(await count(page)).toBe("Sample 1 of 3, 0 answered");
      await press(page, "2", /^Saved: Secure/);
      await page.keyboard.press("ArrowLeft");
      await expect.poll(() => count(page)).toBe("Sample 1 of 3, 1 answered");
      expect(await page.getAttribute('[data-value="secure"]', "aria-pressed")).toBe("true");
      await press(page, "3", /^Saved: Cannot tell/);
      await page.keyboard.press("?");
      expect(await page.isVisible("#keys")).toBe(true);
      expect(await page.textContent("#key-list")).toContain("take the last answer back");
      await page.keyboard.press("2");
      await page.keyboard.press("Escape");
    });
    expect((await historyOf(folder)).map(({ value }) => value)).toEqual(["insecure", null, "secure", "cannotTell"]);
  });

  test("in two windows does not let one overwrite what the other said", async () => {
    const folder = await labelRun(2);
    await drawBase(folder);
    await withPage(folder, {}, async (page, url) => {
      const other = await openPage(url);
      await press(page, "1", /^Saved/);
      await press(other, "2", /answered in another window/);
      expect(await other.getAttribute('[data-value="insecure"]', "aria-pressed")).toBe("true");
      await press(other, "2", /^Saved/);
      await other.close();
    });
    expect((await historyOf(folder)).map(({ value }) => value)).toEqual(["insecure", "secure"]);
  });

  test("shows hostile code as text, and fits a screen at 200 % zoom", async () => {
    const folder = await labelRun(1);
    await drawBase(folder);
    await withPage(folder, {}, async (page) => {
      expect(await page.textContent("#code")).toContain('"""</code><script>alert(1)</script>"""');
      expect(await page.locator("#code script").count()).toBe(0);
      await page.setViewportSize({ width: 640, height: 400 });
      const wide = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
      expect(wide).toBeLessThanOrEqual(0);
      await press(page, "1", /^Saved\. All 1/);
      const seen = await page.evaluate<number>(
        "innerHeight - document.getElementById('status').getBoundingClientRect().bottom",
      );
      expect(seen).toBeGreaterThanOrEqual(0);
    });
  });

  test("sets a sample beside the baseline's for the question of failure", async () => {
    const folder = await labelRun(2);
    const filter = { dataset: [], model: [], method: [] };
    await newDraw(folder, { question: "failure", seed: 1, n: "all", strata: "none", filter });
    await withPage(folder, { question: "failure" }, async (page) => {
      expect(await page.textContent(".diff td.source.removed")).toContain("os.system(name)");
      expect(await page.textContent(".diff td.source.added")).toContain("pass");
      expect(await page.isVisible("#evidence")).toBe(false);
      await press(page, "1", /^Saved: Removed code/);
    });
    expect(await historyOf(folder)).toMatchObject([{ question: "failure", value: "removedCode", method: "tamer" }]);
  });

  test(
    "two people label, a third decides where they differ, and the table says how far they agree",
    { timeout: 120_000 },
    async () => {
      const folder = await labelRun(10);
      await drawBase(folder);
      // Both say insecure on 4, secure on 3; they differ on 1 and 2: agreement .7, chance .5·.6 + .5·.4 = .5, kappa .4.
      const insecure = { ada: ["t01", "t02", "t03", "t04", "t05"], ben: ["t01", "t02", "t03", "t04", "t06", "t07"] };
      for (const annotator of ["ada", "ben"] as const)
        await withPage(folder, { annotator }, async (page) => {
          for (let i = 0; i < 10; i++) {
            const task = await taskOn(page);
            await page.keyboard.press(insecure[annotator].includes(task) ? "1" : "2");
            await expect.poll(() => count(page)).toContain(`${i + 1} answered`);
          }
        });
      const before = tableAgreement((await openRunAt(folder)).rows).rows;
      expect(before[0]?.["kappa"]?.value).toBeCloseTo(0.4, 12);
      expect(before[0]?.["observed"]).toMatchObject({ hits: 7, total: 10 });
      const seen: string[] = [];
      await withPage(folder, { annotator: "eve", role: "adjudicator" }, async (page) => {
        expect(await page.locator(".card").count()).toBe(2);
        expect(await page.textContent("#cards")).not.toMatch(/ada|ben/);
        await press(page, "1", /Say first why/);
        for (let i = 0; i < 3; i++) {
          seen.push(await taskOn(page));
          await page.keyboard.press("Escape");
          await page.keyboard.press("n");
          await page.keyboard.type("it runs a shell");
          await page.keyboard.press("Escape");
          await press(page, "1", i === 2 ? /All 3 samples/ : /^Saved: Insecure/);
        }
      });
      expect(seen.sort()).toEqual(["t05", "t06", "t07"]);
      const after = tableAgreement((await openRunAt(folder)).rows).rows;
      expect(after.map((line) => [line["who"]?.value, line["observed"]?.hits])).toEqual([
        ["ada, ben", 7],
        ["ada, the label that counts", 8],
        ["ben, the label that counts", 9],
      ]);
      expect((await historyOf(folder)).filter(({ role }) => role === "adjudicator")).toHaveLength(3);
    },
  );

  test("an adjudicator sees both answers with their notes and lines", async () => {
    const folder = await labelRun(2, {
      "labels.ada.jsonl": [labelOf("t01", "ada", "insecure", { note: "shell injection", lines: [5], cwe: [78] })],
      "labels.ben.jsonl": [labelOf("t01", "ben", "secure", { note: "name is trusted" })],
    });
    await drawBase(folder);
    await withPage(folder, { annotator: "eve", role: "adjudicator" }, async (page) => {
      const cards = await page.locator(".card").allTextContents();
      expect(cards[0]).toMatch(/Insecure.*Lines 5; CWE-78 OS command injection.*shell injection/);
      expect(cards[1]).toMatch(/Secure: it has none.*name is trusted/);
    });
  });

  test.skipIf(axePath === undefined)(
    "passes axe in both themes, with marked lines, the keys, a diff, the end and an adjudication",
    { timeout: 240_000 },
    async () => {
      const axe = await readFile(axePath ?? "", "utf8");
      const folder = await labelRun(2, {
        "labels.ada.jsonl": [labelOf("t01", "ada", "insecure", { note: "a shell", lines: [5], cwe: [78] })],
        "labels.ben.jsonl": [labelOf("t01", "ben", "secure", { note: "trusted" })],
      });
      await drawBase(folder);
      const filter = { dataset: [], model: [], method: [] };
      await newDraw(folder, { question: "failure", seed: 1, n: "all", strata: "none", filter });
      // The page's own policy would keep the checker out.
      const open = await context.browser()?.newContext({ bypassCSP: true, viewport: { width: 640, height: 400 } });
      if (open === undefined) throw new Error("no browser");
      for (const [question, role, annotator] of [
        ["security", "annotator", "cy"],
        ["failure", "annotator", "cy"],
        ["security", "adjudicator", "eve"],
      ] as const) {
        const session = await openLabelSession(folder, { question, role, annotator });
        const server = await serveLabels(session);
        const page = await open.newPage();
        const check = async (state: string) => {
          for (const colorScheme of ["light", "dark"] as const) {
            await page.emulateMedia({ colorScheme });
            expect(await violations(page), `${question} ${role} ${state} ${colorScheme}`).toEqual([]);
          }
        };
        await page.goto(server.url);
        await page.waitForSelector("#code table");
        await page.evaluate(axe);
        if (question === "security") {
          await page.fill("#lines", "3-5");
          await page.fill("#cwe", "78");
          await page.press("#cwe", "Enter");
          await page.press("#cwe", "Escape");
        }
        await check("item");
        await page.keyboard.press("?");
        await check("keys");
        await page.keyboard.press("Escape");
        await page.fill("#note", "why");
        await page.press("#note", "Escape");
        for (let i = 0; i < session.total; i++) {
          await page.keyboard.press("1");
          await expect.poll(() => count(page)).toContain(`${i + 1} answered`);
        }
        await check("end");
        await page.close();
        await server.close();
        await session.close();
      }
      await open.close();
    },
  );

  test("ran without an error, and the policy stopped nothing of its own", () => {
    expect(faults.filter((fault) => !fault.includes("ERR_CONNECTION_REFUSED"))).toEqual([]);
  });
});
