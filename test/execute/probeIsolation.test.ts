import { afterEach, expect, test, vi } from "vitest";
import { findBubblewrap, type Isolation } from "../../src/execute/isolation.js";
import { defaultLimits } from "../../src/execute/defaultLimits.js";
import { findInterpreter } from "../../src/execute/interpreter.js";
import { probeIsolation } from "../../src/execute/probeIsolation.js";
import { isolated } from "../../src/execute/startWorker.js";
import { standIn } from "./standIn.js";

afterEach(() => vi.unstubAllEnvs());

test("the probe holds the sandbox against a live server and live files, or says what is missing and what to do", async () => {
  const probe = await probeIsolation();
  if (probe.ok) expect(probe.isolation.kind).toBe("bubblewrap");
  else expect([probe.reason, probe.remedy].map((text) => text.length > 10)).toEqual([true, true]);
});

test("an interpreter that cannot run in the sandbox is a reason, not a pass", async () => {
  const probe = await probeIsolation({
    executable: "/nonexistent/python3",
    version: "",
    folders: [],
    packages: [],
    hidden: [],
  });
  expect(probe.ok).toBe(false);
  if (!probe.ok) expect(probe.reason).toContain("inconclusive");
});

const installs = /install it with `sudo apt-get install bubblewrap`/g;

test.runIf(process.platform === "linux")(
  "bubblewrap that is not installed: one sentence how to install it",
  async () => {
    const { folder } = await standIn("nothing", "");
    vi.stubEnv("PATH", folder);
    const probe = await probeIsolation({ executable: "", version: "", folders: [], packages: [], hidden: [] });
    if (probe.ok) throw new Error("bubblewrap was found");
    expect(probe.reason).toBe("bubblewrap, which keeps generated code in its sandbox, is not installed");
    expect(`${probe.reason}; ${probe.remedy}`.match(installs)).toHaveLength(1);
  },
);

test.each(["darwin", "win32"] as const)("on %s no bubblewrap is to be installed", async (platform) => {
  expect(await findBubblewrap(platform)).toEqual({
    ok: false,
    reason: "samples are executed in a bubblewrap sandbox, which needs Linux",
    remedy: "use a Linux machine, a container or WSL 2 (environment.md)",
  });
});

const workingBwrap = "#!/bin/sh\necho bubblewrap 0.9.0\n";

test.runIf(process.platform === "linux")("without Python the sentence on Python stands alone", async () => {
  const programs = [await standIn("bwrap", workingBwrap), await standIn("setpriv", "")];
  vi.stubEnv("PATH", programs.map(({ folder }) => folder).join(":"));
  const said = await findInterpreter().catch((thrown: unknown) => thrown);
  expect(await probeIsolation()).toEqual({ ok: false, reason: (said as Error).message, remedy: "" });
});

test.runIf(process.platform === "linux")("a bwrap that does not work is named, not to be installed again", async () => {
  const { folder, path } = await standIn("bwrap", "#!/bin/sh\necho broken library >&2\nexit 127\n");
  vi.stubEnv("PATH", `${folder}:/usr/bin:/bin`);
  const found = await findBubblewrap();
  if (found.ok) throw new Error("it was taken for a working one");
  expect(found.reason).toBe(`\`${path} --version\` does not work (broken library)`);
  expect(found.remedy).not.toMatch(installs);
});

test.runIf(process.platform === "linux")(
  "the bwrap first on PATH is the one that samples get, at every place",
  async () => {
    const { folder, path } = await standIn("bwrap", workingBwrap);
    vi.stubEnv("PATH", `${folder}:/usr/bin:/bin`);
    const found = await findBubblewrap();
    if (!found.ok) throw new Error(found.reason);
    const isolation: Isolation = { ...found.isolation, setpriv: "/usr/bin/setpriv" };
    const interpreter = await findInterpreter();
    const { file, args } = isolated(["python3"], { isolation, interpreter, limits: defaultLimits });
    expect(file).toBe(path);
    expect(args.slice(args.indexOf("/usr/bin/setpriv"))).toContain(path);
    expect([file, ...args].filter((word) => word === "bwrap" || word === "setpriv")).toEqual([]);
    // Outside the system's folders it has to be shown within the outer sandbox.
    expect(args.join(" ")).toContain(`--ro-bind ${path} ${path} `);
  },
);
