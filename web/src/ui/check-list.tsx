import { useState, type ReactNode } from 'react';
import { t } from '../i18n/index.ts';
import { Checkbox } from './checkbox.tsx';
import { inputLook } from './field.tsx';

export interface CheckOption {
  id: string;
  label: string;
  hint?: string;
  before?: ReactNode;
  isDisabled?: boolean;
}

interface Props {
  label: string;
  options: readonly CheckOption[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  /** Said when there is nothing to choose from. */
  empty?: ReactNode;
}

/** Any number out of a list; a long one gets a field to find names in. */
export function CheckList({ label, options, chosen, onChange, empty }: Props) {
  const [words, setWords] = useState('');
  const shown = options.filter((option) => `${option.label} ${option.hint ?? ''}`.toLocaleLowerCase().includes(words.trim().toLocaleLowerCase()));
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 flex w-full justify-between text-sm font-medium">{label}{chosen.length > 0 && <span className="font-normal text-ink-3">{t('ui.chosen', { count: chosen.length })}</span>}</legend>
      {options.length > 8 && <input value={words} onChange={(event) => setWords(event.target.value)} placeholder={t('ui.find')} aria-label={t('ui.findIn', { list: label })} autoComplete="off" className={`${inputLook} mb-1 h-8`} />}
      {options.length === 0 ? (
        <p className="text-sm text-ink-3">{empty}</p>
      ) : (
        <div className="flex max-h-60 flex-col gap-0.5 overflow-y-auto rounded-md border border-line p-1">
          {shown.map((option) => (
            <div key={option.id} className="rounded-sm px-2 py-1.5 hover:bg-hover">
              <Checkbox
                isChecked={chosen.includes(option.id)} isDisabled={option.isDisabled ?? false}
                onChange={(isChecked) => onChange(isChecked ? [...chosen, option.id] : chosen.filter((id) => id !== option.id))}
                label={<span className="inline-flex min-w-0 items-center gap-2">{option.before}<span className="min-w-0 break-words">{option.label}</span></span>} {...(option.hint ? { hint: option.hint } : {})}
              />
            </div>
          ))}
          {shown.length === 0 && <p className="px-2 py-2 text-center text-sm text-ink-3">{t('ui.nothingFound')}</p>}
        </div>
      )}
    </fieldset>
  );
}
