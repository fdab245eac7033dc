import { useQuery } from '@tanstack/react-query';
import { colleaguesQuery } from '../../data/case-properties.ts';
import { useSession } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { iconButtonLook } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Picker } from '../../ui/picker.tsx';
import { addMention } from './note-mentions.ts';

interface Props {
  caseId: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** Puts the name where the caret is. */
  onName: (name: string) => void;
}

/** Colleagues to mention in a note. Those who do not see the case are marked: they would not be told. */
export function MentionPicker({ caseId, isOpen, onOpenChange, onName }: Props) {
  const { agent: me } = useSession();
  const colleagues = useQuery({ ...colleaguesQuery(caseId), enabled: isOpen }).data ?? [];
  return (
    <Picker
      isOpen={isOpen} onOpenChange={onOpenChange} label={t('mention.list')} placeholder={t('mention.list')} align="start"
      trigger={<button type="button" aria-label={t('mention.list')} data-tip={t('mention.list')} data-tip-side="top" className={`${iconButtonLook} size-8`}><Icon name="at-sign" /></button>}
      options={colleagues.filter((one) => one.id !== me.id).map((one) => ({ id: one.id, label: one.name, before: <Avatar name={one.name} size={18} />, ...(one.canSee ? {} : { hint: t('mention.cannotSee') }) }))}
      onPick={(id) => {
        const found = colleagues.find((one) => one.id === id);
        if (!found) return;
        addMention(caseId, { id, name: found.name });
        onName(found.name);
      }}
    />
  );
}
