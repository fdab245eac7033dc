import type { NeededSkill, Skill } from '@rapport/contract';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/select.tsx';
import { SecondsField } from './seconds-field.tsx';

const levels = (from: number) => Array.from({ length: 6 - from }, (_, at) => ({ value: String(at + from), label: at + from === 0 ? t('queues.level.none') : t('queues.level', { level: at + from }) }));
const DAY = 86_400;

function Need({ need, name, onChange, onRemove }: { need: NeededSkill; name: string; onChange: (need: NeededSkill) => void; onRemove: () => void }) {
  const putStep = (at: number, part: Partial<NeededSkill['steps'][number]>) => onChange({ ...need, steps: need.steps.map((step, index) => (index === at ? { ...step, ...part } : step)) });
  return (
    <li className="flex flex-col gap-3 py-4">
      <div className="flex items-center gap-3">
        <span className="min-w-0 grow font-medium break-words" dir="auto">{name}</span>
        <span className="w-36 max-w-full shrink-0"><Select ariaLabel={t('queues.levelOf', { skill: name })} value={String(need.level)} options={levels(1)} onChange={(level) => onChange({ ...need, level: Number(level) })} /></span>
        <IconButton icon="trash-2" label={t('queues.removeNeed', { skill: name })} onClick={onRemove} />
      </div>
      {need.steps.map((step, at) => (
        <div key={at} className="flex flex-wrap items-end gap-3 ps-4">
          <SecondsField label={t('queues.stepAfter')} seconds={step.afterSeconds} most={DAY} onChange={(afterSeconds) => putStep(at, { afterSeconds: afterSeconds ?? 0 })} />
          <span className="w-44 max-w-full shrink-0"><Select ariaLabel={t('queues.stepLevel', { skill: name })} value={String(step.level)} options={levels(0)} onChange={(level) => putStep(at, { level: Number(level) })} /></span>
          <IconButton icon="x" label={t('queues.removeStep')} onClick={() => onChange({ ...need, steps: need.steps.filter((_, index) => index !== at) })} />
        </div>
      ))}
      {need.steps.length < 5 && <div className="ps-4"><Button size="sm" icon="plus" onClick={() => onChange({ ...need, steps: [...need.steps, { afterSeconds: ((need.steps.at(-1)?.afterSeconds ?? 0) || 60) + 60, level: Math.max(0, (need.steps.at(-1)?.level ?? need.level) - 1) }] })}>{t('queues.addStep')}</Button></div>}
    </li>
  );
}

/** What somebody must know to be asked, and how less is asked for the longer the wait. */
export function NeedsField({ needs, skills, onChange }: { needs: readonly NeededSkill[]; skills: readonly Skill[]; onChange: (needs: NeededSkill[]) => void }) {
  const free = skills.filter(({ id }) => !needs.some(({ skillId }) => skillId === id));
  if (skills.length === 0) return <p className="text-ink-2">{t('queues.noSkills')}</p>;
  return (
    <>
      {needs.length > 0 && <ul className="-mt-4 divide-y divide-line" aria-label={t('queues.needs')}>{needs.map((need) => <Need key={need.skillId} need={need} name={skills.find(({ id }) => id === need.skillId)?.name ?? t('queues.goneSkill')} onChange={(next) => onChange(needs.map((each) => (each.skillId === need.skillId ? next : each)))} onRemove={() => onChange(needs.filter(({ skillId }) => skillId !== need.skillId))} />)}</ul>}
      {free.length > 0 && needs.length < 10 && <span className="w-60 max-w-full shrink-0"><Select ariaLabel={t('queues.addNeed')} value="" options={[{ value: '', label: t('queues.addNeed') }, ...free.map(({ id, name }) => ({ value: id, label: name }))]} onChange={(skillId) => skillId !== '' && onChange([...needs, { skillId, level: 3, steps: [] }])} /></span>}
    </>
  );
}
