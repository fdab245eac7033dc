import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { t, type PlainMessageId } from '../../../i18n/index.ts';
import { classes } from '../../../ui/classes.ts';
import type { IconName } from '../../../ui/icon-names.ts';
import { Icon } from '../../../ui/icon.tsx';
import { LinkField } from './link-field.tsx';

interface Tool {
  id: string;
  icon: IconName;
  label: PlainMessageId;
  /** Undefined: it is no state but a deed. */
  isOn?: (editor: Editor) => boolean;
  canRun?: (editor: Editor) => boolean;
  run: (editor: Editor) => void;
  startsGroup?: true;
}

const inTable = (editor: Editor) => editor.isActive('table');
const tools: readonly Tool[] = [
  { id: 'bold', icon: 'bold', label: 'rich.bold', isOn: (e) => e.isActive('bold'), run: (e) => e.chain().focus().toggleBold().run() },
  { id: 'italic', icon: 'italic', label: 'rich.italic', isOn: (e) => e.isActive('italic'), run: (e) => e.chain().focus().toggleItalic().run() },
  { id: 'heading', icon: 'heading', label: 'rich.heading', isOn: (e) => e.isActive('heading'), run: (e) => e.chain().focus().toggleHeading({ level: 3 }).run() },
  { id: 'bullets', icon: 'list', label: 'rich.bullets', startsGroup: true, isOn: (e) => e.isActive('bulletList'), run: (e) => e.chain().focus().toggleBulletList().run() },
  { id: 'numbers', icon: 'list-ordered', label: 'rich.numbers', isOn: (e) => e.isActive('orderedList'), run: (e) => e.chain().focus().toggleOrderedList().run() },
  { id: 'quote', icon: 'quote', label: 'rich.quote', isOn: (e) => e.isActive('blockquote'), run: (e) => e.chain().focus().toggleBlockquote().run() },
  { id: 'code', icon: 'code', label: 'rich.code', isOn: (e) => e.isActive('code') || e.isActive('codeBlock'), run: (e) => (e.state.selection.empty ? e.chain().focus().toggleCodeBlock().run() : e.chain().focus().toggleCode().run()) },
  { id: 'table', icon: 'table', label: 'rich.table', startsGroup: true, isOn: inTable, run: (e) => (inTable(e) ? e.chain().focus().deleteTable().run() : e.chain().focus().insertTable({ rows: 3, cols: 2, withHeaderRow: true }).run()) },
  { id: 'undo', icon: 'undo-2', label: 'rich.undo', startsGroup: true, canRun: (e) => e.can().undo(), run: (e) => e.chain().focus().undo().run() },
  { id: 'redo', icon: 'redo-2', label: 'rich.redo', canRun: (e) => e.can().redo(), run: (e) => e.chain().focus().redo().run() },
];

const look = 'grid size-7 shrink-0 place-items-center rounded-md text-ink-2 hover:bg-hover hover:text-ink aria-pressed:bg-press aria-pressed:text-ink aria-disabled:opacity-45 max-md:size-9';

/** A toolbar as ARIA means it: one stop for Tab, arrows go from tool to tool, Escape goes back to the words. */
export function Toolbar({ editor, onPicture, onPlain }: { editor: Editor; onPicture: (() => void) | undefined; onPlain: (() => void) | undefined }) {
  const bar = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const [isLinking, setLinking] = useState(false);
  const state = useEditorState({ editor, selector: ({ editor: now }) => ({ on: tools.map((tool) => tool.isOn?.(now) ?? false).join(), can: tools.map((tool) => tool.canRun?.(now) ?? true).join(), isLink: now.isActive('link') }) });
  const on = state.on.split(',').map((one) => one === 'true');
  const can = state.can.split(',').map((one) => one === 'true');

  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      editor.commands.focus();
      return;
    }
    const buttons = [...(bar.current?.querySelectorAll<HTMLButtonElement>('button') ?? [])];
    const forward = getComputedStyle(bar.current as Element).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? buttons.length - 1 : event.key === 'ArrowRight' || event.key === 'ArrowLeft' ? (at + (event.key === forward ? 1 : -1) + buttons.length) % buttons.length : undefined;
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
    buttons[next]?.focus();
  };
  const all: readonly (Tool & { isDisabled: boolean; pressed: boolean | undefined })[] = [
    ...tools.slice(0, 3).map((tool, index) => ({ ...tool, isDisabled: !can[index], pressed: on[index] })),
    { id: 'link', icon: 'link', label: 'rich.link', isDisabled: false, pressed: state.isLink, run: () => setLinking(true) },
    ...tools.slice(3, 8).map((tool, index) => ({ ...tool, isDisabled: !can[index + 3], pressed: on[index + 3] })),
    ...(onPicture ? [{ id: 'picture', icon: 'file-image', label: 'rich.picture', isDisabled: false, pressed: undefined, run: onPicture } as const] : []),
    ...tools.slice(8).map((tool, index) => ({ ...tool, isDisabled: !can[index + 8], pressed: undefined })),
    ...(onPlain ? [{ id: 'plain', icon: 'remove-formatting', label: 'rich.toPlain', isDisabled: false, pressed: undefined, startsGroup: true, run: onPlain } as const] : []),
  ];
  return (
    <>
      <div ref={bar} data-scrolls-sideways="" role="toolbar" aria-label={t('rich.toolbar')} onKeyDown={onKey} className="flex items-center gap-0.5 overflow-x-auto px-2 py-0.5 [scrollbar-width:none] max-md:large-text:group-data-untouched/composer:hidden">
        {all.map((tool, index) => (
          <button
            key={tool.id} type="button" tabIndex={index === at ? 0 : -1} aria-label={t(tool.label)} aria-pressed={tool.pressed} aria-disabled={tool.isDisabled || undefined} data-tip={t(tool.label)} data-tip-side="top"
            onFocus={() => setAt(index)} onMouseDown={(event) => event.preventDefault()} onClick={() => !tool.isDisabled && tool.run(editor)} className={classes(look, tool.startsGroup && 'ms-2')}
          >
            <Icon name={tool.icon} size={15} />
          </button>
        ))}
      </div>
      {isLinking && <LinkField editor={editor} onClose={() => { setLinking(false); editor.commands.focus(); }} />}
    </>
  );
}
