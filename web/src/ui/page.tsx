import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { useTitle } from './use-title.ts';

interface PageProps {
  title: string;
  /** One or two sentences: what this is for. */
  description?: ReactNode;
  actions?: ReactNode;
  /** Before the title, such as a way back. */
  before?: ReactNode;
  width?: 'md' | 'xl';
  children: ReactNode;
}

const widths = { md: 'max-w-[54rem]', xl: 'max-w-[80rem]' };

/** A page that is read from top to bottom: head, then cards or a table. It scrolls by itself. */
export function Page({ title, description, actions, before, width = 'md', children }: PageProps) {
  useTitle(title);
  return (
    <div className="min-w-0 grow overflow-y-auto">
      <div className={classes('mx-auto flex w-full flex-col gap-5 px-4 pt-5 pb-16 md:px-8 md:pt-8', widths[width])}>
        <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div className="min-w-0 max-w-[38rem]">
            {before}
            <h1 className="text-lg font-semibold text-balance md:text-xl">{title}</h1>
            {description && <p className="mt-1 text-base text-pretty text-ink-2">{description}</p>}
          </div>
          {actions && <div className="flex flex-wrap gap-2 md:pt-0.5">{actions}</div>}
        </header>
        {children}
      </div>
    </div>
  );
}

interface CardProps {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** A line of buttons at the foot. */
  footer?: ReactNode;
  className?: string;
  children?: ReactNode;
}

/** One matter on a page. */
export function Card({ title, description, actions, footer, className = '', children }: CardProps) {
  return (
    <section className={classes('rounded-lg border border-line bg-surface', className)}>
      {(title || actions) && (
        <header className={classes('flex flex-wrap items-start justify-between gap-x-6 gap-y-2 px-4 pt-4 md:flex-nowrap md:px-5', !children && 'pb-4')}>
          <div className="min-w-0 max-w-[36rem]">
            {title && <h2 className="text-md font-semibold">{title}</h2>}
            {description && <p className="mt-0.5 text-base text-pretty text-ink-2">{description}</p>}
          </div>
          {actions && <div className="flex max-w-full shrink-0 flex-wrap gap-2">{actions}</div>}
        </header>
      )}
      {children && <div className="px-4 py-4 md:px-5">{children}</div>}
      {footer && <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-3 md:px-5">{footer}</footer>}
    </section>
  );
}

/** Lines of people, inboxes or keys on a common ground. */
export function CardList({ label, children }: { label: string; children: ReactNode }) {
  return <ul aria-label={label} className="divide-y divide-line rounded-lg border border-line bg-surface">{children}</ul>;
}
