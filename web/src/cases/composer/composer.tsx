import { channelTraits, wayOnByAddress, type CaseDetail } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useContext, useEffect, useRef, useState, type RefObject } from 'react';
import { lazyPart } from '../../data/lazy-part.ts';
import { ariaKeys, firstKeys } from '../../commands/bindings.ts';
import type { CommandId } from '../../commands/catalogue.ts';
import { useCommand } from '../../commands/registry.ts';
import { entriesQuery } from '../../data/cases.ts';
import { chooseRich, isRichChosen } from '../../data/preferences.ts';
import type { Attachment } from '../../data/draft-state.ts';
import { settleDraft } from '../../data/drafts.ts';
import { useCan } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { formatClock } from '../../i18n/format.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, buttonLook } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import type { IconName } from '../../ui/icon-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { Keys } from '../../ui/keys.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { applyMacro } from '../../automation/apply-macro.ts';
import type { PickedMacro } from '../../automation/macro-picker.tsx';
import { AreTwo } from '../pane.ts';
import { AlsoLine } from './also-line.tsx';
import { DraftStateLine } from './draft-state-line.tsx';
import { FileChips } from './file-chips.tsx';
import { hasActions, together } from './macro-actions.ts';
import { onForward } from './forward-wish.ts';
import { SendLater } from './send-later.tsx';
import { MentionPicker } from './mention-picker.tsx';
import { asksForName } from './note-mentions.ts';
import { SendMenu } from './send-menu.tsx';
import { useComposer, type Tab } from './use-composer.ts';
import { useDropZone } from './use-drop-zone.ts';
import type { FieldHandle } from './words.ts';
import { WritingField } from './writing-field.tsx';

const MacroPicker = lazyPart(async () => (await import('../../automation/macro-picker.tsx')).MacroPicker);
const RecipientLines = lazyPart(async () => (await import('./recipient-lines.tsx')).RecipientLines);
const ForwardHead = lazyPart(async () => (await import('./forward-head.tsx')).ForwardHead);
const GuardDialog = lazyPart(async () => (await import('./guard-dialog.tsx')).GuardDialog);
const tabs: readonly { tab: Tab; command?: CommandId; icon: IconName }[] = [
  { tab: 'reply', command: 'write.reply', icon: 'reply' },
  { tab: 'replyAll', command: 'write.replyAll', icon: 'reply-all' },
  { tab: 'mail', icon: 'mail' },
  { tab: 'forward', command: 'write.forward', icon: 'corner-up-right' },
  { tab: 'note', command: 'write.note', icon: 'sticky-note' },
];

interface Props {
  detail: CaseDetail;
  lastEntryId: string | undefined;
  /** Files can be dropped anywhere on the case. */
  zone: RefObject<HTMLElement | null>;
  /** Where the focus goes when the editor is left. */
  onLeave: () => void;
}

/** Where replies and notes are written. They look different, are called different and cannot be mistaken for each other. */
export function Composer({ detail, lastEntryId, zone, onLeave }: Props) {
  const areTwo = useContext(AreTwo);
  const canReply = useCan('case.reply');
  const canNote = useCan('case.note');
  const entries = useQuery(entriesQuery(detail.id)).data?.items;
  const newestMessage = entries?.findLast((entry) => entry.kind === 'message');
  const composer = useComposer(detail, lastEntryId, canReply, newestMessage);
  const { tab, draft, fault, uploads } = composer;
  const isNote = tab === 'note';
  const isForward = tab === 'forward';
  const own = channelTraits[detail.channel];
  const traits = composer.traits;
  /** Words to the customer go where the channel shows no formatting. */
  const isPlain = !isNote && !traits.isFormatted;
  const original = entries?.find((entry) => entry.kind === 'message' && entry.id === composer.draft.content.forwardOf);
  const [isTiming, setTiming] = useState(false);
  const field = useRef<FieldHandle>(null);
  const pictureFiles = useRef<HTMLInputElement>(null);
  const [isRich, setRich] = useState(isRichChosen);
  const [isPicking, setPicking] = useState(false);
  /** Whether a colleague's name is being chosen, and whether the @ stands in the note already. */
  const [naming, setNaming] = useState<'typed' | 'button'>();
  const files = useRef<HTMLInputElement>(null);
  const [areAddressesOpen, setAddressesOpen] = useState(false);
  const [isWriting, setWriting] = useState(false);
  // Where large letters leave little room, an answer that nobody has begun takes no more of it than its first line.
  const [hasBegun, setBegun] = useState(false);
  const insertPicture = (picture: Attachment) => field.current?.insertPicture?.(picture);
  const isOver = useDropZone(zone, (list) => {
    const pictures = [...list].filter((file) => file.type.startsWith('image/'));
    // Among the words where there are formatted words; beside them otherwise.
    if (field.current?.insertPicture && pictures.length === list.length) void composer.pictures.add(pictures, insertPicture);
    else uploads.add(list);
  });
  const switchWriting = (isNowRich: boolean) => {
    chooseRich(isNowRich);
    setRich(isNowRich);
    if (!isNowRich) composer.write({ text: draft.content.text, html: null });
    requestAnimationFrame(() => field.current?.focus());
  };
  const take = (macro: PickedMacro) => {
    setPicking(false);
    const { actions, text, html } = macro;
    if (text === '') applyMacro(detail, macro.name, actions);
    else {
      field.current?.insert({ text, html });
      if (hasActions(actions)) composer.setAlso(together(composer.also, actions));
    }
  };
  const isFaultyAddress = fault === 'nobody' || fault === 'address';

  const write = (next: Tab) => () => {
    composer.choose(next);
    // After the tab is drawn; the caret goes to the end of what is there.
    requestAnimationFrame(() => field.current?.focus());
  };
  const send = (at?: Parameters<typeof composer.send>[0]) => {
    if (composer.send(at)) setAddressesOpen(false);
    else field.current?.focus();
  };
  // From a message on the timeline.
  const { forward } = composer;
  const latestForward = useRef(forward);
  latestForward.current = forward;
  useEffect(() => (canReply ? onForward(detail.id, (entry) => latestForward.current(entry)) : undefined), [detail.id, canReply]);
  const isOffered = (one: Tab): boolean => {
    if (one === 'reply') return true;
    if (one === 'mail') return !own.isAddressed && detail.answersBy.includes(wayOnByAddress);
    return own.isAddressed && (one === 'forward' ? newestMessage !== undefined : hasOthers);
  };
  const hasOthers = detail.replyAllCc.length > 0;
  useCommand('write.reply', canReply ? write('reply') : undefined);
  useCommand('write.replyAll', canReply && own.isAddressed && hasOthers ? write('replyAll') : undefined);
  useCommand('write.forward', canReply && own.isAddressed && newestMessage ? write('forward') : undefined);
  useCommand('write.note', canNote ? write('note') : undefined);
  useCommand('write.send', () => send());
  useCommand('write.macro', () => setPicking(true));
  useCommand('write.leave', isWriting ? onLeave : undefined);

  const known = [...detail.participants, ...detail.replyTo, ...detail.replyAllCc];
  const nameOf = (address: string) => known.find((one) => one.address.toLowerCase() === address.toLowerCase())?.name ?? null;
  const shownTabs = tabs.filter((one) => (one.tab === 'note' ? canNote : canReply && isOffered(one.tab)));
  const summary = [...composer.to, ...composer.cc, ...draft.content.bcc].map((address) => nameOf(address) ?? address).join(', ');

  return (
    <section
      aria-label={areTwo ? `${t('composer.label')} #${detail.number}` : t('composer.label')}
      data-untouched={!hasBegun && draft.state === 'empty' ? '' : undefined}
      onFocus={() => { setWriting(true); setBegun(true); }} onBlur={(event) => setWriting(event.currentTarget.contains(event.relatedTarget))}
      className="group/composer relative mx-auto flex w-full max-w-[56rem] flex-col max-md:large-text:min-h-0 md:px-4 md:pb-4"
    >
      <div className={classes('flex flex-col border transition-colors duration-140 focus-within:shadow-float max-md:border-x-0 max-md:border-b-0 md:rounded-lg', 'max-md:large-text:[&:not(:has([role=listbox]))]:overflow-y-auto max-md:large-text:*:shrink-0', isNote ? 'border-honey bg-honey-soft' : 'border-line-strong/50 bg-surface')}>
        {draft.other && (
          <Banner tone="attention" icon="smartphone" className="md:rounded-t-lg" action={<><Button size="sm" onClick={() => settleDraft(detail.id, composer.mode, 'mine')}>{t('draft.keepMine')}</Button><Button size="sm" onClick={() => settleDraft(detail.id, composer.mode, 'theirs')}>{t('draft.takeOther')}</Button></>}>
            {t('draft.conflict', { at: formatClock(draft.other.updatedAt) })}
          </Banner>
        )}
        <div className="flex min-h-10 flex-wrap items-center gap-1 ps-2 pe-3 pt-1.5">
          <div role="group" aria-label={t('composer.kind')} data-scrolls-sideways="" className="flex max-w-full flex-wrap gap-0.5 max-md:large-text:flex-nowrap max-md:large-text:overflow-x-auto max-md:large-text:[scrollbar-width:none]">
            {shownTabs.map((one) => (
              <Tooltip key={one.tab} text={t(`composer.hint.${one.tab}`)} keys={one.command && firstKeys(one.command)} side="top">
                <button
                  type="button" aria-pressed={tab === one.tab} aria-keyshortcuts={one.command && ariaKeys(one.command)} onClick={write(one.tab)}
                  className={classes('flex h-7 items-center gap-1.5 rounded-md px-2 text-sm font-medium whitespace-nowrap transition-colors duration-120 max-md:h-9', tab === one.tab ? (isNote ? 'bg-honey text-surface' : 'bg-press text-ink') : 'text-ink-2 hover:bg-hover hover:text-ink')}
                >
                  <Icon name={one.icon} size={14} className="max-md:large-text:hidden" />
                  {t(`composer.tab.${one.tab}`)}
                </button>
              </Tooltip>
            ))}
          </div>
          {!isNote && !isForward && traits.isAddressed && !areAddressesOpen && !isFaultyAddress && (
            <button type="button" onClick={() => setAddressesOpen(true)} title={t('composer.changeRecipients')} className="flex h-7 max-w-full min-w-0 items-center gap-1 rounded-md px-2 text-sm text-ink-3 hover:bg-hover hover:text-ink max-md:large-text:group-data-untouched/composer:hidden">
              <span className="truncate">{t('message.to', { names: summary })}</span>
              <Icon name="pencil" size={12} />
            </button>
          )}
          {isNote && <span className="truncate px-2 text-sm text-honey">{t('composer.noteHint')}</span>}
        </div>
        {!isNote && (areAddressesOpen || isFaultyAddress || isForward) && <Suspense fallback={<div className="mt-1 h-[74px] border-y border-line" aria-busy="true" />}><RecipientLines key={tab} detail={detail} composer={composer} /></Suspense>}
        {isForward && <Suspense fallback={null}><ForwardHead original={original?.kind === 'message' ? original : undefined} composer={composer} /></Suspense>}
        <WritingField
          key={composer.mode} handle={field} caseId={detail.id} text={draft.content.text} html={draft.content.html} files={draft.content.attachments} isRich={isRich && !isPlain}
          onChange={(words) => {
            if (isNote && asksForName(draft.content.text, words.text)) setNaming('typed');
            composer.write(words);
          }}
          label={isForward ? t('composer.forwardLabel') : t(isNote ? 'composer.noteLabel' : 'composer.replyLabel', { name: detail.customer.name })}
          placeholder={isForward ? t('composer.forwardPlaceholder') : t(isNote ? 'composer.notePlaceholder' : 'composer.replyPlaceholder', { name: detail.customer.name })}
          onPictures={(pictures) => void composer.pictures.add(pictures, insertPicture)} onOtherFiles={(list) => uploads.add(list)} onSlash={() => setPicking(true)} onPickPicture={() => pictureFiles.current?.click()} onPlain={() => switchWriting(false)}
        />
        <input ref={pictureFiles} type="file" accept="image/png,image/jpeg,image/gif,image/webp" multiple hidden onChange={(event) => { if (event.target.files) void composer.pictures.add([...event.target.files], insertPicture); event.target.value = ''; }} />
        {composer.also && <AlsoLine actions={composer.also} onRemove={() => composer.setAlso(undefined)} />}
        <FileChips attachments={draft.content.attachments} uploads={uploads.uploads} onRemove={composer.removeAttachment} onDrop={uploads.drop} onRetry={uploads.retry} />
        {fault && <p role="alert" className="flex items-center gap-1.5 px-4 pb-1 text-sm text-clay"><Icon name="circle-alert" size={14} />{t(`composer.fault.${fault}`)}</p>}
        <footer className="flex items-center gap-1 ps-2 pe-2 pb-2 max-md:large-text:flex-wrap max-md:large-text:justify-end max-md:large-text:group-data-untouched/composer:hidden">
          <IconButton icon="paperclip" label={t('composer.attach')} side="top" onClick={() => files.current?.click()} />
          <input ref={files} type="file" multiple hidden onChange={(event) => { if (event.target.files) uploads.add(event.target.files); event.target.value = ''; }} />
          {isNote && <MentionPicker caseId={detail.id} isOpen={naming !== undefined} onOpenChange={(isOpen) => setNaming(isOpen ? 'button' : undefined)} onName={(name) => requestAnimationFrame(() => field.current?.insert({ text: `${naming === 'typed' ? '' : '@'}${name} `, html: null }))} />}
          <IconButton icon="message-square-text" label={t('macro.use')} keys={firstKeys('write.macro')} side="top" onClick={() => setPicking(true)} />
          {!isRich && !isPlain && <IconButton icon="type" label={t('rich.toRich')} side="top" onClick={() => switchWriting(true)} />}
          <DraftStateLine draft={draft} />
          <span className="grow" />
          {!isNote && !isForward && <SendMenu value={composer.status} onChange={composer.chooseStatus} />}
          {!isNote && !traits.isLive && <SendLater isOpen={isTiming} onOpenChange={setTiming} onChoose={send} trigger={<button type="button" aria-label={t('later.title')} data-tip={t('later.title')} data-tip-side="top" className={buttonLook('quiet', 'md', 'shrink-0 !px-2')}><Icon name="clock" size={16} /></button>} />}
          <button type="button" onClick={() => send()} aria-keyshortcuts={ariaKeys('write.send')} className={buttonLook(isNote ? 'note' : 'primary', 'md', 'shrink-0')}>
            {t(isNote ? 'composer.addNote' : 'command.write.send')}
            <span className="max-md:hidden"><Keys keys="Mod+Enter" tone="on-accent" /></span>
          </button>
        </footer>
      </div>
      {isPicking && <Suspense fallback={null}><MacroPicker caseId={detail.id} onPick={take} onClose={(typed) => { setPicking(false); if (typed) field.current?.insert({ text: typed, html: null }); else field.current?.back(); }} /></Suspense>}
      {composer.warnings.length > 0 && <Suspense fallback={null}><GuardDialog warnings={composer.warnings} onBack={() => { composer.thinkAgain(); setAddressesOpen(true); }} onSend={() => { composer.sendAnyway(); setAddressesOpen(false); }} /></Suspense>}
      {isOver && (
        <div className="pointer-events-none absolute inset-0 z-10 grid place-items-center md:px-4 md:pb-4">
          <div className="grid size-full place-items-center gap-1 rounded-lg border-2 border-dashed border-accent bg-accent-soft text-accent"><span className="flex items-center gap-2 font-medium"><Icon name="paperclip" size={20} />{t('composer.drop')}</span></div>
        </div>
      )}
    </section>
  );
}
