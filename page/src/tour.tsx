/** A newcomer's minute: situations to tap, and what to notice once each was asked. */
import { Icon } from "./icons";
import type { Situation } from "./types";

interface Props {
  tour: Situation[];
  asked: Situation | null;
  ask: (situation: Situation) => void;
  dismiss: () => void;
}

export function Tour({ tour, asked, ask, dismiss }: Props) {
  return (
    <section class="tour" aria-label="Try one">
      <div class="tour-chips">
        <h2>Try one</h2>
        {tour.map((situation) => (
          <button
            key={situation.text}
            type="button"
            class="tour-chip"
            aria-pressed={situation === asked}
            title={situation.text}
            onClick={() => ask(situation)}
          >
            {situation.label}
          </button>
        ))}
        <button type="button" class="quiet" aria-label="Hide the suggestions" onClick={dismiss}>
          <Icon name="close" size={16} />
        </button>
      </div>
      {asked?.notice && (
        <p class="notice" role="status">
          {asked.notice}
        </p>
      )}
    </section>
  );
}
