/** Keeps the parts of a snapshot that did not change the same objects, so that only what changed is drawn again. */
export function share<T>(before: unknown, after: T): T {
  if (before === after || typeof before !== "object" || typeof after !== "object" || !before || !after) return after;
  if (Array.isArray(before) !== Array.isArray(after)) return after;
  const old = before as Record<string, unknown>;
  const now = after as Record<string, unknown>;
  const keys = Object.keys(now);
  let same = keys.length === Object.keys(old).length;
  for (const key of keys) {
    now[key] = share(old[key], now[key]);
    if (now[key] !== old[key]) same = false;
  }
  return same ? (before as T) : after;
}
