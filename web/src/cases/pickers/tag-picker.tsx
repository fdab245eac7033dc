import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { tagsQuery } from '../../data/people.ts';
import { t } from '../../i18n/index.ts';
import { Icon } from '../../ui/icon.tsx';
import { Picker } from '../../ui/picker.tsx';

interface Props {
  trigger: ReactElement<Record<string, unknown>>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  tags: readonly string[];
  onChange: (change: { addTags?: string[]; removeTags?: string[] }) => void;
}

/** A tag is one word of at most 40 signs, in small letters. */
export const toTag = (text: string) => text.trim().toLowerCase().replace(/[\s,]+/g, '-').slice(0, 40);

/** Puts tags on a case and takes them off; the chosen ones come first. */
export function TagPicker({ tags, onChange, ...rest }: Props) {
  const known = useQuery(tagsQuery).data ?? [];
  const all = [...new Set([...tags, ...known])];
  return (
    <Picker
      {...rest} isMany label={t('tags.title')} placeholder={t('tags.placeholder')}
      options={all.map((tag) => ({ id: tag, label: tag, isChosen: tags.includes(tag), before: <Icon name="tag" className="text-ink-3" size={14} /> }))}
      onPick={(tag) => onChange(tags.includes(tag) ? { removeTags: [tag] } : { addTags: [tag] })}
      onCreate={(text) => { const tag = toTag(text); if (tag && !tags.includes(tag)) onChange({ addTags: [tag] }); }} createLabel={(text) => t('tags.create', { tag: toTag(text) })}
    />
  );
}
