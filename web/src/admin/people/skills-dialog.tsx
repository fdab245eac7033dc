import type { Agent, AgentSkills } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { agentSkillsQuery, skillsQuery, workforceSettingsQuery } from '../../data/waiting.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { Select } from '../../ui/select.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { useForm } from '../../ui/use-form.ts';

const number = (text: string, most: number) => Math.min(most, Math.max(0, Math.round(Number(text) || 0)));

function SkillsForm({ agent, known, formId, onSaved, onBusy }: { agent: Agent; known: AgentSkills; formId: string; onSaved: () => void; onBusy: (isBusy: boolean) => void }) {
  const skills = useQuery(skillsQuery);
  const usual = useQuery(workforceSettingsQuery).data?.capacity;
  const form = useForm({ levels: Object.fromEntries(known.skills.map(({ skillId, level }) => [skillId, level])) as Record<string, number>, hasOwn: known.capacity !== null, chats: String(known.capacity?.chats ?? usual?.chats ?? 3), mails: String(known.capacity?.mails ?? usual?.mails ?? 10) });
  const { values } = form;
  const save = useMutation({
    mutationFn: ({ levels, hasOwn, chats, mails }: typeof values) => client.workforce.setAgentSkills({
      params: { agentId: agent.id }, body: { skills: Object.entries(levels).flatMap(([skillId, level]) => (level > 0 ? [{ skillId, level }] : [])), capacity: hasOwn ? { chats: number(chats, 50), mails: number(mails, 500) } : null },
    }),
    onMutate: () => onBusy(true),
    onSettled: () => onBusy(false),
    onSuccess: (saved) => {
      queryClient.setQueryData(agentSkillsQuery(agent.id).queryKey, saved);
      showToast(t('ui.saved'), { icon: 'check' });
      onSaved();
    },
    onError: (error) => showTrouble(explain(error)),
  });
  const levels = [{ value: '0', label: t('queues.level.none') }, ...[1, 2, 3, 4, 5].map((level) => ({ value: String(level), label: t('queues.level', { level }) }))];
  return (
    <form ref={form.ref} id={formId} noValidate className="flex flex-col gap-4" onSubmit={form.onSubmit((said) => save.mutate(said))}>
      <LoadState query={skills} explain={explain}>
        {(all) => all.length === 0 ? <p className="text-ink-2">{t('workforce.noSkills')} <Link to={'/admin/workforce' as string} className="text-accent underline">{t('settings.workforce')}</Link></p> : (
          <ul aria-label={t('workforce.skills')} className="divide-y divide-line">
            {all.map(({ id, name }) => (
              <li key={id} className="flex items-center gap-3 py-2">
                <span className="min-w-0 grow break-words" dir="auto">{name}</span>
                <span className="w-36 shrink-0"><Select ariaLabel={t('queues.levelOf', { skill: name })} value={String(values.levels[id] ?? 0)} options={levels} onChange={(level) => form.set('levels', { ...values.levels, [id]: Number(level) })} /></span>
              </li>
            ))}
          </ul>
        )}
      </LoadState>
      <Checkbox isChecked={values.hasOwn} onChange={(hasOwn) => form.set('hasOwn', hasOwn)} label={t('workforce.ownCapacity')} {...(usual ? { hint: t('workforce.usual', usual) } : {})} />
      {values.hasOwn && (
        <div className="flex flex-wrap gap-4">
          <Field label={t('workforce.chats')}><Input {...form.text('chats')} inputMode="numeric" className="max-w-24" /></Field>
          <Field label={t('workforce.mails')}><Input {...form.text('mails')} inputMode="numeric" className="max-w-24" /></Field>
        </div>
      )}
    </form>
  );
}

/** What somebody knows, how well, and how much at once they take. */
export function SkillsDialog({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const id = useId();
  const query = useQuery(agentSkillsQuery(agent.id));
  const [isBusy, setBusy] = useState(false);
  return (
    <Dialog isOpen onClose={onClose} title={t('workforce.skillsOf', { name: agent.name })} description={t('workforce.skillsOfLead')} actions={<><Button onClick={onClose}>{t('ui.cancel')}</Button><Button type="submit" form={id} tone="primary" isBusy={isBusy}>{t('ui.save')}</Button></>}>
      <LoadState query={query} explain={explain}>{(known) => <SkillsForm agent={agent} known={known} formId={id} onSaved={onClose} onBusy={setBusy} />}</LoadState>
    </Dialog>
  );
}
