import { useState } from 'react';
import { client } from '../../data/client.ts';
import type { Attachment } from '../../data/draft-state.ts';
import { explain } from '../../data/explain.ts';
import { showTrouble } from '../../ui/toast.ts';

/** Pictures on their way into the words. What has arrived belongs to the draft before it is shown, so that it is never lost. */
export function usePictures(caseId: string, onArrived: (picture: Attachment) => void) {
  const [busy, setBusy] = useState(0);
  async function add(files: readonly File[], insert: (picture: Attachment) => void): Promise<void> {
    setBusy((now) => now + files.length);
    // One after the other: they stand in the words in the order they were given.
    for (const file of files) {
      try {
        const picture = await client.cases.upload({ params: { caseId }, query: { filename: (file.name || 'picture.png').slice(0, 255), mediaType: file.type.slice(0, 100), inline: '1' }, body: file });
        onArrived(picture);
        if (picture.isInline) insert(picture);
      } catch (error) {
        showTrouble(explain(error));
      }
      setBusy((now) => now - 1);
    }
  }
  return { isBusy: busy > 0, add };
}
