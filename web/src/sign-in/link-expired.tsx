import type { ReactNode } from 'react';
import { EntranceHead } from '../ui/entrance.tsx';
import { Icon } from '../ui/icon.tsx';

/** A mailed link that does not open any more, and what to do instead. */
export function LinkExpired({ title, children, action }: { title: string; children: ReactNode; action: ReactNode }) {
  return (
    <>
      <span className="mb-4 grid size-12 place-items-center rounded-full bg-honey-soft text-honey"><Icon name="hourglass" size={22} /></span>
      <EntranceHead title={title}>{children}</EntranceHead>
      {action}
    </>
  );
}
