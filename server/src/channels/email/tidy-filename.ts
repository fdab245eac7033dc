const MAX_LENGTH = 150;
// Of a longer name the end is what counts: it says what kind of file it is. The bound comes first, because each rule below reads the whole name, some of them again for every character.
const MOST_READ = 1_000;
const EXTENSIONS: Record<string, string> = {
  'message/rfc822': 'eml', 'message/delivery-status': 'txt', 'text/plain': 'txt', 'text/html': 'html', 'text/calendar': 'ics', 'text/csv': 'csv', 'image/jpeg': 'jpg', 'image/png': 'png', 'image/gif': 'gif',
  'image/webp': 'webp', 'application/pdf': 'pdf', 'application/json': 'json', 'application/zip': 'zip', 'application/ics': 'ics', 'application/pgp-signature': 'asc', 'application/pkcs7-signature': 'p7s',
};

/**
 * A name under which any system can save a file: no folders, no characters that mean something to a shell or a browser, no end that hides
 * what it is, at most 150 characters with the extension kept. Without a name, one is made from the kind of the file and its place.
 */
export function tidyFilename(name: string | null | undefined, mediaType: string, index: number): string {
  const tidy = (name ?? '')
    .slice(-MOST_READ)
    .replace(/^.*[/\\]/s, '')
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g, '')
    .replace(/[<>:"|?*]+/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  if (tidy === '') return `attachment-${index + 1}.${EXTENSIONS[mediaType] ?? 'bin'}`;
  if (tidy.length <= MAX_LENGTH) return tidy;
  const extension = /\.[^.]{1,10}$/.exec(tidy)?.[0] ?? '';
  return [...tidy].slice(0, MAX_LENGTH - extension.length).join('').slice(0, MAX_LENGTH - extension.length) + extension;
}
