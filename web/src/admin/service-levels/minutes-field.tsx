import { useState } from 'react';
import { t } from '../../i18n/index.ts';
import { Field, inputLook } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';

const units = { minutes: 1, hours: 60 } as const;
type Unit = keyof typeof units;
const unitOf = (minutes: number | null): Unit => (minutes !== null && minutes % 60 === 0 ? 'hours' : minutes === null ? 'hours' : 'minutes');

/** So many open minutes, typed in the unit one thinks in; empty for none. */
export function MinutesField({ label, hint, minutes, onChange }: { label: string; hint?: string; minutes: number | null; onChange: (minutes: number | null) => void }) {
  const [unit, setUnit] = useState<Unit>(() => unitOf(minutes));
  const shown = minutes === null ? '' : String(minutes / units[unit]);
  const put = (text: string, next: Unit) => {
    const value = Math.round(Number(text) * units[next]);
    onChange(text === '' || !Number.isFinite(value) || value < 1 ? null : value);
  };
  return (
    <Field label={label} {...(hint ? { hint } : {})}>
      <div className="flex gap-2">
        <span className="w-24"><input type="number" inputMode="decimal" min={0} step="any" aria-label={label} value={shown} placeholder="–" onChange={(event) => put(event.target.value, unit)} className={`${inputLook} h-9 tabular-nums`} /></span>
        <Select value={unit} ariaLabel={t('policies.unit', { what: label })} className="max-w-32" options={[{ value: 'minutes', label: t('policies.minutes') }, { value: 'hours', label: t('policies.hours') }]} onChange={(next) => { setUnit(next); put(shown, next); }} />
      </div>
    </Field>
  );
}
