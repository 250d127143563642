// Calls to the HTTP API. A refusal is thrown as an Error whose message is the problem's `detail`.
async function call(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error("The server does not answer. Is tollgraph serve still running?");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.detail || body.title || `The server answered ${response.status}.`);
  return body;
}

export const ask = (question, asOf, signal) =>
  call("/v1/ask", {
    method: "POST",
    signal,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(asOf ? { question, as_of: asOf } : { question }),
  });

export const readDocument = (id) => call(`/v1/documents/${encodeURIComponent(id)}`);
export const neighbourhood = (id) => call(`/v1/graph?entity=${encodeURIComponent(id)}`);
export const readClaim = (id) => call(`/v1/claims/${encodeURIComponent(id)}`);
export const documentLink = (e) => `/document/${encodeURIComponent(e.document)}?start=${e.start}&end=${e.end}#quote`;
export const entityLink = (id) => `/entity/${encodeURIComponent(id)}`;
