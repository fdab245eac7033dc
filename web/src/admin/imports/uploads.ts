import type { ImportRun } from '@rapport/contract';
import { useSyncExternalStore } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { showTrouble } from '../../ui/toast.ts';
import { missingOf } from './import-words.ts';
import { importQuery, importsQuery } from './imports-query.ts';
import { uploadFiles, type NamedFile } from './upload-files.ts';

export interface Upload {
  files: readonly NamedFile[];
  sent: number;
  total: number;
  isMoving: boolean;
}

/** Uploads of this tab: they go on whatever page it shows, and those that broke off keep their files in hand. */
const uploads = new Map<string, Upload>();
const listeners = new Set<() => void>();

function put(importId: string, upload: Upload | undefined): void {
  if (upload) uploads.set(importId, upload);
  else uploads.delete(importId);
  window.removeEventListener('beforeunload', keepOpen);
  if ([...uploads.values()].some(({ isMoving }) => isMoving)) window.addEventListener('beforeunload', keepOpen);
  for (const listener of listeners) listener();
}

/** The browser asks before the tab goes: files that were chosen cannot be read by the next one. */
const keepOpen = (event: Event): void => event.preventDefault();

/** Sends what is missing of some files, then has them read through if nothing of them is in yet. */
export async function beginUpload(run: Pick<ImportRun, 'id' | 'state'>, files: readonly NamedFile[]): Promise<void> {
  const importId = run.id;
  if (uploads.get(importId)?.isMoving) return;
  const begun: Upload = { files, sent: 0, total: files.reduce((sum, { file }) => sum + file.size, 0), isMoving: true };
  put(importId, begun);
  try {
    await uploadFiles(importId, files, (sent) => put(importId, { ...begun, sent }));
    let now = await client.imports.get({ params: { importId } });
    if (now.state === 'uploading' && missingOf(now).length === 0) now = await client.imports.check({ params: { importId } });
    queryClient.setQueryData(importQuery(importId).queryKey, now);
    put(importId, undefined);
  } catch (error) {
    put(importId, { ...begun, isMoving: false });
    showTrouble(explain(error));
    void queryClient.invalidateQueries({ queryKey: importQuery(importId).queryKey });
  }
  void queryClient.invalidateQueries({ queryKey: importsQuery.queryKey });
}

export const useUpload = (importId: string): Upload | undefined => useSyncExternalStore((listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
}, () => uploads.get(importId));

/** Which of the chosen files are none of an import: another name, or another size. */
export const strangersTo = ({ files }: Pick<ImportRun, 'files'>, chosen: readonly NamedFile[]): NamedFile[] => chosen.filter(({ name, file }) => !files.some((each) => each.name === name && each.expectedBytes === file.size));
