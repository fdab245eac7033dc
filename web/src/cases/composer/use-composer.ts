import { channelTraits, wayOnByAddress, type CaseDetail, type MessageEntry } from '@rapport/contract';
import { useEffect, useRef, useState } from 'react';
import { undoAction } from '../../commands/undo-action.ts';
import { client } from '../../data/client.ts';
import type { DraftContent, DraftMode } from '../../data/draft-state.ts';
import { editDraft, emptyDraft, useDraft } from '../../data/drafts.ts';
import { tellServer } from '../../data/live.ts';
import type { SendTime } from '../../data/deeds.ts';
import { changeCase, enqueue } from '../../data/outbox.ts';
import { afterSend, chooseAfterSend } from '../../data/preferences.ts';
import { setMyPresence } from '../../data/presence.ts';
import { useSession } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { formatDayAndClock } from '../../i18n/format.ts';
import { showToast } from '../../ui/toast.ts';
import { isAddress, readAddresses, withAddresses } from './addresses.ts';
import { undoSend } from './call-back.ts';
import { keyOf, warningsFor, type Warning } from './guards.ts';
import { alsoOf, patchOf, type MacroActions } from './macro-actions.ts';
import { usePictures } from './use-pictures.ts';
import { mentionIdsFor } from './note-mentions.ts';
import { useUploads } from './use-uploads.ts';
import type { Words } from './words.ts';

/** `mail`: an answer by mail where the case's own channel has no addresses. */
export type Tab = 'reply' | 'replyAll' | 'mail' | 'forward' | 'note';
export type Fault = 'empty' | 'nobody' | 'address' | 'uploading';
export type ComposerState = ReturnType<typeof useComposer>;

const TYPING_MS = 4000;
const nobody = { to: [], cc: [], bcc: [] };

/** How the customer is answered unless the agent chooses otherwise: as they wrote last. */
function firstTab({ channel, answersBy, replyAllCc }: CaseDetail): Tab {
  if (answersBy[0] !== channel) return 'mail';
  return channelTraits[channel].isAddressed && replyAllCc.length > 0 ? 'replyAll' : 'reply';
}

/** What is being written on a case, to whom, and the deeds of the editor. */
export function useComposer(detail: CaseDetail, lastEntryId: string | undefined, canReply: boolean, newestMessage: MessageEntry | undefined) {
  const caseId = detail.id;
  const [tab, setTab] = useState<Tab>(canReply ? firstTab(detail) : 'note');
  const traits = channelTraits[tab === 'mail' || tab === 'forward' ? wayOnByAddress : detail.channel];
  // Whoever is there goes on talking: the case stays in hand until somebody says otherwise.
  const [status, setStatus] = useState(channelTraits[detail.channel].isLive ? () => 'open' as const : afterSend);
  const [fault, setFault] = useState<Fault>();
  /** What a macro changes on the case when the words go out. */
  const [also, setAlso] = useState<MacroActions>();
  /** The agent has touched the recipients: an empty list now means nobody, not the usual ones. */
  const [hasChosen, setChosen] = useState(false);
  const { account } = useSession();
  const mode: DraftMode = tab === 'note' || tab === 'forward' ? tab : 'reply';
  const draft = useDraft(caseId, mode);
  const { content } = draft;
  const usual = { to: detail.replyTo.map((one) => one.address), cc: tab === 'replyAll' ? detail.replyAllCc.map((one) => one.address) : [] };
  const isUsual = tab !== 'forward' && !hasChosen && content.to.length === 0 && content.cc.length === 0;
  const to = isUsual ? usual.to : content.to;
  const cc = isUsual ? usual.cc : content.cc;
  const uploads = useUploads(caseId, mode, (arrivedMode, attachment) => editDraft(caseId, arrivedMode, { attachments: [...contents.current[arrivedMode], attachment] }));
  const pictures = usePictures(caseId, (picture) => editDraft(caseId, mode, { attachments: [...contents.current[mode], picture] }));
  const contents = useRef({ reply: content.attachments, note: content.attachments, forward: content.attachments });
  contents.current[mode] = content.attachments;

  // Colleagues see who types; silence for a few seconds means reading again.
  const typingTimer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stopTyping = () => {
    clearTimeout(typingTimer.current);
    setMyPresence({ caseId, state: 'viewing', isAnswer: false }, tellServer);
  };
  useEffect(() => () => clearTimeout(typingTimer.current), [caseId]);
  const write = ({ text, html }: Words) => {
    setFault(undefined);
    editDraft(caseId, mode, { text, html });
    if (text.trim() === '' && html === null) return stopTyping();
    setMyPresence({ caseId, state: 'typing', isAnswer: mode === 'reply' }, tellServer);
    clearTimeout(typingTimer.current);
    typingTimer.current = setTimeout(stopTyping, TYPING_MS);
  };

  const address = (change: { to?: string[]; cc?: string[]; bcc?: string[] }) => {
    setFault(undefined);
    setChosen(true);
    editDraft(caseId, mode, { to, cc, ...change });
  };
  const edit = (change: Partial<DraftContent>) => editDraft(caseId, mode, change);

  /** Begins a forward of a message; one that was begun for the same message goes on. */
  const forward = (entry: MessageEntry) => {
    setFault(undefined);
    setTab('forward');
    editDraft(caseId, 'forward', { forwardOf: entry.id, originalFileIds: entry.attachments.filter((file) => !(file.isInline && file.contentId !== null)).map((file) => file.id) });
  };

  /** Reply and reply-all are one draft with other recipients; hand-picked ones are kept and only added to. */
  const choose = (next: Tab) => {
    setFault(undefined);
    if (next === 'forward' && tab !== 'forward' && content.forwardOf === null && newestMessage) return forward(newestMessage);
    setTab(next);
    if (next === 'reply' && tab === 'mail') return editDraft(caseId, 'reply', { to: [], cc: [], bcc: [] });
    if (isUsual || next === 'mail' || next === 'forward' || tab === 'forward' || next === 'note' || next === tab) return;
    if (next === 'replyAll') editDraft(caseId, 'reply', { to, cc: withAddresses(cc, detail.replyAllCc.map((one) => one.address)) });
    else editDraft(caseId, 'reply', { to, cc: cc.filter((one) => !detail.replyAllCc.some((other) => other.address === one)) });
  };

  /** What stands in the address fields and has not been taken as an address yet. */
  const rests = useRef({ to: '', cc: '', bcc: '' });
  const everybody = () => {
    const late = { to: readAddresses(rests.current.to), cc: readAddresses(rests.current.cc), bcc: readAddresses(rests.current.bcc) };
    return { to: withAddresses(to, late.to.found), cc: withAddresses(cc, late.cc.found), bcc: withAddresses(content.bcc, late.bcc.found), rest: late.to.rest + late.cc.rest + late.bcc.rest };
  };

  const findFault = (): Fault | undefined => {
    if (content.text.trim() === '' && content.html === null && mode !== 'forward') return 'empty';
    if (uploads.isBusy || pictures.isBusy) return 'uploading';
    if (mode === 'note' || !traits.isAddressed) return undefined;
    const all = everybody();
    if (all.rest !== '' || ![...all.to, ...all.cc, ...all.bcc].every(isAddress)) return 'address';
    return all.to.length === 0 ? 'nobody' : undefined;
  };

  /** What is asked before it goes out, once each for this case and visit. */
  const [warnings, setWarnings] = useState<readonly Warning[]>([]);
  const said = useRef(new Set<string>());
  const wanted = useRef<SendTime>(undefined);

  const put = (at: SendTime | undefined): void => {
    const { html, subject, from } = content;
    // A picture that was taken out of the words again stays at home.
    const attachments = content.attachments.filter((one) => !one.isInline || (one.contentId !== null && html?.includes(`cid:${one.contentId}`)));
    // A picture without a word is something too, and a mail without a text part is not.
    const text = content.text.trim() === '' && html !== null ? t('rich.pictureOnly') : content.text;
    const words = { text, ...(html === null || (mode !== 'note' && !traits.isFormatted) ? {} : { html }) };
    const attachmentIds = attachments.map((one) => one.id);
    const about = { caseId, number: detail.number, attachments };
    if (mode === 'note') enqueue({ kind: 'note', ...about, body: { ...words, attachmentIds, mentionIds: mentionIdsFor(caseId, text), ...(lastEntryId ? { seenEntryId: lastEntryId } : {}) } });
    else {
      const { to, cc, bcc } = traits.isAddressed ? everybody() : nobody;
      const mail = { ...words, to, cc, bcc, attachmentIds, ...(from === null ? {} : { from }), ...(subject === null ? {} : { subject }) };
      const timing = at ? { at } : {};
      const id = mode === 'forward'
        ? enqueue({ kind: 'forward', ...about, body: { ...mail, entryId: content.forwardOf ?? '', originalFileIds: content.originalFileIds }, ...timing })
        : enqueue({ kind: 'reply', ...about, body: { ...mail, thenStatus: also?.status === undefined || also.status === 'closed' ? status : also.status, ...(also ? alsoOf(also) : {}), ...(lastEntryId ? { seenEntryId: lastEntryId } : {}) }, ...timing });
      const undo = undoAction(() => void undoSend(caseId, id));
      if (at) showToast(t('planned.scheduledToast', { number: detail.number, at: formatDayAndClock(at.sendAt) }), { icon: 'clock', action: undo });
      else if (account.undoSeconds > 0 && !traits.isLive) showToast(t('composer.goesOut', { number: detail.number }), { icon: 'send', ms: account.undoSeconds * 1000, action: undo });
    }
    if (also && mode !== 'reply') {
      changeCase(caseId, patchOf(also));
      if (also.note !== undefined) enqueue({ kind: 'note', caseId, number: detail.number, attachments: [], body: { text: also.note, attachmentIds: [] } });
    }
    setAlso(undefined);
    emptyDraft(caseId, mode);
    setChosen(false);
    stopTyping();
    said.current.clear();
    if (mode === 'forward') setTab('reply');
  };

  /** A look at whom it goes to. Who cannot be asked for in time stops nobody: the server has the last word on everything but this. */
  const look = async (): Promise<readonly Warning[]> => {
    const { to, cc, bcc } = everybody();
    const isUsualPeople = mode === 'reply' && [...to, ...cc, ...bcc].every((address) => detail.participants.some((one) => one.isCustomer && one.address === address));
    const within = new Promise<undefined>((resolve) => setTimeout(resolve, 1500, undefined));
    const asked = isUsualPeople || !traits.isAddressed ? undefined : await Promise.race([client.mailOut.checkRecipients({ params: { caseId }, body: { addresses: [...to, ...cc, ...bcc] } }).catch(() => undefined), within]);
    const hasFiles = content.attachments.length > 0 || content.originalFileIds.length > 0;
    return warningsFor({ text: content.text, hasFiles, isForward: mode === 'forward' }, asked?.items ?? [], said.current);
  };

  const isLooking = useRef(false);
  /** Hands what was written to the outbox, after a second look at mails. Says whether there is nothing to mend in it. */
  const send = (at?: SendTime): boolean => {
    const found = findFault();
    setFault(found);
    if (found) return false;
    if (mode === 'note') put(undefined);
    else if (!isLooking.current) {
      isLooking.current = true;
      wanted.current = at;
      void look().then((asked) => {
        isLooking.current = false;
        if (asked.length > 0) setWarnings(asked);
        else put(at);
      });
    }
    return true;
  };
  const remember = () => {
    for (const warning of warnings) said.current.add(keyOf(warning));
    setWarnings([]);
  };
  const sendAnyway = () => {
    remember();
    put(wanted.current);
  };

  return {
    rests, tab, traits, choose, mode, forward, edit, warnings, sendAnyway, thinkAgain: remember, draft, to, cc, address, write, send, pictures, also, setAlso, fault, uploads, status,
    chooseStatus: (next: typeof status) => {
      if (!channelTraits[detail.channel].isLive) chooseAfterSend(next);
      setStatus(next);
    },
    removeAttachment: (id: string) => editDraft(caseId, mode, { attachments: content.attachments.filter((one) => one.id !== id) }),
  };
}
