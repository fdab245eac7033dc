import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { onRefused } from '../data/outbox.ts';
import { knownCase } from '../data/case-cache.ts';
import { onHeldBack } from '../data/planned.ts';
import { useSession } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { showTrouble } from '../ui/toast.ts';

/** Tells the agent when the server refused something that was done a moment ago, wherever they are now, and leads back to it. */
export function Refusals() {
  const navigate = useNavigate();
  const { agent } = useSession();
  useEffect(() => onHeldBack(({ authorId, caseId }) => {
    if (authorId !== agent.id) return;
    const number = knownCase(caseId)?.number;
    const isOpen = number !== undefined && location.pathname.endsWith(`/${number}`);
    const look = number !== undefined && !isOpen ? { label: t('planned.look'), run: () => void navigate({ to: '/cases/$view/$number', params: { view: 'open', number: String(number) } }) } : undefined;
    showTrouble(number === undefined ? t('planned.heldToastUnknown') : t('planned.heldToast', { number }), look);
  }), [navigate, agent.id]);
  useEffect(() => onRefused((deed, error) => {
    const number = 'number' in deed ? deed.number : knownCase(deed.caseId)?.number;
    const isOpen = number !== undefined && location.pathname.endsWith(`/${number}`);
    // On the open case the dialog shows it.
    if (isOpen && (isProblem(error, 'newer_message') || (isProblem(error, 'changed_meanwhile') && error.problem.extra?.['entry']))) return;
    const look = number !== undefined && !isOpen ? { label: t('refused.look'), run: () => void navigate({ to: '/cases/$view/$number', params: { view: 'open', number: String(number) } }) } : undefined;
    showTrouble((deed.kind === 'reply' || deed.kind === 'forward') && number !== undefined ? t('refused.reply', { number, reason: explain(error) }) : explain(error), look);
  }), [navigate]);
  return null;
}
