import { useEffect, useImperativeHandle, useRef, useState, type ReactNode, type Ref, type RefObject } from 'react';
import type { Attachment } from '../../data/draft-state.ts';
import { fetchPart } from '../../data/lazy-part.ts';
import { isRichChosen } from '../../data/preferences.ts';
import type { RichField as LoadedField } from './rich/rich-field.tsx';
import type { FieldHandle, Words } from './words.ts';

/** Once it is here it is drawn without waiting: a field that is drawn anew in between would lose the caret. */
let RichField: typeof LoadedField | undefined;
const load = async (): Promise<void> => {
  RichField = (await fetchPart(() => import('./rich/rich-field.tsx'))).RichField;
};

interface Props extends Words {
  handle: Ref<FieldHandle>;
  caseId: string;
  files: readonly Attachment[];
  label: string;
  placeholder: string;
  isRich: boolean;
  onChange: (words: Words) => void;
  onPictures: (files: File[]) => void;
  onOtherFiles: (files: FileList) => void;
  /** A slash at the beginning of a word. */
  onSlash?: () => void;
  /** Left out: there are no pictures among these words. */
  onPickPicture?: () => void;
  /** Left out: these words are always formatted. */
  onPlain?: () => void;
}

/** The place for the words. It is there at once; formatting is loaded beside it and takes over when nobody is typing. */
export function WritingField({ isRich, ...props }: Props) {
  const [isReady, setReady] = useState(RichField !== undefined);
  const [hadFocus, setHadFocus] = useState(false);
  const plain = useRef<HTMLTextAreaElement>(null);
  const isComposing = useRef(false);
  useEffect(() => {
    if (!isRich || isReady) return undefined;
    let isGone = false;
    void load().then(() => {
      const take = () => {
        if (isGone) return;
        // Not under somebody's fingers: an input method would lose what it composes.
        if (isComposing.current) return void setTimeout(take, 500);
        setHadFocus(document.activeElement === plain.current);
        setReady(true);
      };
      take();
    }, () => undefined);
    return () => {
      isGone = true;
    };
  }, [isRich, isReady]);
  if (isRich && isReady && RichField) return <RichField {...props} isFocused={hadFocus} />;
  return <PlainField {...props} field={plain} onComposing={(is) => { isComposing.current = is; }} />;
}

type PlainProps = Omit<Props, 'isRich'> & { field: RefObject<HTMLTextAreaElement | null>; onComposing: (is: boolean) => void };

function PlainField({ handle, field, text, label, placeholder, onChange, onOtherFiles, onSlash, onComposing }: PlainProps): ReactNode {
  useImperativeHandle(handle, () => ({
    focus: () => {
      field.current?.focus();
      field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
    },
    back: () => field.current?.focus(),
    insert: (words) => {
      const element = field.current;
      if (!element) return;
      element.focus();
      // The one way to put text in that the browser's own undo knows of.
      document.execCommand('insertText', false, words.text);
    },
  }), [field]);
  return (
    <textarea
      ref={field} dir="auto" value={text} onChange={(event) => onChange({ text: event.target.value, html: null })} aria-label={label} placeholder={placeholder}
      onCompositionStart={() => onComposing(true)} onCompositionEnd={() => onComposing(false)}
      onKeyDown={(event) => {
        const { selectionStart, selectionEnd, value } = event.currentTarget;
        if (event.key !== '/' || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey || selectionStart !== selectionEnd || !onSlash || /\S$/.test(value.slice(0, selectionStart))) return;
        event.preventDefault();
        onSlash();
      }}
      onPaste={(event) => {
        if (event.clipboardData.files.length === 0 || event.clipboardData.types.includes('text/plain')) return;
        event.preventDefault();
        onOtherFiles(event.clipboardData.files);
      }}
      rows={2} spellCheck className="field-sizing-content max-h-[38vh] min-h-16 w-full resize-none bg-transparent px-4 py-2 text-base outline-none placeholder:text-ink-3"
    />
  );
}

/** So that it is there when somebody begins to write. It is the largest part of the workspace: ask for it when what is looked at has arrived. */
export function prepareWriting(): void {
  if (isRichChosen()) void load().catch(() => undefined);
}
