// Asks the studio; the types are those of its OpenAPI description.
import type { components } from "./schema";

export type Schemas = components["schemas"];
export type Wording = Schemas["Wording"];
export type Problem = Schemas["ProblemView"];

/** What the studio refused, with a remedy for each problem. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly problems: Problem[],
  ) {
    super(problems.map((problem) => problem.message.en).join(" "));
  }
}

export interface Question {
  method?: "GET" | "POST" | "DELETE";
  query?: Record<string, string | number | string[] | undefined>;
  json?: unknown;
  body?: Blob;
  signal?: AbortSignal;
}

/** Sends a question and returns the answer, or throws what was refused. */
export async function send(path: string, question: Question = {}): Promise<Response> {
  const address = new URL(path, window.location.origin);
  for (const [key, value] of Object.entries(question.query ?? {})) {
    if (Array.isArray(value)) value.forEach((each) => address.searchParams.append(key, each));
    else if (value !== undefined) address.searchParams.set(key, String(value));
  }
  const headers: Record<string, string> = { "X-Jiqun": "1" };
  if (question.json !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(address, {
    method: question.method ?? "GET",
    headers,
    body: question.json === undefined ? question.body : JSON.stringify(question.json),
    signal: question.signal,
    credentials: "same-origin",
  });
  if (!answer.ok) throw new Refused(answer.status, await problemsOf(answer));
  return answer;
}

async function problemsOf(answer: Response): Promise<Problem[]> {
  try {
    return ((await answer.json()) as Schemas["Refusal"]).problems;
  } catch {
    return [];
  }
}

async function json<T>(path: string, question?: Question): Promise<T> {
  return (await (await send(path, question)).json()) as T;
}

async function bytes(path: string, question?: Question): Promise<ArrayBuffer> {
  return (await send(path, question)).arrayBuffer();
}

export const ask = {
  texts: () => json<Record<string, Wording>>("/api/texts"),
  session: () => json<Schemas["Session"]>("/api/session"),
  signIn: (name: string, password: string) =>
    json<Schemas["Session"]>("/api/session", { method: "POST", json: { name, password } }),
  signOut: () => send("/api/session", { method: "DELETE" }),
  audit: () => json<Schemas["AuditLine"][]>("/api/audit"),
  records: () => json<Schemas["RecordLine"][]>("/api/records"),
  record: (id: string) => json<Schemas["RecordView"]>(`/api/records/${id}`),
  forget: (id: string) => send(`/api/records/${id}`, { method: "DELETE" }),
  upload: (file: File) =>
    json<Schemas["UploadAnswer"]>("/api/records", {
      method: "POST",
      query: { name: file.name },
      body: file,
    }),
  marked: async (file: File, lang: string) =>
    (
      await send("/api/marked", { method: "POST", query: { name: file.name, lang }, body: file })
    ).blob(),
  samples: () => json<Schemas["SampleLine"][]>("/api/samples"),
  openSample: (name: string) =>
    json<Schemas["RecordLine"]>(`/api/samples/${encodeURIComponent(name)}`, { method: "POST" }),
  rows: (id: string, table: string, of: string[], offset: number, count: number) =>
    json<Schemas["RowsPage"]>(`/api/records/${id}/rows/${table}`, {
      query: { of, offset, count },
    }),
  findings: (id: string) => json<Schemas["Findings"]>(`/api/records/${id}/findings`),
  land: () => bytes("/api/land"),
  map: (id: string) => json<Schemas["MapView"]>(`/api/records/${id}/map`),
  sites: (id: string) => bytes(`/api/records/${id}/map/sites`),
  cells: (id: string, query: Record<string, number>, signal: AbortSignal) =>
    bytes(`/api/records/${id}/map/cells`, { query, signal }),
  near: (id: string, query: Record<string, number>) =>
    json<Schemas["SiteLine"][]>(`/api/records/${id}/map/near`, { query }),
  network: (id: string, at: string | undefined, most: number) =>
    json<Schemas["NetworkView"]>(`/api/records/${id}/network`, { query: { at, most } }),
  order: (id: string, order: Schemas["Order"]) =>
    json<Schemas["JobView"]>(`/api/records/${id}/jobs`, { method: "POST", json: order }),
  groups: (id: string, like: string) =>
    json<Schemas["GroupsView"]>(`/api/records/${id}/groups`, { query: { like } }),
  partners: (id: string, group: { alliance?: string; cluster?: string }) =>
    json<Schemas["PartnersAnswer"]>(`/api/records/${id}/partners`, { query: group }),
  changes: (id: string, earlier: string) =>
    json<Schemas["ChangesAnswer"]>(`/api/records/${id}/changes`, { query: { earlier } }),
  comparisons: () => json<Schemas["ComparisonLine"][]>("/api/comparisons"),
  comparison: (job: string) => json<Schemas["ComparisonAnswer"]>(`/api/comparisons/${job}`),
  compare: (order: Schemas["ComparisonOrder"]) =>
    json<Schemas["ComparisonLine"]>("/api/comparisons", { method: "POST", json: order }),
  jobs: () => json<Schemas["JobView"][]>("/api/jobs"),
  cancel: (id: string) => json<Schemas["JobView"]>(`/api/jobs/${id}/cancel`, { method: "POST" }),
  desk: () => json<Schemas["DeskView"]>("/api/desk"),
  python: (order: Schemas["DeskOrder"]) =>
    json<Schemas["Snippet"]>("/api/desk/python", { method: "POST", json: order }),
};

/** Yields what a stream of events brings, one document after another. */
export async function* events<T>(path: string, question: Question): AsyncGenerator<T> {
  const answer = await send(path, question);
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let left = "";
  while (reader) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (left + value).split("\n\n");
    left = parts.pop() ?? "";
    for (const part of parts)
      if (part.startsWith("data: ")) yield JSON.parse(part.slice(6)) as T;
  }
}
