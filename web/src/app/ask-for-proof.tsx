import { Suspense, useEffect, useRef, useState } from 'react';
import { lazyPart } from '../data/lazy-part.ts';
import { whenProofIsNeeded } from '../data/proof.ts';
import { withPageWords } from '../i18n/index.ts';

const ProofDialog = lazyPart(async () => (await withPageWords(() => import('../account/proof-dialog.tsx'))).ProofDialog);

/** Opens the dialog when the server asks who somebody is once more; what was asked for goes on by itself afterwards. */
export function AskForProof() {
  const [open, setOpen] = useState<{ needs: string | undefined }>();
  const answer = useRef<(isProved: boolean) => void>(undefined);
  useEffect(() => whenProofIsNeeded((needs) => new Promise((resolve) => {
    answer.current = resolve;
    setOpen({ needs });
  })), []);
  if (!open) return null;
  const done = (isProved: boolean) => {
    setOpen(undefined);
    answer.current?.(isProved);
  };
  return <Suspense fallback={null}><ProofDialog needs={open.needs} onDone={done} /></Suspense>;
}
