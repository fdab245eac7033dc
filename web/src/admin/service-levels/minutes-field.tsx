import { useState } from 'react';
import { t } from '../../i18n/index.ts';
import { Field, inputLook } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';

const units = { minutes: 1, hours: 60 } as const;
type Unit = keyof typeof units;
const unitOf = (minutes: number | null): Unit => (minutes === null || minutes % 60 === 0 ? 'hours' : 'minutes');

/** So many open minutes, typed in the unit one thinks in; empty for none. */
export function MinutesField({ label, hint, minutes, onChange }: { label: string; hint?: string; minutes: number | null; onChange: (minutes: number | null) => void }) {
  const [unit, setUnit] = useState<Unit>(() => unitOf(minutes));
  // As it is typed: 0 and 0. are on the way to 0.5.
  const [text, setText] = useState(minutes === null ? '' : String(minutes / units[unit]));
  const put = (typed: string, next: Unit) => {
    setText(typed);
    setUnit(next);
    const value = Math.round(Number(typed) * units[next]);
    onChange(typed === '' || !Number.isFinite(value) || value < 1 ? null : value);
  };
  return (
    <Field label={label} {...(hint ? { hint } : {})}>
      <div className="flex max-w-full flex-wrap gap-2">
        <span className="w-24 max-w-full shrink-0"><input type="number" inputMode="decimal" min={0} step="any" aria-label={label} value={text} placeholder="–" onChange={(event) => put(event.target.value, unit)} className={`${inputLook} h-9 tabular-nums`} /></span>
        <span className="w-32 max-w-full shrink-0"><Select value={unit} ariaLabel={t('policies.unit', { what: label })} options={[{ value: 'minutes', label: t('policies.minutes') }, { value: 'hours', label: t('policies.hours') }]} onChange={(next) => put(text, next)} /></span>
      </div>
    </Field>
  );
}
