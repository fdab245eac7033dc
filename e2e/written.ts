import type { Locator } from 'playwright-core';

/** What stands in an editor, formatted or plain, line by line. */
export async function written(editor: Locator): Promise<string> {
  return editor.evaluate((element) => {
    const field = element as unknown as { value?: string; children: Iterable<{ textContent: string }> };
    return field.value ?? [...field.children].map((line) => line.textContent).join('\n');
  });
}
