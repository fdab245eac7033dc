import { t } from '../../i18n/index.ts';
import type { AfterSend } from '../../data/preferences.ts';
import { buttonLook } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu } from '../../ui/menu.tsx';
import { statusLook, statusWord } from '../words.ts';

const choices: readonly AfterSend[] = ['pending', 'open', 'on_hold', 'resolved'];

/** What becomes of the case when the reply is sent; the choice stays for the next one. */
export function SendMenu({ value, onChange }: { value: AfterSend; onChange: (value: AfterSend) => void }) {
  return (
    <Menu
      side="top"
      trigger={
        <button type="button" aria-label={t('composer.after', { status: statusWord(value) })} title={t('composer.after', { status: statusWord(value) })} className={buttonLook('quiet', 'md', 'min-w-0 !px-2 !text-sm !font-normal')}>
          <Icon name="arrow-right" size={12} className="text-ink-3" />
          <span className="truncate">{statusWord(value)}</span>
          <Icon name="chevron-down" size={12} className="text-ink-3" />
        </button>
      }
      header={<p className="px-2 py-1.5 text-sm text-ink-3">{t('composer.afterTitle')}</p>}
      groups={[choices.map((status) => ({ id: status, label: statusWord(status), icon: status === value ? 'check' as const : statusLook(status).icon, run: () => onChange(status) }))]}
    />
  );
}
