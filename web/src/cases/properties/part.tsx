import type { ReactNode } from 'react';

/** A titled section beside the case. */
export function Part({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <section className="border-t border-line px-4 py-3.5">
      <header className="mb-1.5 flex min-h-6 items-center justify-between"><h3 className="text-sm font-semibold">{title}</h3>{action}</header>
      {children}
    </section>
  );
}
