import type { CaseFilter } from '@rapport/contract';
import { useEffect, useState, type ReactNode } from 'react';
import { useCommand } from '../commands/registry.ts';
import { takeWish } from './begin-filter.ts';
import { FilterChips } from './filter-chips.tsx';
import { partsOf } from './filter-parts.ts';
import { useKnown } from './use-known.ts';

/** What a list of cases is filtered by. */
export function FilterBar({ filter, onChange, children }: { filter: CaseFilter; onChange: (filter: CaseFilter) => void; children?: ReactNode }) {
  const [open, setOpen] = useState<string>();
  useEffect(() => {
    if (takeWish()) setOpen('add');
  }, []);
  useCommand('list.filter', () => setOpen('add'));
  return <FilterChips parts={partsOf(filter, useKnown(filter))} open={open} onOpen={setOpen} onChange={onChange} className="shrink-0 border-b border-line px-3 py-2">{children}</FilterChips>;
}
