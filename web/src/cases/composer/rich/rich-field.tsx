import { EditorContent, useEditor } from '@tiptap/react';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import type { Attachment } from '../../../data/draft-state.ts';
import { classes } from '../../../ui/classes.ts';
import type { FieldHandle, Words } from '../words.ts';
import { cleanPaste } from './clean-paste.ts';
import { extensions, isPlain } from './schema.ts';
import { fromStored, linesOf, pictureNode, toStored } from './stored-html.ts';
import { Toolbar } from './toolbar.tsx';

interface Props extends Words {
  handle: Ref<FieldHandle>;
  caseId: string;
  files: readonly Attachment[];
  label: string;
  placeholder: string;
  /** It takes over from the plain field, which had the focus. */
  isFocused: boolean;
  onChange: (words: Words) => void;
  onPictures: (files: File[]) => void;
  onOtherFiles: (files: FileList) => void;
  onSlash?: (() => void) | undefined;
  onPickPicture?: (() => void) | undefined;
  onPlain?: (() => void) | undefined;
}

/** Where words are written with formatting. Loaded beside the desk; until it is there the plain field takes the words. */
export function RichField({ handle, caseId, files, text, html, label, placeholder, isFocused, onChange, onPictures, onOtherFiles, onSlash, onPickPicture, onPlain }: Props) {
  const latest = useRef({ onChange, onPictures, onOtherFiles, onSlash });
  useEffect(() => {
    latest.current = { onChange, onPictures, onOtherFiles, onSlash };
  });
  const content = html === null ? linesOf(text) : fromStored(html, caseId, files);
  /** What the editor has said last; anything else came from elsewhere and is taken over. */
  const said = useRef<Words>({ text, html });
  const editor = useEditor({
    extensions, content, autofocus: isFocused ? 'end' : false, shouldRerenderOnTransaction: false,
    editorProps: {
      attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': label, 'data-placeholder': placeholder, dir: 'auto', spellcheck: 'true', class: 'rich min-h-16 max-h-[38vh] overflow-y-auto px-4 py-2 text-base outline-none' },
      transformPastedHTML: cleanPaste,
      handlePaste(_, event) {
        const pasted = event.clipboardData;
        // Office programs put a picture of the words beside the words.
        if (!pasted || pasted.files.length === 0 || pasted.types.includes('text/html')) return false;
        const pictures = [...pasted.files].filter((file) => file.type.startsWith('image/'));
        if (pictures.length === pasted.files.length) latest.current.onPictures(pictures);
        else latest.current.onOtherFiles(pasted.files);
        return true;
      },
      handleKeyDown(view, event) {
        if (!latest.current.onSlash || event.key !== '/' || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
        const { $from, empty } = view.state.selection;
        const before = $from.parent.textBetween(0, $from.parentOffset, ' ', ' ');
        if (!empty || (before !== '' && !/\s$/.test(before)) || $from.parent.type.name === 'codeBlock') return false;
        latest.current.onSlash();
        return true;
      },
    },
    onUpdate({ editor: now }) {
      const words = { text: now.getText({ blockSeparator: '\n' }), html: isPlain(now) ? null : toStored(now.getHTML()) };
      said.current = words;
      latest.current.onChange(words);
    },
  });
  useEffect(() => {
    if (said.current.text === text && said.current.html === html) return;
    said.current = { text, html };
    editor.commands.setContent(content, { emitUpdate: false });
  }, [editor, text, html, content]);
  useEffect(() => {
    const name = () => {
      editor.view.dom.setAttribute('aria-label', label);
      editor.view.dom.setAttribute('data-placeholder', placeholder);
    };
    // Drawn in the first breath of a page, the editor may get its place after this; until then it has no element.
    if (!editor.isDestroyed) name();
    editor.on('mount', name);
    return () => void editor.off('mount', name);
  }, [editor, label, placeholder]);
  useImperativeHandle(handle, () => ({
    focus: () => void editor.commands.focus('end'),
    back: () => void editor.commands.focus(),
    insert: (words) => void editor.chain().focus().insertContent(words.html === null ? (words.text.includes('\n') ? linesOf(words.text) : words.text) : fromStored(words.html, caseId, files)).run(),
    insertPicture: (file) => void editor.chain().focus().insertContent(pictureNode(caseId, file)).run(),
  }), [editor, caseId, files]);
  return (
    <>
      <EditorContent editor={editor} className={classes(text === '' && html === null && 'is-empty')} />
      <Toolbar editor={editor} onPicture={onPickPicture} onPlain={onPlain} />
    </>
  );
}
