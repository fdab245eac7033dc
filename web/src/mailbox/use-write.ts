import type { BodyInput, Endpoints } from '@rapport/contract';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { caseAddress } from '../data/case-address.ts';
import { client, isPassing } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { queryClient } from '../data/query-client.ts';
import { v7 } from '../data/uuid.ts';
import { t } from '../i18n/index.ts';
import { showToast, showTrouble } from '../ui/toast.ts';

type Letter = BodyInput<Endpoints['mailbox']['write']>;

/** Sends a mail as a customer would; it takes the same way in as every mail. Offers to open the case it became or joined. */
export function useWrite(onSent: (letter: Letter) => void) {
  const navigate = useNavigate();
  // One key until it has worked: pressing the button again after a lost answer does not write twice.
  const key = useRef('');
  const openCase = async (caseId: string) => {
    try {
      const { number } = await client.cases.get({ params: { caseId } });
      void navigate({ to: caseAddress(number) });
    } catch (error) {
      showTrouble(explain(error));
    }
  };
  return useMutation({
    mutationFn: (letter: Letter) => client.mailbox.write({ body: letter, idempotencyKey: (key.current ||= v7()) }),
    onSuccess: ({ caseId }, letter) => {
      key.current = '';
      void queryClient.invalidateQueries({ queryKey: ['mailbox'] });
      showToast(t(letter.inReplyTo ? 'mailbox.answered' : 'mailbox.written'), { icon: 'check', ms: 15_000, ...(caseId ? { action: { label: t('mailbox.openCase'), run: () => void openCase(caseId) } } : {}) });
      onSent(letter);
    },
    onError: (error) => {
      // A refusal is an answer: what is sent next is another letter.
      if (!isPassing(error)) key.current = '';
      showTrouble(explain(error));
    },
  });
}
