/** Cuecard's own tab: what it shows to this person. */
import { useEffect } from "preact/hooks";
import { Blocks } from "./blocks/block";
import { SurfaceProvider, useForm } from "./blocks/surface";
import { server } from "./server";
import type { View } from "./types";

const NONE: never[] = [];

export function Home({ view, user }: { view: View | null; user: string }) {
  const blocks = view?.blocks ?? NONE;
  const { surface } = useForm(user, { type: "view", id: view?.id ?? "" }, blocks, view?.state?.values);
  useEffect(() => void server.home(user), [user]);
  return (
    <div class="messages" role="tabpanel" id="home-panel" aria-labelledby="home-tab" tabIndex={0}>
      <div class="home">
        <SurfaceProvider value={surface}>
          {view ? <Blocks blocks={blocks} /> : <p class="muted">Cuecard has drawn nothing here yet.</p>}
        </SurfaceProvider>
      </div>
    </div>
  );
}
