/** Slack's dates: a moment in the reader's own time zone, in the form that the app asked for. */
const DAY: Record<string, Intl.DateTimeFormatOptions> = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
};
const TIME: Record<string, Intl.DateTimeFormatOptions> = {
  time: { hour: "numeric", minute: "2-digit" },
  time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit" },
};

/** What stands for `!date^<seconds>^<form>`; the `fallback` where it is not of that kind. */
export function date(target: string, fallback: string): string {
  const [, seconds = "", form = ""] = target.split("^");
  const at = new Date(Number(seconds) * 1000);
  if (!/^\d+$/.test(seconds) || !form || Number.isNaN(at.getTime())) return fallback;
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
    if (TIME[name]) return at.toLocaleTimeString([], TIME[name]);
    const day = DAY[name.replace("_pretty", "")];
    if (!day) return whole;
    return (name.endsWith("_pretty") && near(at)) || at.toLocaleDateString([], day);
  });
}

function near(at: Date): string {
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000);
  return { "-1": "tomorrow", 0: "today", 1: "yesterday" }[days] ?? "";
}
