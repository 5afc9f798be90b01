import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { InterruptedError, SetupError } from "../../src/error.js";
import { bearerScanner } from "../../src/scan/bearer.js";
import { readBearerReport } from "../../src/scan/bearerReport.js";
import { bearerStandIn } from "./bearerStandIn.js";
import { scanFolderOf, temporaryFolder } from "./scanFolderOf.js";

const shell = "import os\nos.system(input())\n";
const plain = "print('hello')\n";

async function scan(texts: readonly string[], misdeed = "", timeoutMs = 20_000) {
  const { scanner } = await bearerStandIn({ misdeed }, { timeoutMs: () => timeoutMs });
  const { directory, hashes } = await scanFolderOf(texts);
  const files = await scanner.scan(directory, hashes, {});
  expect([...files.keys()].sort()).toEqual([...hashes].sort());
  return hashes.map((hash) => files.get(hash));
}

test("Bearer is called with one folder, without network, default rules, configuration or environment of the user's", async () => {
  const { scanner, calls, rules } = await bearerStandIn();
  const { directory, hashes } = await scanFolderOf([shell, plain]);
  vi.stubEnv("BEARER_SKIP_RULE", "python_lang_avoid_pickle");
  vi.stubEnv("SCANNER", "secrets");
  try {
    await scanner.scan(directory, hashes, {});
  } finally {
    vi.unstubAllEnvs();
  }
  const [call] = await calls();
  const [command, target, ...rest] = call?.arguments ?? [];
  expect([command, target]).toEqual(["scan", expect.stringMatching(/^\.\/[0-9a-f]{32}$/)]);
  expect(rest).toEqual([
    ...["--disable-default-rules", "--disable-version-check", "-f", "jsonv2", "--quiet", "--force"],
    ...["--hide-progress-bar", "--exit-code", "0", "--no-extract", "--config-file", "/dev/null"],
    ...[
      "--external-rule-dir",
      join(rules, "rules", "python"),
      "--output",
      expect.stringMatching(/report\.json$/) as string,
    ],
  ]);
  expect(Object.keys(call?.environment ?? {}).filter((name) => /^(BEARER|SCANNER|LANGUAGE$)/.test(name))).toEqual([]);
  expect(call?.environment["TMPDIR"]).toContain("safelab-scan-");
  expect(call?.environment["HOME"]).toContain("safelab-scan-");
});

test("findings carry rule, CWE as numbers, severity and lines; Bearer knows no confidence", async () => {
  expect(await scan([shell, plain])).toEqual([
    {
      status: "insecure",
      reason: "",
      findings: [
        {
          ruleId: "python_lang_os_command_injection",
          cwe: [78],
          severity: "HIGH",
          confidence: "UNDEFINED",
          lines: [2, 2],
          message: "python_lang_os_command_injection",
        },
      ],
    },
    { status: "secure", reason: "", findings: [] },
  ]);
});

test("a comment that disables a rule hides nothing", async () => {
  const [file] = await scan(["import os\n# bearer:disable python_lang_os_command_injection\nos.system(input())\n"]);
  expect(file?.findings.map(({ lines }) => lines)).toEqual([[3, 3]]);
});

test("configuration in the scanned folder and the working directory has no effect", async () => {
  const { scanner } = await bearerStandIn();
  const { directory, hashes } = await scanFolderOf([shell]);
  const elsewhere = await temporaryFolder();
  for (const folder of [directory, elsewhere]) {
    await writeFile(join(folder, "bearer.yml"), "rule:\n  skip-rule: [python_lang_os_command_injection]\n");
    await writeFile(join(folder, "bearer.ignore"), "{}");
  }
  vi.spyOn(process, "cwd").mockReturnValue(elsewhere);
  try {
    expect((await scanner.scan(directory, hashes, {})).get(hashes[0] ?? "")?.status).toBe("insecure");
  } finally {
    vi.restoreAllMocks();
  }
});

test("a file that Bearer says it failed on, and one that it skips for its size without a word, are not secure", async () => {
  const large = `x = 1  # ${"a".repeat(2_000_000)}\n`;
  const [culprit, skipped, flagged] = await scan(["x = 'CULPRIT'\n", large, shell], "error");
  expect(culprit).toEqual({ status: "scanFailed", reason: "failed to scan file: it is the culprit", findings: [] });
  expect(skipped?.reason).toBe("2000010 bytes: Bearer skips files of more than 2000000 in silence");
  expect(flagged?.status).toBe("insecure");
});

test.each([
  ["crash", "exit 1: panic: runtime error: index out of range"],
  ["kill", "ended by SIGKILL"],
  [
    "empty",
    'exit 0 without an answer (not Bearer\'s jsonv2: field "source": Invalid input: expected "Bearer"): no output',
  ],
  ["nothing", "exit 0 without an answer (no such file or directory): no output"],
  ["garbage", "exit 0 without an answer (not JSON): no output"],
  ["exitCode", "exit 2: no output"],
  ["stranger", "the answer names a file that was not asked: other.py"],
])(
  "of a Bearer that does %s on one file, that file fails to scan and the others keep their verdicts",
  async (misdeed, reason) => {
    const files = await scan([shell, plain, "x = 'CULPRIT'\n", "import pickle\npickle.loads(x)\n", "x = 2\n"], misdeed);
    expect(files.map((file) => file?.status)).toEqual(["insecure", "secure", "scanFailed", "insecure", "secure"]);
    expect(files[2]?.reason).toEqual(reason);
  },
);

test("a file that Bearer hangs on fails to scan after the time limit", async () => {
  const files = await scan(["x = 'CULPRIT'\n", shell], "sleep", 3000);
  expect(files.map((file) => file?.reason)).toEqual(["no answer in 3 s", ""]);
});

test(
  "one file that Bearer hangs on in a large batch is found, and all others keep their verdicts",
  { timeout: 240_000 },
  async () => {
    const texts = Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? `${shell}# ${at}\n` : `x = ${at}\n`));
    const files = await scan(texts.with(27, "x = 'CULPRIT'\n"), "sleep", 6000);
    const expected: string[] = texts.map((_, at) => (at % 2 === 0 ? "insecure" : "secure"));
    expected[27] = "scanFailed";
    expect(files.map((file) => file?.status)).toEqual(expected);
    expect(files[27]?.reason).toBe("no answer in 6 s");
  },
);

test("a Bearer that hangs on everything is given up after the short time for the controls, whatever a batch may take", async () => {
  const { scanner } = await bearerStandIn(
    { misdeed: "alwayssleep" },
    { timeoutMs: () => 3_600_000, controlTimeoutMs: 1000 },
  );
  await expect(scanner.identify()).rejects.toThrow(
    /Bearer is at fault: on two small control files: no answer in 1 s; see that/,
  );
});

test("a configuration file in the home directory has no effect", async () => {
  const home = await temporaryFolder();
  await writeFile(join(home, "bearer.yml"), "disable: true\n");
  vi.stubEnv("HOME", home);
  try {
    expect((await scan([shell]))[0]?.status).toBe("insecure");
  } finally {
    vi.unstubAllEnvs();
  }
});

test("a Bearer that offline answers {} with exit 1, or has no rule that works, is an error of the machine and not a clean bill", async () => {
  for (const misdeed of ["alwaysempty", "alwaysexitCode", "alwayscrash"]) {
    const { scanner } = await bearerStandIn({ misdeed });
    await expect(scanner.identify()).rejects.toThrow(SetupError);
  }
  const { scanner, rules } = await bearerStandIn();
  const { directory, hashes } = await scanFolderOf([plain]);
  await rm(join(rules, "rules", "python", "lang", "avoid_pickle.yml"));
  await expect(scanner.scan(directory, hashes, {})).rejects.toThrow(/holds no rule of Bearer/);
  const blind = await bearerStandIn({ misdeed: "alwaysblind" });
  await expect(blind.scanner.identify()).rejects.toThrow(
    /Bearer is at fault: on two small control files: of an insecure and a secure control file it says "secure, secure"/,
  );
});

test("Bearer that is not installed, is no program or lacks its rules says how to get it", async () => {
  const { path, rules, folder } = await bearerStandIn();
  vi.stubEnv("PATH", "/nonexistent");
  try {
    await expect(bearerScanner({ rules }).identify()).rejects.toThrow(
      /Bearer is not installed.*github\.com\/Bearer\/bearer\/releases.*--bearer-path/,
    );
  } finally {
    vi.unstubAllEnvs();
  }
  await expect(bearerScanner({ path: rules, rules }).identify()).rejects.toThrow(/is no program that can be run/);
  await expect(bearerScanner({ path, rules: join(folder, "none") }).identify()).rejects.toThrow(
    /Bearer's rules are not in .*bearer-rules/,
  );
});

test("Bearer is found on PATH", async () => {
  const { rules, folder } = await bearerStandIn();
  vi.stubEnv("PATH", `${join(folder, "bin")}:${process.env["PATH"]}`);
  try {
    await expect(bearerScanner({ rules }).identify()).resolves.toMatchObject({ version: "2.1.0" });
  } finally {
    vi.unstubAllEnvs();
  }
});

test("other rules or another version make another identity; where they lie does not", async () => {
  const one = await bearerStandIn();
  const two = await bearerStandIn();
  const first = await one.scanner.identify();
  expect(await two.scanner.identify()).toEqual(first);
  await mkdir(join(two.rules, "rules", "python", "django"));
  await writeFile(join(two.rules, "rules", "python", "django", "csrf.yml"), "patterns: [x]\n");
  expect((await two.scanner.identify()).rulesHash).not.toBe(first.rulesHash);
});

test("a scan stops within two seconds", async () => {
  const { scanner } = await bearerStandIn({ misdeed: "sleep" });
  const { directory, hashes } = await scanFolderOf(["x = 'CULPRIT'\n"]);
  const start = Date.now();
  const stopped = scanner.scan(directory, hashes, { signal: AbortSignal.timeout(500) });
  await expect(stopped).rejects.toThrow(InterruptedError);
  expect(Date.now() - start).toBeLessThan(500 + 2000);
});

test("a report on a single file is read by the full name; equal findings count once, in the order of lines", () => {
  const finding = (line: number) => ({
    ...{ cwe_ids: ["502", "502"], id: "rule", title: "t", severity: "warning", line_number: line },
    ...{ filename: ".", full_filename: "folder/one.py" },
  });
  const text = JSON.stringify({ source: "Bearer", version: "2.1.0", findings: [finding(4), finding(2), finding(4)] });
  const { findings, failures } = readBearerReport(text);
  expect([...findings.keys()]).toEqual(["folder/one.py"]);
  expect(findings.get("folder/one.py")?.map(({ lines, cwe, severity }) => [lines, cwe, severity])).toEqual([
    [[2, 2], [502], "LOW"],
    [[4, 4], [502], "LOW"],
  ]);
  expect(failures.size).toBe(0);
});

test.each(["{}", "", "[]", '{"source":"Bearer","version":"2.1.0"}', '{"source":"Bearer","findings":[]}'])(
  "%s is no answer",
  (text) => {
    expect(() => readBearerReport(text)).toThrow();
  },
);
