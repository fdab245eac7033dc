import { useState } from 'react';
import { t } from '../../i18n/index.ts';
import type { AfterSend } from '../../data/preferences.ts';
import { buttonLook } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Picker } from '../../ui/picker.tsx';
import { toneInk } from '../tone-ink.ts';
import { statusLook, statusWord } from '../words.ts';

const choices: readonly AfterSend[] = ['pending', 'open', 'on_hold', 'resolved'];

/** What becomes of the case when the reply is sent; the choice stays for the next one. */
export function SendMenu({ value, onChange }: { value: AfterSend; onChange: (value: AfterSend) => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Picker
      isOpen={isOpen} onOpenChange={setOpen} label={t('composer.afterTitle')} placeholder={t('composer.afterTitle')} onPick={(status) => onChange(status as AfterSend)}
      options={choices.map((status) => ({ id: status, label: statusWord(status), hint: t(`status.hint.${status}`), isChosen: status === value, before: <Icon name={statusLook(status).icon} className={toneInk(statusLook(status).tone)} /> }))}
      trigger={
        <button type="button" aria-label={t('composer.after', { status: statusWord(value) })} data-tip={t('composer.after', { status: statusWord(value) })} data-tip-side="top" className={buttonLook('quiet', 'md', 'min-w-0 !px-2 !text-sm !font-normal')}>
          <Icon name="arrow-right" size={12} className="text-ink-3" />
          <span className="truncate">{statusWord(value)}</span>
          <Icon name="chevron-down" size={12} className="text-ink-3" />
        </button>
      }
    />
  );
}
