import { describe, expect, test } from "vitest";
import { bwrapArguments, type SandboxOptions } from "../../src/execute/sandbox.js";

const options: SandboxOptions = {
  bwrap: "/usr/bin/bwrap",
  dropTo: null,
  isNested: false,
  canDisableUserns: true,
  rootLinks: { "/bin": "usr/bin" },
  folders: ["/usr", "/usr/lib/python3", "/home/me/venv", "/home/me/venv/bin"],
  hidden: ["/usr/lib/python3/dist-packages"],
  programs: "/home/me/venv/bin",
  files: { "/harness": "/opt/safelab/worker" },
  limits: { wallSeconds: 1, cpuSeconds: 1, memoryMib: 64, processes: 4, fileMib: 2, outputKib: 1 },
};
const text = (changes: Partial<SandboxOptions> = {}) => ` ${bwrapArguments({ ...options, ...changes }).join(" ")} `;

test("only the system, the interpreter and the harness are shown, each once and read-only", () => {
  const args = bwrapArguments(options);
  const sources = args.flatMap((arg, at) => (/^--(ro-)?bind(-try)?$/.test(arg) ? [`${arg} ${args[at + 1]}`] : []));
  expect(sources).toEqual([
    "--ro-bind /usr",
    ...["/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc/ld.so.cache", "/etc/alternatives"].map(
      (p) => `--ro-bind-try ${p}`,
    ),
    "--ro-bind /home/me/venv",
    "--ro-bind /opt/safelab/worker",
  ]);
});

test("folders of installed packages are empty and closed", () => {
  expect(text()).toContain(" --tmpfs /usr/lib/python3/dist-packages --remount-ro /usr/lib/python3/dist-packages ");
});

test.each([
  "--unshare-net",
  "--unshare-pid",
  "--unshare-ipc",
  "--unshare-uts",
  "--die-with-parent",
  "--new-session",
  "--clearenv",
  "--cap-drop ALL",
  "--remount-ro / ",
])("every sandbox has %s", (flag) => {
  expect(text()).toContain(` ${flag}`);
  expect(text({ dropTo: { uid: 70000, setpriv: "/usr/bin/setpriv" } })).toContain(` ${flag}`);
});

test("every folder that can be written has a bound", () => {
  const writable = bwrapArguments(options)
    .join(" ")
    .match(/--size \d+ --tmpfs \S+/g);
  expect(writable).toEqual([
    "--size 8388608 --tmpfs /tmp",
    "--size 2097152 --tmpfs /var/tmp",
    "--size 2097152 --tmpfs /dev/shm",
    "--size 2097152 --tmpfs /home/sample",
  ]);
  expect(text({ hidden: [] }).match(/--tmpfs/g)).toHaveLength(4);
});

describe("privileges", () => {
  test("an ordinary user gets a user namespace and no capability", () => {
    expect(text()).toContain(" --unshare-user --disable-userns --uid 1000 ");
    expect(text()).not.toContain("--cap-add");
    expect(text()).not.toContain("setpriv");
  });
  test("root gives its user id up before the inner user namespace is made", () => {
    const args = bwrapArguments({ ...options, dropTo: { uid: 70000, setpriv: "/usr/bin/setpriv" } });
    expect(args.slice(args.indexOf("/usr/bin/setpriv"))).toEqual([
      ...[
        "/usr/bin/setpriv",
        "--reuid",
        "70000",
        "--regid",
        "70000",
        "--clear-groups",
        "--bounding-set=-all",
        "--inh-caps=-all",
        "--no-new-privs",
      ],
      ...[
        "/usr/bin/bwrap",
        "--dev-bind",
        "/",
        "/",
        "--die-with-parent",
        "--unshare-user",
        "--disable-userns",
        "--uid",
        "1000",
        "--gid",
        "1000",
      ],
    ]);
    expect(args.slice(0, args.indexOf("/usr/bin/setpriv"))).not.toContain("--unshare-user");
  });
  test("a bubblewrap before 0.8 is not given a flag that it does not know", () => {
    expect(text({ canDisableUserns: false })).not.toContain("--disable-userns");
  });
});

test("folders above a bound one can be entered", () => {
  expect(text()).toContain(" --perms 0755 --dir /home --perms 0755 --dir /home/me ");
});
