import { useEffect, useRef, useState } from 'react';
import { client } from '../../data/client.ts';
import type { Attachment, DraftMode } from '../../data/draft-state.ts';
import { explain } from '../../data/explain.ts';
import { t } from '../../i18n/index.ts';

const MAX_BYTES = 25 * 1024 * 1024;

export interface Upload {
  key: number;
  name: string;
  bytes: number;
  file: File;
  /** Why it did not work; still on its way without. */
  fault?: string;
}

let nextKey = 1;

/** Files on their way to the server. What has arrived is handed over and belongs to the draft; what failed stays with its reason and can be tried again. */
export function useUploads(caseId: string, mode: DraftMode, onArrived: (mode: DraftMode, attachment: Attachment) => void) {
  const [uploads, setUploads] = useState<readonly (Upload & { mode: DraftMode })[]>([]);
  const arrived = useRef(onArrived);
  useEffect(() => {
    arrived.current = onArrived;
  });

  const drop = (key: number) => setUploads((now) => now.filter((one) => one.key !== key));
  const fail = (key: number, fault: string) => setUploads((now) => now.map((one) => (one.key === key ? { ...one, fault } : one)));

  async function send(upload: Upload & { mode: DraftMode }): Promise<void> {
    if (upload.bytes > MAX_BYTES) return fail(upload.key, t('upload.tooLarge'));
    try {
      const attachment = await client.cases.upload({ params: { caseId }, query: { filename: upload.name.slice(0, 255), mediaType: (upload.file.type || 'application/octet-stream').slice(0, 100) }, body: upload.file });
      drop(upload.key);
      arrived.current(upload.mode, attachment);
    } catch (error) {
      fail(upload.key, explain(error));
    }
  }

  function add(files: Iterable<File>): void {
    const added = [...files].map((file) => ({ key: nextKey++, name: file.name || t('upload.pasted'), bytes: file.size, file, mode }));
    setUploads((now) => [...now, ...added]);
    for (const upload of added) void send(upload);
  }

  return {
    uploads: uploads.filter((one) => one.mode === mode),
    isBusy: uploads.some((one) => one.mode === mode && one.fault === undefined),
    add,
    drop,
    retry: (key: number) => {
      const upload = uploads.find((one) => one.key === key);
      if (!upload) return;
      const { fault: _, ...again } = upload;
      setUploads((now) => now.map((one) => (one.key === key ? again : one)));
      void send(again);
    },
  };
}
