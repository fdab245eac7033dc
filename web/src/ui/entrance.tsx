import type { ReactNode } from 'react';
import { HarbourScene } from './harbour-scene.tsx';
import { useIsPhone } from './use-media.ts';
import { useTitle } from './use-title.ts';

export function Brand() {
  return (
    <span className="flex items-center gap-2.5">
      <span aria-hidden="true" className="grid size-8 place-items-center rounded-md bg-accent text-md font-bold text-on-accent">R</span>
      <span className="text-md font-semibold">Rapport</span>
    </span>
  );
}

interface Props {
  /** The name of the page, for the browser's tab. */
  title: string;
  /** A sentence over the picture. */
  motto: string;
  /** At the upper edge, such as the choice of language. */
  corner?: ReactNode;
  width?: 'sm' | 'md';
  children: ReactNode;
}

/** The frame of all pages before the workspace: one thing to do, beside the harbour. */
export function Entrance({ title, motto, corner, width = 'sm', children }: Props) {
  useTitle(title);
  const isPhone = useIsPhone();
  return (
    <div className="flex h-full flex-col overflow-y-auto bg-surface md:grid md:grid-cols-[minmax(26rem,1fr)_minmax(0,1fr)] md:overflow-hidden xl:grid-cols-[minmax(34rem,5fr)_7fr]">
      <aside aria-label="Rapport" className="relative h-36 shrink-0 overflow-hidden md:order-2 md:h-full">
        <HarbourScene isStrip={isPhone} className="absolute inset-0 size-full" />
        {!isPhone && <p className="absolute start-10 top-10 text-lg font-semibold whitespace-pre-line">{motto}</p>}
      </aside>
      <div className="flex grow flex-col px-6 pt-6 pb-10 md:overflow-y-auto md:px-14 md:py-8">
        <header className="flex items-center justify-between">
          <Brand />
          {corner}
        </header>
        <main className={`w-full py-8 md:mx-auto md:my-auto md:py-10 ${width === 'sm' ? 'max-w-[23rem]' : 'max-w-[28rem]'}`}>{children}</main>
      </div>
    </div>
  );
}

/** The heading inside the entrance. */
export function EntranceHead({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className="mb-6">
      <h1 className="text-xl font-semibold text-balance">{title}</h1>
      {children && <p className="mt-1.5 text-base text-pretty text-ink-2">{children}</p>}
    </div>
  );
}
