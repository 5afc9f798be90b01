import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { InterruptedError, SetupError } from "../../src/error.js";
import { venvPython } from "../../src/process/venv.js";
import { type CodeqlOptions, codeqlScanner } from "../../src/scan/codeql.js";
import { scanFolderOf, temporaryFolder } from "./scanFolderOf.js";

const shell = "import os\nos.system(input())\n";
const plain = "print('hello')\n";
const script = fileURLToPath(new URL("codeqlStandIn.py", import.meta.url));

interface Call {
  arguments: string[];
  environment: Record<string, string>;
  home: Record<string, string>;
}

/** A program that understands the part of CodeQL's command line that is used. */
async function standIn(misdeed = "", options: Omit<CodeqlOptions, "path"> = {}) {
  const folder = await temporaryFolder();
  const pack = join(folder, "packs", "codeql", "python-queries", "1.6.0");
  await mkdir(pack, { recursive: true });
  for (const name of ["a.ql", "b.ql"]) await writeFile(join(pack, name), `select "${name}"\n`);
  await writeFile(join(folder, "settings.json"), JSON.stringify({ misdeed }));
  const path = join(folder, "codeql");
  await writeFile(path, `#!/bin/sh\nexec ${venvPython()} ${script} ${join(folder, "settings.json")} "$@"\n`);
  await chmod(path, 0o755);
  const calls = async () =>
    (await readFile(join(folder, "calls.jsonl"), "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Call);
  return { scanner: codeqlScanner({ path, ...options }), path, pack, calls };
}

async function scan(texts: readonly string[], misdeed = "", timeoutMs = 20_000) {
  const { scanner } = await standIn(misdeed, { timeoutMs: () => timeoutMs });
  const { directory, hashes } = await scanFolderOf(texts);
  const files = await scanner.scan(directory, hashes, {});
  return hashes.map((hash) => files.get(hash));
}

test("CodeQL makes a database of one folder and analyses it with the suite, in a private home that has the user's packs", async () => {
  const { scanner, calls } = await standIn("", { suite: "code-scanning" });
  const { directory, hashes } = await scanFolderOf([shell, plain]);
  const home = await temporaryFolder();
  await mkdir(join(home, ".codeql"));
  await mkdir(join(home, ".config", "codeql"), { recursive: true });
  vi.stubEnv("HOME", home);
  vi.stubEnv("CODEQL_EXTRACTOR_PYTHON_OPTION_LOGGING_VERBOSITY", "DEBUG");
  try {
    await scanner.scan(directory, hashes, {});
  } finally {
    vi.unstubAllEnvs();
  }
  const [create, analyze] = await calls();
  expect(create?.arguments).toEqual([
    ...["database", "create", expect.stringMatching(/\/out\/db$/) as string, "--language=python"],
    expect.stringMatching(/^--source-root=.*\/cwd\/[0-9a-f]{32}$/) as string,
    ...["--overwrite", expect.stringMatching(/^--threads=\d+$/) as string, "--ram=4096"],
  ]);
  expect(analyze?.arguments).toEqual([
    ...["database", "analyze", create?.arguments[2], "codeql/python-queries:codeql-suites/python-code-scanning.qls"],
    ...["--format=sarif-latest", expect.stringMatching(/^--output=.*results\.sarif$/) as string, create?.arguments[6]],
  ]);
  expect(create?.home).toEqual({ ".codeql": join(home, ".codeql") });
  expect(Object.keys(create?.environment ?? {}).filter((name) => name.startsWith("CODEQL"))).toEqual([]);
});

test("findings carry rule, CWE, severity and confidence of the rule; comments that ask for silence hide nothing", async () => {
  const suppressed =
    "import os\nos.system(input())  # lgtm [py/command-line-injection]\n# codeql[py/x]\nos.system(1)  # codeql[x]\n";
  const [first, second, third] = await scan([shell, plain, suppressed]);
  expect(first).toEqual({
    status: "insecure",
    reason: "",
    findings: [
      {
        ...{ ruleId: "py/command-line-injection", cwe: [78], severity: "HIGH", confidence: "HIGH" },
        ...{ lines: [2, 2], message: "injection" },
      },
    ],
  });
  expect(second).toEqual({ status: "secure", reason: "", findings: [] });
  expect(third?.findings.map(({ lines }) => lines[0])).toEqual([2, 4]);
});

test("what CodeQL could not extract is unscannable, what it is silent about is not secure", async () => {
  expect((await scan([plain, "x = 'CULPRIT'\n"], "notExtracted")).map((file) => [file?.status, file?.reason])).toEqual([
    ["secure", ""],
    ["unscannable", "Extraction failed"],
  ]);
  expect((await scan([plain, "x = 'CULPRIT'\n"], "omit")).map((file) => [file?.status, file?.reason])).toEqual([
    ["secure", ""],
    ["scanFailed", "not among the files that CodeQL says it extracted"],
  ]);
});

test.each([
  ["createCrash", /^database create: exit 1: A fatal error occurred: Could not process/],
  ["kill", /^database analyze: ended by SIGKILL$/],
  ["garbage", /^no SARIF that counts \(not SARIF 2\.1\.0/],
])(
  "of a CodeQL that does %s on one file, that file fails to scan and the others keep their verdicts",
  async (misdeed, reason) => {
    const files = await scan([shell, plain, "x = 'CULPRIT'\n", "x = 2\n"], misdeed);
    expect(files.map((file) => file?.status)).toEqual(["insecure", "secure", "scanFailed", "secure"]);
    expect(files[2]?.reason).toMatch(reason);
  },
);

test("a file that CodeQL hangs on fails to scan after the time limit, and a scan stops within two seconds", async () => {
  expect((await scan(["x = 'CULPRIT'\n"], "sleep", 3000))[0]?.reason).toBe("database analyze: no answer in 3 s");
  const { scanner } = await standIn("sleep");
  const { directory, hashes } = await scanFolderOf(["x = 'CULPRIT'\n"]);
  const start = Date.now();
  await expect(scanner.scan(directory, hashes, { signal: AbortSignal.timeout(500) })).rejects.toThrow(InterruptedError);
  expect(Date.now() - start).toBeLessThan(500 + 2000);
});

test("a CodeQL that finds nothing in the insecure control, or fails on anything, is an error of the machine", async () => {
  await expect(scan([plain], "alwaysblind")).rejects.toThrow(
    /CodeQL is at fault: on two small control files: of an insecure and a secure control file it says "secure, secure"/,
  );
  await expect(scan([plain], "alwayskill")).rejects.toThrow(SetupError);
});

test("one file that CodeQL hangs on in a batch is found, and all others keep their verdicts", async () => {
  const texts = [shell, plain, "x = 'CULPRIT'\n", `${shell}# 3\n`, "x = 4\n"];
  expect((await scan(texts, "sleep", 3000)).map((file) => file?.status)).toEqual([
    ...["insecure", "secure", "scanFailed", "insecure", "secure"],
  ]);
});

test("a CodeQL that hangs on everything is given up after the short time for the controls", async () => {
  const { scanner } = await standIn("alwayssleep", { timeoutMs: () => 3000, controlTimeoutMs: 1000 });
  const { directory, hashes } = await scanFolderOf([plain]);
  await expect(scanner.scan(directory, hashes, {})).rejects.toThrow(
    /CodeQL is at fault: on two small control files: database analyze: no answer in 1 s/,
  );
});

test("CodeQL is known by its version and its queries; another suite is another identity", async () => {
  const { scanner, path, pack } = await standIn();
  const identity = await scanner.identify();
  expect(identity).toEqual({ version: "2.23.1", rulesHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
  const other = codeqlScanner({ path, suite: "code-scanning" });
  expect((await other.identify()).rulesHash).not.toBe(identity.rulesHash);
  await writeFile(join(pack, "b.ql"), "select 2\n");
  expect((await scanner.identify()).rulesHash).not.toBe(identity.rulesHash);
  await rm(pack, { recursive: true });
  await expect(scanner.identify()).rejects.toThrow(/cannot be found.*codeql pack download codeql\/python-queries/);
});

test("CodeQL that is not there, or answers nonsense, says how to get it", async () => {
  vi.stubEnv("PATH", "/nonexistent");
  try {
    await expect(codeqlScanner().identify()).rejects.toThrow(/CodeQL is not installed.*codeql-action\/releases/);
  } finally {
    vi.unstubAllEnvs();
  }
  await expect((await standIn("mute")).scanner.identify()).rejects.toThrow(
    /`codeql version --format=json` gave no answer/,
  );
});
