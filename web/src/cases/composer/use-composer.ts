import type { CaseDetail } from '@rapport/contract';
import { useEffect, useRef, useState } from 'react';
import { firstKeys } from '../../commands/bindings.ts';
import type { DraftMode } from '../../data/draft-state.ts';
import { editDraft, emptyDraft, useDraft } from '../../data/drafts.ts';
import { tellServer } from '../../data/live.ts';
import { enqueue, sendReply } from '../../data/outbox.ts';
import { afterSend, chooseAfterSend, holdSeconds } from '../../data/preferences.ts';
import { setMyPresence } from '../../data/presence.ts';
import { t } from '../../i18n/index.ts';
import { showToast } from '../../ui/toast.ts';
import { isAddress, readAddresses, withAddresses } from './addresses.ts';
import { callBack } from './call-back.ts';
import { useUploads } from './use-uploads.ts';

export type Tab = 'reply' | 'replyAll' | 'note';
export type Fault = 'empty' | 'nobody' | 'address' | 'uploading';

const TYPING_MS = 4000;

/** What is being written on a case, to whom, and the deeds of the editor. */
export function useComposer(detail: CaseDetail, lastEntryId: string | undefined, canReply: boolean) {
  const caseId = detail.id;
  const [tab, setTab] = useState<Tab>(canReply ? (detail.replyAllCc.length > 0 ? 'replyAll' : 'reply') : 'note');
  const [status, setStatus] = useState(afterSend);
  const [fault, setFault] = useState<Fault>();
  /** The agent has touched the recipients: an empty list now means nobody, not the usual ones. */
  const [hasChosen, setChosen] = useState(false);
  const mode: DraftMode = tab === 'note' ? 'note' : 'reply';
  const draft = useDraft(caseId, mode);
  const { content } = draft;
  const usual = { to: detail.replyTo.map((one) => one.address), cc: tab === 'replyAll' ? detail.replyAllCc.map((one) => one.address) : [] };
  const isUsual = !hasChosen && content.to.length === 0 && content.cc.length === 0;
  const to = isUsual ? usual.to : content.to;
  const cc = isUsual ? usual.cc : content.cc;
  const uploads = useUploads(caseId, mode, (arrivedMode, attachment) => editDraft(caseId, arrivedMode, { attachments: [...contents.current[arrivedMode], attachment] }));
  const contents = useRef({ reply: content.attachments, note: content.attachments });
  contents.current[mode] = content.attachments;

  // Colleagues see who types; silence for a few seconds means reading again.
  const typingTimer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stopTyping = () => {
    clearTimeout(typingTimer.current);
    setMyPresence(caseId, 'viewing', tellServer);
  };
  useEffect(() => () => clearTimeout(typingTimer.current), [caseId]);
  const write = (text: string) => {
    setFault(undefined);
    editDraft(caseId, mode, { text });
    if (text.trim() === '') return stopTyping();
    setMyPresence(caseId, 'typing', tellServer);
    clearTimeout(typingTimer.current);
    typingTimer.current = setTimeout(stopTyping, TYPING_MS);
  };

  const address = (change: { to?: string[]; cc?: string[] }) => {
    setFault(undefined);
    setChosen(true);
    editDraft(caseId, 'reply', { to, cc, ...change });
  };

  /** Reply and reply-all are one draft with other recipients; hand-picked ones are kept and only added to. */
  const choose = (next: Tab) => {
    setFault(undefined);
    setTab(next);
    if (isUsual || next === 'note' || next === tab) return;
    if (next === 'replyAll') editDraft(caseId, 'reply', { to, cc: withAddresses(cc, detail.replyAllCc.map((one) => one.address)) });
    else editDraft(caseId, 'reply', { to, cc: cc.filter((one) => !detail.replyAllCc.some((other) => other.address === one)) });
  };

  /** What stands in the address fields and has not been taken as an address yet. */
  const rests = useRef({ to: '', cc: '' });
  const everybody = () => {
    const late = { to: readAddresses(rests.current.to), cc: readAddresses(rests.current.cc) };
    return { to: withAddresses(to, late.to.found), cc: withAddresses(cc, late.cc.found), rest: late.to.rest + late.cc.rest };
  };

  const findFault = (): Fault | undefined => {
    if (content.text.trim() === '') return 'empty';
    if (uploads.isBusy) return 'uploading';
    if (mode === 'note') return undefined;
    const all = everybody();
    if (all.rest !== '' || ![...all.to, ...all.cc].every(isAddress)) return 'address';
    return all.to.length === 0 ? 'nobody' : undefined;
  };

  /** Hands what was written to the outbox. Returns whether it did. */
  const send = (): boolean => {
    const found = findFault();
    setFault(found);
    if (found) return false;
    const { attachments } = content;
    const attachmentIds = attachments.map((one) => one.id);
    if (mode === 'note') enqueue({ kind: 'note', caseId, number: detail.number, body: { text: content.text, attachmentIds }, attachments });
    else {
      const seconds = holdSeconds();
      const all = everybody();
      const before = { status: detail.status, snoozedUntil: detail.snoozedUntil, waitingSince: detail.waitingSince };
      const id = sendReply({ kind: 'reply', caseId, number: detail.number, body: { text: content.text, to: all.to, cc: all.cc, attachmentIds, thenStatus: status, ...(lastEntryId ? { seenEntryId: lastEntryId } : {}) }, attachments, before }, seconds * 1000);
      const keys = firstKeys('app.undo');
      if (seconds > 0) showToast(t('composer.goesOut', { number: detail.number }), { icon: 'send', ms: seconds * 1000, action: { label: t('command.undo'), ...(keys ? { keys } : {}), run: () => callBack(id) } });
    }
    emptyDraft(caseId, mode);
    setChosen(false);
    stopTyping();
    return true;
  };

  return {
    rests, tab, choose, mode, draft, to, cc, address, write, send, fault, uploads, status,
    chooseStatus: (next: typeof status) => {
      chooseAfterSend(next);
      setStatus(next);
    },
    removeAttachment: (id: string) => editDraft(caseId, mode, { attachments: content.attachments.filter((one) => one.id !== id) }),
  };
}
