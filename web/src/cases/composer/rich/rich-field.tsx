import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState, type Ref } from 'react';
import type { Attachment } from '../../../data/draft-state.ts';
import { classes } from '../../../ui/classes.ts';
import type { FieldHandle, Words } from '../words.ts';
import { changeHost, leaveEditor, takeEditor, type Host } from './editors.ts';
import { isPlain } from './schema.ts';
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
  const content = html === null ? linesOf(text) : fromStored(html, caseId, files);
  /** What the editor has said last; anything else came from elsewhere and is taken over. */
  const said = useRef<Words>({ text, html });
  const host: Host = {
    label, placeholder, onPictures, onOtherFiles, onSlash,
    onUpdate(now) {
      const words = { text: now.getText({ blockSeparator: '\n' }), html: isPlain(now) ? null : toStored(now.getHTML()) };
      said.current = words;
      onChange(words);
    },
  };
  const [editor] = useState(() => takeEditor(content, host));
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    place.current?.append(editor.view.dom);
    if (isFocused) editor.commands.focus('end');
    // Out of the page it would not hear that the focus has gone.
    return () => editor.view.dom.blur();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when it takes its place
  }, [editor]);
  useEffect(() => () => leaveEditor(editor), [editor]);
  useLayoutEffect(() => changeHost(editor, host));
  useEffect(() => {
    if (said.current.text === text && said.current.html === html) return;
    said.current = { text, html };
    editor.commands.setContent(content, { emitUpdate: false });
  }, [editor, text, html, content]);
  useImperativeHandle(handle, () => ({
    focus: () => void editor.commands.focus('end'),
    back: () => void editor.commands.focus(),
    insert: (words) => void editor.chain().focus().insertContent(words.html === null ? (words.text.includes('\n') ? linesOf(words.text) : words.text) : fromStored(words.html, caseId, files)).run(),
    insertPicture: (file) => void editor.chain().focus().insertContent(pictureNode(caseId, file)).run(),
  }), [editor, caseId, files]);
  return (
    <>
      <div ref={place} className={classes(text === '' && html === null && 'is-empty')} />
      <Toolbar editor={editor} onPicture={onPickPicture} onPlain={onPlain} />
    </>
  );
}
