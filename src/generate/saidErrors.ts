/**
 * `fetch`, with the words of every error where the package for OpenAI's API looks for them. It reads `{ "error": … }` alone, and drops what
 * others say: `{ "detail": … }` of servers made with FastAPI (Mistral's), `{ "message": … }` of older vLLM.
 */
export const saidErrors: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (response.ok) return response;
  const { status, headers } = response;
  const said: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  if (typeof said !== "object" || said === null || "error" in said) return response;
  const { message, detail } = said as { readonly message?: unknown; readonly detail?: unknown };
  return new Response(JSON.stringify({ error: { message: message ?? detail ?? said } }), { status, headers });
};
