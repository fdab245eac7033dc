/** Puts a text into the clipboard. Says whether it worked: without HTTPS browsers only offer the old way, and some offer none. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.setAttribute('readonly', '');
    area.className = 'sr-only';
    // Inside an open dialog the focus cannot leave it, so the helper has to stand there as well.
    (document.querySelector('[role="dialog"]') ?? document.body).append(area);
    const before = document.activeElement;
    area.select();
    const isDone = document.execCommand('copy');
    area.remove();
    if (before instanceof HTMLElement) before.focus();
    return isDone;
  }
}
