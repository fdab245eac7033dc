import type { ChatFile } from '@rapport/contract';
import { useEffect, useState } from 'preact/hooks';
import { isPicture, type Deeds } from './conversation.ts';
import type { Words } from './words.ts';

/** Pictures are shown; everything else can be saved. */
export function Files({ files, isMine, words, open }: { files: readonly ChatFile[]; isMine: boolean; words: Words; open: Deeds['open'] }) {
  return <>{files.map((file) => (isPicture(file.mediaType) ? <Picture key={file.id} file={file} isMine={isMine} words={words} open={open} /> : <Saved key={file.id} file={file} isMine={isMine} open={open} />))}</>;
}

interface One {
  file: ChatFile;
  isMine: boolean;
  open: Deeds['open'];
}

function Picture({ file, isMine, words, open }: One & { words: Words }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    let [isGone, made]: [boolean, string | undefined] = [false, undefined];
    open(file).then((url) => {
      made = url;
      if (isGone) URL.revokeObjectURL(url);
      else setAddress(url);
    }, () => undefined);
    return () => {
      isGone = true;
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [file, open]);
  if (address === undefined) return <Saved file={file} isMine={isMine} open={open} />;
  return <a class={isMine ? 'picture mine-side' : 'picture'} href={address} target="_blank" rel="noopener" download={file.filename} aria-label={`${words.save} ${file.filename}`}><img src={address} alt={file.filename} /></a>;
}

function Saved({ file, isMine, open }: One) {
  const save = async () => {
    const link = document.createElement('a');
    link.href = await open(file);
    link.download = file.filename;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  return <button type="button" class={isMine ? 'file mine-side' : 'file'} onClick={() => void save().catch(() => undefined)}><Clip /><bdi>{file.filename}</bdi> <span>{sizeOf(file.bytes)}</span></button>;
}

export const Clip = () => <svg viewBox="0 0 24 24" aria-hidden="true"><path d="m21 11-8.6 8.6a5.6 5.6 0 0 1-8-8L13 3a3.7 3.7 0 0 1 5.3 5.3l-8.6 8.6a1.9 1.9 0 0 1-2.7-2.7l8-7.9" /></svg>;

const sizeOf = (bytes: number): string => (bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);
