import type { Agent, Endpoints, ResponseOf } from '@rapport/contract';
import { useId, useState } from 'react';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { Select } from '../../ui/select.tsx';

export type CasesOfAgent = ResponseOf<Endpoints['cases']['countsOfAgent']>;
export const sumOf = (counts: CasesOfAgent) => counts.open + counts.snoozed + counts.pending + counts.on_hold;

interface Props {
  agent: Agent;
  /** What lies with the agent; at least one case. */
  counts: CasesOfAgent;
  /** Who may take over. */
  successors: readonly Agent[];
  isBusy: boolean;
  onClose: () => void;
  /** Null: nobody, the cases go back to their teams. */
  onDisable: (casesTo: string | null) => void;
}

/** Asks what becomes of the cases of somebody who is to be disabled. */
export function LeaveDialog({ agent, counts, successors, isBusy, onClose, onDisable }: Props) {
  const id = useId();
  const [way, setWay] = useState<'teams' | 'one'>('teams');
  const [successor, setSuccessor] = useState(successors[0]?.id ?? '');
  return (
    <Dialog
      isOpen onClose={onClose} width="md" title={t('people.leaveTitle', { name: agent.name })} description={t('people.leaveLead', { name: agent.name })}
      actions={<><Button onClick={onClose}>{t('ui.cancel')}</Button><Button type="submit" form={id} tone="danger" isBusy={isBusy}>{t('people.leaveDo')}</Button></>}
    >
      <form
        id={id} className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          onDisable(way === 'one' && successor !== '' ? successor : null);
        }}
      >
        <div>
          <p id={`${id}-question`} className="font-medium">{t('people.leaveCases', { count: sumOf(counts), name: agent.name })}</p>
          <p className="mt-0.5 text-sm text-ink-2">{t('people.leaveShelves', { open: counts.open, snoozed: counts.snoozed, pending: counts.pending, onHold: counts.on_hold })}</p>
        </div>
        <RadioCards
          labelledBy={`${id}-question`} value={way} onChange={setWay}
          options={[{ value: 'teams', title: t('people.leaveToTeams'), hint: t('people.leaveToTeamsHint') }, { value: 'one', title: t('people.leaveToOne'), hint: t('people.leaveToOneHint'), isDisabled: successors.length === 0 }]}
        />
        {way === 'one' && <Field label={t('people.leaveSuccessor')}><Select value={successor} options={successors.map(({ id: value, name }) => ({ value, label: name }))} onChange={setSuccessor} /></Field>}
      </form>
    </Dialog>
  );
}
