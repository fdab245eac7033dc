import { useState } from 'react';
import { t } from '../../i18n/index.ts';
import { Field, inputLook } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';

const units = { seconds: 1, minutes: 60, hours: 3600 } as const;
type Unit = keyof typeof units;
const unitOf = (seconds: number | null): Unit => (seconds === null || seconds === 0 ? 'seconds' : seconds % 3600 === 0 ? 'hours' : seconds % 60 === 0 ? 'minutes' : 'seconds');

/** A span, typed in the unit one thinks in; empty is `null`. `most` is in seconds. */
export function SecondsField({ label, hint, seconds, most, onChange }: { label: string; hint?: string; seconds: number | null; most: number; onChange: (seconds: number | null) => void }) {
  const [unit, setUnit] = useState<Unit>(() => unitOf(seconds));
  // As it is typed: 0 and 0. are on the way to 0.5.
  const [text, setText] = useState(seconds === null ? '' : String(seconds / units[unit]));
  const put = (typed: string, next: Unit) => {
    setText(typed);
    setUnit(next);
    const value = Math.round(Number(typed) * units[next]);
    onChange(typed === '' || !Number.isFinite(value) || value < 0 ? null : Math.min(most, value));
  };
  return (
    <Field label={label} {...(hint ? { hint } : {})}>
      <div className="flex max-w-full flex-wrap gap-2">
        <span className="w-24 max-w-full shrink-0"><input type="number" inputMode="decimal" min={0} step="any" aria-label={label} value={text} placeholder="–" onChange={(event) => put(event.target.value, unit)} className={`${inputLook} h-9 tabular-nums`} /></span>
        <span className="w-32 max-w-full shrink-0"><Select value={unit} ariaLabel={t('queues.unit', { what: label })} options={(Object.keys(units) as Unit[]).map((value) => ({ value, label: t(`queues.unit.${value}`) }))} onChange={(next) => put(text, next)} /></span>
      </div>
    </Field>
  );
}
