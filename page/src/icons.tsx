/** The page's few signs, drawn as strokes. */
const SIGNS = {
  hash: "M9 4 7 20M17 4l-2 16M4 9h17M3 15h17",
  lock: "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
  eye: "M2 12s4-6.500 10-6.500S22 12 22 12s-4 6.500-10 6.500S2 12 2 12zM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5",
  send: "M4 12 3 4l18 8-18 8z M4 12h8",
  phone: "M8 3h8a1.500 1.500 0 0 1 1.500 1.500v15A1.500 1.500 0 0 1 16 21H8a1.500 1.500 0 0 1-1.500-1.500v-15A1.500 1.500 0 0 1 8 3zM11 18h2",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.500 1.500M17.500 17.500 19 19M5 19l1.500-1.500M17.500 6.500 19 5",
  moon: "M20 14.500A8.500 8.500 0 0 1 9.500 4 8.500 8.500 0 1 0 20 14.500z",
  inspect: "M3 5h18M3 12h10M3 19h7M17.500 13a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7M20 19l2 2",
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6 6 18",
  warn: "M12 4 2.500 20h19zM12 10v5M12 17.500v.5",
  in: "M4 12h14M12 6l6 6-6 6",
  out: "M20 12H6M12 6l-6 6 6 6",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
} as const;

export type Sign = keyof typeof SIGNS;

export function Icon({ name, size = 18 }: { name: Sign; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={SIGNS[name]} />
    </svg>
  );
}
