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
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new InputError(
      `"${text.replace(/\/\/.*@/, "//")}" is no address of a server: expected one like http://127.0.0.1:8000/v1, or "embedded"`,
    );
  }
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new InputError(
      `${url.protocol}//${url.host} is no address of a server: it must begin with http:// or https://`,
    );
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
