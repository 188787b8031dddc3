// Where one is, in which language, and who one is. The address holds it all, so that it can be shared.
import type { Schemas, Wording } from "./api/client";
import type { WordKey } from "./words";

export type Language = "en" | "zh";
export const VIEWS = ["overview", "map", "network", "stages", "clusters", "partners", "changes", "report"] as const;
export type View = (typeof VIEWS)[number] | "records" | "desk" | "compare" | "jobs" | "audit";

export interface Place {
  view: View;
  record: string | null;
}

function placeOf(path: string): Place {
  const [first, id, view] = path.split("/").filter(Boolean);
  if (first === "r" && id)
    return { view: VIEWS.find((known) => known === view) ?? "overview", record: id };
  if (first === "desk" || first === "compare" || first === "jobs" || first === "audit")
    return { view: first, record: null };
  return { view: "records", record: null };
}

function preferred(): Language {
  const asked = new URLSearchParams(window.location.search).get("lang");
  if (asked === "en" || asked === "zh") return asked;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

class State {
  language = $state<Language>(preferred());
  place = $state<Place>(placeOf(window.location.pathname));
  query = $state<Record<string, string>>(
    Object.fromEntries(new URLSearchParams(window.location.search)),
  );
  texts = $state.raw<Record<string, Wording>>({});
  session = $state.raw<Schemas["Session"] | null>(null);
  said = $state("");

  /** The wording of a text in the language of the reader. */
  say = (text: Wording | null | undefined): string => (text ? text[this.language] : "");

  /** A text of the page, with values put into its fields. */
  t = (key: WordKey, fields: Record<string, string | number> = {}): string => {
    const wording = this.texts[key];
    if (!wording) return key;
    return wording[this.language].replace(/\{(\w+)\}/g, (_, name: string) => String(fields[name]));
  };

  get mayEdit(): boolean {
    return this.session?.role === "edit";
  }

  get kiosk(): boolean {
    return this.query["kiosk"] === "1";
  }

  /** Goes to another view, and keeps language and kiosk. */
  go = (path: string, query: Record<string, string> = {}): void => {
    const kept = { lang: this.language, ...(this.kiosk ? { kiosk: "1" } : {}), ...query };
    window.history.pushState(null, "", `${path}?${new URLSearchParams(kept)}`);
    this.read();
    document.getElementById("content")?.focus();
  };

  /** Notes a choice of the present view in its address. */
  note = (choices: Record<string, string | undefined>): void => {
    const query: Record<string, string> = { ...this.query };
    for (const [key, value] of Object.entries(choices)) {
      if (value === undefined) delete query[key];
      else query[key] = value;
    }
    this.query = query;
    const text = new URLSearchParams(query).toString();
    window.history.replaceState(null, "", `${window.location.pathname}${text ? `?${text}` : ""}`);
  };

  read = (): void => {
    this.place = placeOf(window.location.pathname);
    this.query = Object.fromEntries(new URLSearchParams(window.location.search));
  };

  speak = (language: Language): void => {
    this.language = language;
    document.documentElement.lang = language;
    this.note({ lang: language });
  };
}

export const state = new State();
window.addEventListener("popstate", state.read);

/** A number as people read it: four digits that matter. */
export function number(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e9)) return value.toExponential(2);
  return value.toLocaleString(state.language === "zh" ? "zh-CN" : "en-GB", {
    maximumSignificantDigits: magnitude >= 1000 ? undefined : 3,
    maximumFractionDigits: magnitude >= 1000 ? 0 : undefined,
  });
}

export function percent(share: number): string {
  if (share > 0 && share < 0.01) return "<1%";
  if (share < 1 && share > 0.99) return ">99%";
  return `${(100 * share).toFixed(0)}%`;
}

/** A p-value: whoever reads one asks whether it is small, not how small. */
export function chance(p: number | null): string {
  return p === null ? "–" : p < 0.001 ? "<0.001" : number(Math.round(p * 1000) / 1000);
}

export function dayOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

export function dayFrom(text: string): number {
  return Math.floor(Date.parse(`${text}T00:00:00Z`) / 86_400_000);
}
