import { InputError } from "../error.js";

/** An address taken apart: what is called, what may be written down, what must never be. */
export interface EndpointAddress {
  /** Without user, password and query. Stands in records and messages. */
  readonly shown: string;
  readonly query: Readonly<Record<string, string>>;
  /** User and password for the Authorization header, `undefined` where the address has none. */
  readonly basic: string | undefined;
  readonly secrets: readonly string[];
}

/** @throws InputError for what is no http or https address. The message does not repeat credentials. */
export function endpointAddress(text: string): EndpointAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const asked = text.replace(/\/\/.*@/, "//").replace(/[?#].*/, "");
  if (url === undefined)
    throw new InputError(
      `"${asked}" is no address of a server: expected one like http://127.0.0.1:8000/v1, or "embedded"`,
    );
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new InputError(`"${asked}" is no address of a server: it must begin with http:// or https://`);
  const user = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  const query = Object.fromEntries(url.searchParams);
  const basic = user === "" && password === "" ? undefined : Buffer.from(`${user}:${password}`).toString("base64");
  return {
    shown: `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, "")}`,
    query,
    basic,
    secrets: [password, basic ?? "", ...Object.values(query)].filter((secret) => secret.length > 3),
  };
}

/** What is likely wrong with an address that has no path; `undefined` where it has one. */
export function pathAdvice(text: string): string | undefined {
  const { shown } = endpointAddress(text);
  return new URL(shown).pathname === "/"
    ? `${shown} has no path: most servers answer below /v1, so that the address in run.json should be ${shown}/v1`
    : undefined;
}

/** The host of an address; `undefined` for `embedded` and for what is no address. */
export function endpointHost(text: string): string | undefined {
  return URL.canParse(text) ? new URL(text).hostname : undefined;
}
