/** A face: initials on a colour for people, the card for Cuecard. */
const TONES = 6;

function tone(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 7 + letter.charCodeAt(0)) % 997;
  return sum % TONES;
}

export function Avatar({ name, bot = false, size = "" }: { name: string; bot?: boolean; size?: string }) {
  if (bot && name === "Cuecard") return <img class={`avatar ${size}`} src="/assets/icon.svg" alt="" />;
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0])
    .join("");
  return (
    <span class={`avatar tone-${tone(name)} ${size}`} aria-hidden="true">
      {initials}
    </span>
  );
}
