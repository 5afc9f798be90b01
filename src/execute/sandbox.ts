import { dirname } from "node:path";
import type { Limits } from "../record/schema/execution.js";

/** What a bubblewrap sandbox is made of. */
export interface SandboxOptions {
  /** Absolute path of the `bwrap` program. */
  readonly bwrap: string;
  /**
   * An unprivileged user id for this sandbox alone, where we run as root, and the absolute path of the program that takes it on;
   * `null` as an ordinary user. Root's own user id will not do: the limit on processes does not bind it, and it counts per user id,
   * so that sandboxes side by side must not share one.
   */
  readonly dropTo: { readonly uid: number; readonly setpriv: string } | null;
  /** Whether the program inside makes namespaces for each sample, for which it keeps its rights within the user namespace. */
  readonly isNested: boolean;
  /** Whether this bubblewrap knows `--disable-userns` (from 0.8). */
  readonly canDisableUserns: boolean;
  /** Symbolic links of the root folder, e.g. `bin` to `usr/bin`; folders of these names that are none are bound. */
  readonly rootLinks: Readonly<Record<string, string>>;
  /** Folders to show read-only besides the system's, e.g. the interpreter's. */
  readonly folders: readonly string[];
  /** Folders within those shown that are empty inside. */
  readonly hidden: readonly string[];
  /** Files and folders to show read-only, by their place inside. */
  readonly files: Readonly<Record<string, string>>;
  /** Folders in the root in which the program inside can lay out what it likes; those of the system are none. Default none. */
  readonly rooms?: readonly string[];
  /** Folder of the interpreter's programs: samples may start `python`. */
  readonly programs: string;
  readonly limits: Limits;
}

const systemFolders = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];
const namespaces = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"];

/** The folders above a path, from the top, without the root. */
function above(path: string): string[] {
  const parent = dirname(path);
  return parent === "/" ? [] : [...above(parent), parent];
}

/** Folders not within another of them, nor within `/usr`. */
function outermost(folders: readonly string[]): string[] {
  const within = (inner: string, outer: string) => inner !== outer && inner.startsWith(`${outer}/`);
  return folders.filter((folder) => folder !== "/usr" && ![...folders, "/usr"].some((other) => within(folder, other)));
}

function systemMounts({ rootLinks }: SandboxOptions): string[] {
  const roots = systemFolders.flatMap((path) => {
    const target = rootLinks[path];
    return target === undefined ? ["--ro-bind-try", path, path] : ["--symlink", target, path];
  });
  const settings = ["/etc/ld.so.cache", "/etc/alternatives"].flatMap((path) => ["--ro-bind-try", path, path]);
  return ["--ro-bind", "/usr", "/usr", ...roots, ...settings];
}

/** Folders made by bubblewrap itself are closed to all but root. */
function openParents(paths: readonly string[]): string[] {
  const parents = [...new Set(paths.flatMap(above))].filter((path) => path !== "/usr" && !path.startsWith("/usr/"));
  return parents.flatMap((path) => ["--perms", "0755", "--dir", path]);
}

/** Folders that a sample can write to, each with its bound in bytes: in memory, gone with the sample. */
export function writableFolders({ fileMib }: Limits): Readonly<Record<string, number>> {
  const bytes = fileMib * 2 ** 20;
  return { "/tmp": 4 * bytes, "/var/tmp": bytes, "/dev/shm": bytes, "/home/sample": bytes };
}

/** Before what is shown within them, which they would hide. */
function roomMounts({ rooms = [], limits }: SandboxOptions): string[] {
  const size = String(limits.fileMib * 2 ** 20);
  return rooms.flatMap((path) => ["--perms", "0777", "--size", size, "--tmpfs", path]);
}

function privateFolders({ limits, isNested, dropTo }: SandboxOptions): string[] {
  const writable = Object.entries(writableFolders(limits)).flatMap(([place, bytes]) => [
    ...["--perms", "1777", "--size", String(bytes), "--tmpfs", place],
  ]);
  // bubblewrap as root covers parts of its /proc, and the kernel then refuses a fresh one to the user namespaces inside.
  const proc = isNested && dropTo !== null ? ["--dev-bind", "/proc", "/proc"] : ["--proc", "/proc"];
  return [
    ...proc,
    ...["--dev", "/dev"],
    ...writable,
    ...["--perms", "0777", "--dir", "/tmp/work", "--chdir", "/tmp/work"],
    ...["--remount-ro", "/dev", "--remount-ro", "/"],
  ];
}

/** The whole environment of a sample: hash seeds fixed, no threads beside the limits; `programs` comes first on PATH. */
export const sampleEnvironment = (programs: string): Readonly<Record<string, string>> => ({
  PATH: `${programs}:/usr/local/bin:/usr/bin:/bin`,
  HOME: "/home/sample",
  USER: "sample",
  LOGNAME: "sample",
  LANG: "C.UTF-8",
  TZ: "UTC",
  PYTHONHASHSEED: "0",
  PYTHONDONTWRITEBYTECODE: "1",
  MPLBACKEND: "Agg",
  OMP_NUM_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
  MKL_NUM_THREADS: "1",
});

/** As root: give up the user id, then make the user namespace as an ordinary user would. */
function dropPrivileges({ uid, setpriv }: { uid: number; setpriv: string }, options: SandboxOptions): string[] {
  const drop = ["--reuid", String(uid), "--regid", String(uid), "--clear-groups", "--bounding-set=-all"];
  const proc = options.isNested ? ["--unshare-pid", "--proc", "/proc"] : [];
  const inner = ["--dev-bind", "/", "/", "--die-with-parent", ...userNamespace(options), ...proc];
  return [setpriv, ...drop, "--inh-caps=-all", "--no-new-privs", options.bwrap, ...inner];
}

function userNamespace({ canDisableUserns, isNested }: SandboxOptions): string[] {
  if (isNested) return ["--unshare-user", "--uid", "0", "--gid", "0", "--cap-add", "ALL"];
  return ["--unshare-user", ...(canDisableUserns ? ["--disable-userns"] : []), "--uid", "1000", "--gid", "1000"];
}

/**
 * The arguments of `bwrap`; the program to run follows them. Inside: no network, the system and the interpreter read-only and nothing
 * else of the host, bounded memory file systems to write to, an empty environment, namespaces of its own, an ordinary user without
 * any capability; or, where the program is to make namespaces for each sample, one with every capability over nothing but these.
 */
export function bwrapArguments(options: SandboxOptions): string[] {
  const { dropTo, isNested } = options;
  const shown = outermost([...new Set(options.folders)]);
  const bound = shown.flatMap((path) => ["--ro-bind", path, path]);
  const emptied = options.hidden.flatMap((path) => ["--perms", "0755", "--tmpfs", path, "--remount-ro", path]);
  const files = Object.entries(options.files).flatMap(([inside, outside]) => ["--ro-bind", outside, inside]);
  const environment = Object.entries(sampleEnvironment(options.programs)).flatMap(([name, value]) => [
    "--setenv",
    name,
    value,
  ]);
  const kept = dropTo === null ? [] : ["CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP"];
  return [
    ...(dropTo === null ? userNamespace(options) : []),
    ...namespaces,
    ...["--die-with-parent", "--info-fd", "4", "--new-session", "--hostname", "sandbox"],
    ...roomMounts(options),
    ...openParents([...shown, ...Object.keys(options.files), "/etc/alternatives", "/home/sample", "/var/tmp"]),
    ...systemMounts(options),
    ...bound,
    ...emptied,
    ...files,
    ...privateFolders(options),
    ...["--clearenv", ...environment],
    ...(isNested && dropTo === null ? [] : ["--cap-drop", "ALL"]),
    ...kept.flatMap((capability) => ["--cap-add", capability]),
    ...(dropTo === null ? [] : dropPrivileges(dropTo, options)),
  ];
}
