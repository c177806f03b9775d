/** Why a situation got its answer: what was read, what it came near to, which words carried it. */
import type { Explanation } from "./types";

export function Why({ explanation }: { explanation: Explanation }) {
  const { read, mended, candidates, words, why, danger } = explanation;
  const heaviest = Math.max(...words.map(([, weight]) => Math.abs(weight)), 0.01);
  return (
    <section class="why">
      <h3>Why this answer</h3>
      <p class="verdict">{why}</p>
      <p class={danger.startsWith("No danger") ? "muted" : "danger-line"}>{danger}</p>
      <h4>Read as</h4>
      <p class="read">{read || "nothing"}</p>
      {mended.length > 0 && (
        <p class="mended">
          Mended:{" "}
          {mended.map(([typed, meant]) => (
            <span key={typed}>
              <s>{typed}</s> → <ins>{meant}</ins>{" "}
            </span>
          ))}
        </p>
      )}
      {candidates.length > 0 && <h4>Came near to</h4>}
      <ol class="candidates">
        {candidates.map((candidate, number) => (
          <li key={candidate.playbook}>
            <div class="candidate-line">
              <strong>{candidate.title ?? candidate.playbook}</strong>
              <span class="chance">{Math.round(candidate.probability * 100)} %</span>
            </div>
            <meter min={0} max={1} value={candidate.probability} aria-label={`Probability of ${candidate.playbook}`} />
            {candidate.phrase && (
              <p class="muted">
                {number === 0 ? "Nearest phrase" : number === 1 ? "Runner-up’s phrase" : "Its phrase"}: “{candidate.phrase}” (
                {candidate.cosine.toFixed(2)})
              </p>
            )}
          </li>
        ))}
      </ol>
      {words.length > 0 && (
        <>
          <h4>Words that carried it</h4>
          <ul class="carried">
            {words.map(([word, weight]) => (
              <li key={word} data-weight={Math.ceil((Math.abs(weight) / heaviest) * 3)} class={weight < 0 ? "against" : ""}>
                {word} <span>{weight > 0 ? "+" : "−"}{Math.abs(weight).toFixed(2)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
