import { expect, test } from "vitest";
import { keyAdvice } from "../../src/generate/keyAdvice.js";

const endpoint = "http://127.0.0.1:9/v1";
const keys = (variable: string) => (variable === "SET" ? "sk-1" : undefined);

test("only what is to be asked with a key that is not there is told, each once", () => {
  const missing = { name: "m", endpoint, keyVariable: "MINE" };
  const asked = [missing, missing, { name: "set", endpoint, keyVariable: "SET" }, { name: "open", endpoint }];
  const imported = { name: "imported", keyVariable: "MINE" };
  const embedded = { name: "here", endpoint: "embedded", keyVariable: "MINE" };
  expect(keyAdvice([...asked, imported, embedded], keys)).toEqual([
    'the environment variable MINE is not set here, and "m" is asked with the key in it: set it before you generate',
  ]);
});

test("OpenAI's own server is known to want a key", () => {
  expect(keyAdvice([{ name: "m", endpoint: "https://api.openai.com/v1" }], keys)).toMatchObject([
    expect.stringContaining('give "m" in run.json a "keyVariable"') as string,
  ]);
});
