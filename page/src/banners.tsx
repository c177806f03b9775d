/** What is wrong or under way: a lost connection, playbooks being read, a playbook that is broken. */
import { Icon } from "./icons";
import type { Line } from "./stream";
import type { State } from "./types";

export function Banners({ state, line }: { state: State | null; line: Line }) {
  const problems = state?.problems ?? [];
  return (
    <div class="banners">
      {line === "lost" && (
        <p class="banner lost" role="alert">
          <span class="spinner" aria-hidden="true" />
          <span>
            The playground does not answer. Start it again with <code>make run</code>; this page waits for it.
          </span>
        </p>
      )}
      {line !== "lost" && state?.notice && (
        <p class="banner" role="status">
          {!problems.length && state.ready === false && <span class="spinner" aria-hidden="true" />}
          {state.notice}
        </p>
      )}
      {problems.length > 0 && (
        <div class="banner problems" role="alert">
          <Icon name="warn" />
          <div>
            <strong>
              {problems.length === 1 ? "A playbook needs mending." : `${problems.length} things in the playbooks need mending.`}
            </strong>{" "}
            The last good playbooks keep answering.
            <ul>
              {problems.slice(0, 5).map((problem, number) => (
                <li key={number}>
                  <code>
                    {problem.file}
                    {problem.line ? `:${problem.line}` : ""}
                  </code>{" "}
                  {problem.field && <b>{problem.field}: </b>}
                  {problem.sentence}
                </li>
              ))}
            </ul>
            {problems.length > 5 && <p>… and {problems.length - 5} more.</p>}
          </div>
        </div>
      )}
    </div>
  );
}
