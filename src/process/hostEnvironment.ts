const forwarded =
  /^(PATH|HOME|USER|LOGNAME|LANG|LC_.*|TZ|TMPDIR|PYENV_.*|PIP_.*|.*_proxy|.*_PROXY|SSL_.*|REQUESTS_CA_BUNDLE|.*_CA_CERTS)$/;

/** The part of this process's environment that trusted tools (pip, Bandit, Jupyter) need; keys and tokens stay behind. */
export function hostEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => forwarded.test(entry[0]) && entry[1] !== undefined,
    ),
  );
}
