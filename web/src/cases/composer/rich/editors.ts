import { createDocument, Editor, type Content } from '@tiptap/core';
import { EditorState } from '@tiptap/pm/state';
import { cleanPaste } from './clean-paste.ts';
import { extensions } from './schema.ts';

/** Who has an editor at the moment: what it is called, and what becomes of what is done in it. */
export interface Host {
  label: string;
  placeholder: string;
  onUpdate: (editor: Editor) => void;
  onPictures: (files: File[]) => void;
  onOtherFiles: (files: FileList) => void;
  onSlash?: (() => void) | undefined;
}

// Two take turns: the next case is drawn before the one before it goes. Making one anew for each case was an eighth of what opening a case costs.
const MOST_IDLE = 2;
const idle: Editor[] = [];
const seats = new WeakMap<Editor, { host?: Host }>();

/** An editor with these words and no history; give it back with `leaveEditor`. Its element (`editor.view.dom`) is put where it is wanted by whoever takes it. */
export function takeEditor(content: Content, host: Host): Editor {
  const editor = idle.pop() ?? makeEditor();
  seatOf(editor).host = host;
  editor.view.updateState(EditorState.create({ doc: createDocument(content, editor.schema), plugins: editor.state.plugins }));
  return editor;
}

export function leaveEditor(editor: Editor): void {
  delete seatOf(editor).host;
  editor.view.dom.remove();
  if (idle.length < MOST_IDLE) idle.push(editor);
  else editor.destroy();
}

/** Whoever has it is drawn anew with other words for it. */
export function changeHost(editor: Editor, host: Host): void {
  seatOf(editor).host = host;
  for (const [name, value] of Object.entries(namesOf(host))) editor.view.dom.setAttribute(name, value);
}

function seatOf(editor: Editor): { host?: Host } {
  const seat = seats.get(editor);
  if (!seat) throw new Error('Not an editor of ours.');
  return seat;
}

const namesOf = (host: Host | undefined) => ({ 'aria-label': host?.label ?? '', 'data-placeholder': host?.placeholder ?? '' });

function makeEditor(): Editor {
  // Asked for before there is an editor, too: it is given its attributes while it is made.
  const seat: { host?: Host } = {};
  const editor: Editor = new Editor({
    element: document.createElement('div'), extensions,
    editorProps: {
      attributes: () => ({ role: 'textbox', 'aria-multiline': 'true', ...namesOf(seat.host), dir: 'auto', spellcheck: 'true', class: 'rich min-h-16 max-h-[38vh] overflow-y-auto px-4 py-2 text-base outline-none' }),
      transformPastedHTML: cleanPaste,
      handlePaste(_, event) {
        const pasted = event.clipboardData;
        // Office programs put a picture of the words beside the words.
        if (!pasted || pasted.files.length === 0 || pasted.types.includes('text/html')) return false;
        const pictures = [...pasted.files].filter((file) => file.type.startsWith('image/'));
        if (pictures.length === pasted.files.length) seat.host?.onPictures(pictures);
        else seat.host?.onOtherFiles(pasted.files);
        return true;
      },
      handleKeyDown(view, event) {
        const onSlash = seat.host?.onSlash;
        if (!onSlash || event.key !== '/' || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
        const { $from, empty } = view.state.selection;
        const before = $from.parent.textBetween(0, $from.parentOffset, ' ', ' ');
        if (!empty || (before !== '' && !/\s$/.test(before)) || $from.parent.type.name === 'codeBlock') return false;
        onSlash();
        return true;
      },
    },
    onUpdate: () => seat.host?.onUpdate(editor),
  });
  seats.set(editor, seat);
  return editor;
}
