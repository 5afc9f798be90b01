import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { InterruptedError, SetupError } from "../../src/error.js";
import { venvPython } from "../../src/process/venv.js";
import { banditScanner } from "../../src/scan/bandit.js";
import { scanFolderOf, temporaryFolder } from "./scanFolderOf.js";

const shell = "import subprocess\nsubprocess.call(\n    input(),\n    shell=True,\n)\n";
const plain = "print('hello')\n";
const standIn = fileURLToPath(new URL("standIn.py", import.meta.url));

const standInScanner = (misdeed: string, timeoutMs = 20_000, controlTimeoutMs = 60_000) =>
  banditScanner({ command: [venvPython(), standIn, misdeed], timeoutMs: () => timeoutMs, controlTimeoutMs });

async function scan(texts: readonly string[], scanner = banditScanner()) {
  const { directory, hashes } = await scanFolderOf(texts);
  const files = await scanner.scan(directory, hashes, {});
  expect([...files.keys()].sort()).toEqual([...hashes].sort());
  return hashes.map((hash) => files.get(hash));
}

// bandit -q -r -f json --ignore-nosec DIR, Bandit 1.9.4, on the same three texts
test("findings carry rule, CWE, severity, confidence and lines as Bandit prints them", async () => {
  const [first, second, third] = await scan([shell, plain, "import hashlib\nx = hashlib.md5(b'').hexdigest()\n"]);
  expect(first).toEqual({
    status: "insecure",
    reason: "",
    findings: [
      {
        ruleId: "B404",
        cwe: [78],
        severity: "LOW",
        confidence: "HIGH",
        lines: [1, 1],
        message: "Consider possible security implications associated with the subprocess module.",
      },
      {
        ruleId: "B602",
        cwe: [78],
        severity: "HIGH",
        confidence: "HIGH",
        lines: [2, 5],
        message: "subprocess call with shell=True identified, security issue.",
      },
    ],
  });
  expect(second).toEqual({ status: "secure", reason: "", findings: [] });
  expect(third?.findings).toEqual([
    {
      ruleId: "B324",
      cwe: [327],
      severity: "HIGH",
      confidence: "HIGH",
      lines: [2, 2],
      message: "Use of weak MD5 hash for security. Consider usedforsecurity=False",
    },
  ]);
});

test("a nosec comment hides nothing, with or without the rule's name", async () => {
  const files = await scan(["eval(input())  # nosec\n", "eval(input())  # nosec B307\n", "# nosec\nexec(input())\n"]);
  expect(files.map((file) => file?.status)).toEqual(["insecure", "insecure", "insecure"]);
});

test("configuration in the scanned folder, the working directory and the home directory has no effect", async () => {
  const options = "[bandit]\nskips = B307\nexclude = *.py\ntests = B101\n";
  const home = await temporaryFolder();
  await mkdir(join(home, ".config", "bandit"), { recursive: true });
  for (const file of [".bandit", "setup.cfg", "tox.ini", ".config/bandit/.bandit"]) {
    await writeFile(join(home, file), options);
  }
  await writeFile(join(home, "bandit.py"), "raise SystemExit(0)\n");
  await writeFile(join(home, "bandit.yaml"), "skips: [B307]\n");
  await writeFile(join(home, "pyproject.toml"), '[tool.bandit]\nskips = ["B307"]\n');
  vi.stubEnv("HOME", home);
  vi.stubEnv("PYTHONPATH", home);
  vi.spyOn(process, "cwd").mockReturnValue(home);
  try {
    const { directory, hashes } = await scanFolderOf(["eval(input())\n"]);
    await writeFile(join(directory, ".bandit"), options);
    await writeFile(join(directory, "pyproject.toml"), '[tool.bandit]\nskips = ["B307"]\n');
    const files = await banditScanner().scan(directory, hashes, {});
    expect(files.get(hashes[0] ?? "")?.status).toBe("insecure");
  } finally {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  }
});

test("a temporary directory whose name Bandit excludes by default does not hide the files in it", async () => {
  const parent = join(await temporaryFolder(), ".git");
  await mkdir(parent);
  vi.stubEnv("TMPDIR", parent);
  try {
    expect((await scan(["eval(input())\n"]))[0]?.status).toBe("insecure");
  } finally {
    vi.unstubAllEnvs();
  }
});

test("a file with a syntax error is never secure", async () => {
  expect(await scan(["x = (\n", plain])).toEqual([
    { status: "scanFailed", reason: "syntax error while parsing AST from file", findings: [] },
    { status: "secure", reason: "", findings: [] },
  ]);
});

test("code that parses but is too deep for Bandit fails to scan in Bandit's words", async () => {
  const deep = `x = a${".a".repeat(990)}\n`;
  expect((await scan([deep, plain])).map((file) => [file?.status, file?.reason])).toEqual([
    ["scanFailed", "exception while scanning file"],
    ["secure", ""],
  ]);
});

test("code on which one of Bandit's rules crashes, which Bandit tells on stderr only, is not secure", async () => {
  const [file] = await scan([`x = ${Array.from({ length: 500 }, () => "'a'").join(" + ")}\n`]);
  expect(file?.status).toBe("scanFailed");
  expect(file?.reason).toMatch(
    /^Bandit internal error running: hardcoded_sql_expressions on file [0-9a-f]{64}\.py at line 1: maximum recursion depth exceeded[\w ]*$/,
  );
});

test.each([
  ["crash", "exit 1 without Bandit's JSON: Traceback: the stand-in fell over"],
  ["kill", "ended by SIGKILL"],
  ["garbage", "exit 0 without Bandit's JSON: <html>all is well</html>"],
  ["silence", "exit 0 without Bandit's JSON: no output"],
  ["omit", "the scanner's answer does not name this file"],
  ["unfinished", "the scanner's answer does not name this file"],
  ["error", "exception while scanning file"],
  ["exitCode", "exit 2 with 0 findings: no output"],
])(
  "of a scanner that does %s on one file, that file fails to scan and the others keep their verdicts",
  async (misdeed, reason) => {
    const culprit = "print('CULPRIT')\n";
    const files = await scan([shell, plain, culprit, "eval(input())\n", "x = 2\n"], standInScanner(misdeed));
    expect(files.map((file) => file?.status)).toEqual(["insecure", "secure", "scanFailed", "insecure", "secure"]);
    expect(files[2]?.reason).toBe(reason);
  },
);

test("a file that a scanner hangs on fails to scan after the time limit", async () => {
  const files = await scan(["print('CULPRIT')\n", shell], standInScanner("sleep", 5000));
  expect(files.map((file) => file?.status)).toEqual(["scanFailed", "insecure"]);
  expect(files[0]?.reason).toBe("no answer in 5 s");
});

test("one file that a scanner hangs on in a batch is found, and all others keep their verdicts", async () => {
  const texts = Array.from({ length: 12 }, (_, at) => (at % 2 === 0 ? `${shell}# ${at}\n` : `x = ${at}\n`));
  const files = await scan(texts.with(7, "print('CULPRIT')\n"), standInScanner("sleep", 5000));
  const expected: string[] = texts.map((_, at) => (at % 2 === 0 ? "insecure" : "secure"));
  expect(files.map((file) => file?.status)).toEqual(expected.with(7, "scanFailed"));
  expect(files[7]?.reason).toBe("no answer in 5 s");
});

test("a Bandit that hangs on everything is given up after the short time for the controls, whatever a batch may take", async () => {
  await expect(standInScanner("alwayssleep", 3_600_000, 1000).identify()).rejects.toThrow(
    'Bandit is at fault: of an insecure and a secure control file it says "no answer in 1 s"',
  );
});

test("findings count although one of Bandit's rules crashed on the same file", async () => {
  const [flagged] = await scan(["eval('CULPRIT')\n"], standInScanner("ruleCrash"));
  expect(flagged?.status).toBe("insecure");
});

test.each(["alwayscrash", "alwaysgarbage", "alwayskill"])(
  "a scanner that fails whatever it scans (%s) is an error of the machine",
  async (misdeed) => {
    await expect(scan([plain, shell], standInScanner(misdeed))).rejects.toThrow(SetupError);
    await expect(scan([plain, shell], standInScanner(misdeed))).rejects.toThrow(/at fault.*npx safelab setup/);
  },
);

test("a scanner that calls everything secure is found out before it is used", async () => {
  await expect(standInScanner("alwayssecure").identify()).rejects.toThrow(/at fault.*"secure, secure"/);
});

test("a Bandit that cannot be started is an error of the machine", async () => {
  const scanner = banditScanner({ command: ["/nonexistent/bandit"] });
  await expect(scanner.identify()).rejects.toThrow(SetupError);
});

test("a scan stops within two seconds", async () => {
  const { directory, hashes } = await scanFolderOf(["print('CULPRIT')\n"]);
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 500);
  const start = Date.now();
  await expect(standInScanner("sleep").scan(directory, hashes, { signal: controller.signal })).rejects.toThrow(
    InterruptedError,
  );
  expect(Date.now() - start).toBeLessThan(500 + 2000);
});

test("Bandit is known by its version and a hash of its rules that stays the same", async () => {
  const identity = await banditScanner().identify();
  expect(identity).toEqual({ version: "1.9.4", rulesHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
  expect(await banditScanner().identify()).toEqual(identity);
});
