import type { HeldItem, WantedPresence } from '@rapport/contract';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { client, isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { queryClient } from '../data/query-client.ts';
import { ownPresenceQuery, ownWorkQuery, refreshWork } from '../data/waiting.ts';
import { t } from '../i18n/index.ts';
import { showToast, showTrouble } from '../ui/toast.ts';
import { aboutWord } from './words.ts';

/** Says at once what this agent is, and takes it back where the server does not agree. */
export function useSetPresence() {
  return useMutation({
    mutationFn: (body: WantedPresence) => client.workforce.setOwnPresence({ body }),
    onSuccess: (presence) => queryClient.setQueryData(ownPresenceQuery.queryKey, presence),
    onError: (error) => showTrouble(explain(error)),
  });
}

/** Opens the case of what this agent has just taken. */
function useOpenTaken() {
  const navigate = useNavigate();
  return async (itemId: string) => {
    await refreshWork();
    const number = queryClient.getQueryData(ownWorkQuery.queryKey)?.items.find(({ id }) => id === itemId)?.about.number;
    if (number !== null && number !== undefined) await navigate({ to: '/cases/$view/$number', params: { view: 'open', number: String(number) } });
  };
}

export function useTakeNext() {
  const open = useOpenTaken();
  const take = async () => {
    // What an offline agent has goes back into its line: whoever takes something is there.
    if (queryClient.getQueryData(ownPresenceQuery.queryKey)?.state === 'offline') queryClient.setQueryData(ownPresenceQuery.queryKey, await client.workforce.setOwnPresence({ body: { state: 'available' } }));
    return client.work.next();
  };
  return useMutation({ mutationFn: take, onSuccess: ({ id }) => open(id), onError: (error) => showTrouble(explain(error)) });
}

export function useAnswerOffer() {
  const open = useOpenTaken();
  const tell = (error: unknown) => {
    if (isProblem(error, 'offer_over')) showToast(t('offer.gone'));
    else showTrouble(explain(error));
    void refreshWork();
  };
  const accept = useMutation({ mutationFn: (offerId: string) => client.offers.accept({ params: { offerId } }), onSuccess: ({ id }) => open(id), onError: tell });
  const decline = useMutation({ mutationFn: (offerId: string) => client.offers.decline({ params: { offerId } }), onSuccess: () => void refreshWork(), onError: tell });
  return { accept, decline };
}

export function useFinish() {
  return useMutation({
    mutationFn: (item: HeldItem) => client.work.finish({ params: { itemId: item.id } }),
    onSuccess: (_, item) => {
      void refreshWork();
      showToast(t('work.wasDone', { what: aboutWord(item) }), { icon: 'check' });
    },
    onError: (error) => {
      void refreshWork();
      showTrouble(explain(error));
    },
  });
}
