import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-names.ts';

interface Props {
  icon: IconName;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  tone?: 'neutral' | 'moss' | 'clay';
  /** When it is all there is on a page, its title is the page's heading. */
  isPage?: boolean;
}

/** Says why nothing is here and what to do next. */
export function EmptyState({ icon, title, children, action, tone = 'neutral', isPage = false }: Props) {
  const Title = isPage ? 'h1' : 'p';
  const look = tone === 'moss' ? 'bg-moss-soft text-moss' : tone === 'clay' ? 'bg-clay-soft text-clay' : 'bg-hover text-ink-3';
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center gap-2 px-6 py-10 text-center">
      <span className={`mb-1 grid size-12 place-items-center rounded-full ${look}`}><Icon name={icon} size={22} /></span>
      <Title className="text-md font-semibold text-balance">{title}</Title>
      {children && <div className="text-base text-balance text-ink-2">{children}</div>}
      {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
