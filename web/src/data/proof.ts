/** Asks the person who they are once more; answers whether they proved it. Put here by the dialog that can ask. */
type Ask = (needs: string | undefined) => Promise<boolean>;
let ask: Ask | undefined;
let asking: Promise<boolean> | undefined;

export function whenProofIsNeeded(next: Ask): () => void {
  ask = next;
  return () => {
    if (ask === next) ask = undefined;
  };
}

/** What several calls need at once is asked for once. */
function askOnce(needs: string | undefined): Promise<boolean> {
  asking ??= (ask?.(needs) ?? Promise.resolve(false)).finally(() => (asking = undefined));
  return asking;
}

/** A `fetch` that asks for a proof where the server wants one, and then sends the request again; when none is given the refusal stands. */
export const fetchWithProof: typeof fetch = async (input, init) => {
  const answer = await fetch(input, init);
  if (answer.status !== 403 || ask === undefined) return answer;
  const problem = (await answer.clone().json().catch(() => undefined)) as { code?: string; extra?: { needs?: string } } | undefined;
  if (problem?.code !== 'proof_needed') return answer;
  return (await askOnce(problem.extra?.needs)) ? fetch(input, init) : answer;
};
