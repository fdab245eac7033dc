import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import type { IconName } from './icon-names.ts';
import { Icon } from './icon.tsx';

interface Props<T extends string> {
  value: T;
  onChange: (value: T) => void;
  label: string;
  tabs: readonly { value: T; label: string; icon?: IconName; panel: ReactNode }[];
}

export function Tabs<T extends string>({ value, onChange, label, tabs }: Props<T>) {
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(next as T)} className="flex min-h-0 flex-col">
      <Base.List aria-label={label} className="relative flex gap-1 overflow-x-auto overflow-y-hidden border-b border-line [scrollbar-width:none]">
        {tabs.map((tab) => (
          <Base.Tab key={tab.value} value={tab.value} className="flex h-9 shrink-0 items-center gap-1.5 rounded-t-md px-3 text-base whitespace-nowrap max-md:px-2 font-medium text-ink-2 hover:text-ink data-active:text-accent">
            {tab.icon && <Icon name={tab.icon} className="max-md:hidden" />}
            {tab.label}
          </Base.Tab>
        ))}
        <Base.Indicator className="absolute bottom-0 left-0 h-0.5 w-(--active-tab-width) translate-x-(--active-tab-left) bg-accent transition-[translate,width] duration-140" />
      </Base.List>
      {tabs.map((tab) => <Base.Panel key={tab.value} value={tab.value} className="min-h-0 pt-4 outline-none">{tab.panel}</Base.Panel>)}
    </Base.Root>
  );
}
