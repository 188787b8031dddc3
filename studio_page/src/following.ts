// Asks again while a job is at work; stops when it has ended or the view is left.
import type { Schemas } from "./api/client";

export const isLive = (job: Schemas["JobView"] | null | undefined): boolean =>
  job?.state === "waiting" || job?.state === "running";

export function follow(look: () => Promise<Schemas["JobView"] | null>): () => void {
  let timer: number | undefined;
  let left = false;
  const again = async (): Promise<void> => {
    const job = await look().catch(() => null);
    if (isLive(job) && !left) timer = window.setTimeout(again, 800);
  };
  void again();
  return () => {
    left = true;
    window.clearTimeout(timer);
  };
}
