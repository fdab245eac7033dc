import type { Attachment } from '../../../data/draft-state.ts';

const parse = (html: string) => new DOMParser().parseFromString(html, 'text/html').body;
const isParagraph = (node: Element | null): node is HTMLParagraphElement => node?.tagName === 'P';
const pictureAddress = (caseId: string, file: Attachment) => `/api/v1/cases/${caseId}/attachments/${file.id}?inline=1`;

/**
 * What stands in the editor, as it is kept and sent. In the editor each line is a paragraph, as a writer thinks of Enter; in a mail paragraphs stand apart, so lines
 * become one paragraph with breaks and an empty line parts two. Pictures get the name under which they travel.
 */
export function toStored(html: string): string {
  const body = parse(html);
  for (const picture of body.querySelectorAll('img[data-cid]')) picture.replaceWith(Object.assign(document.createElement('img'), { src: `cid:${picture.getAttribute('data-cid') ?? ''}`, alt: picture.getAttribute('alt') ?? '' }));
  const out: string[] = [];
  let lines: string[] = [];
  const flush = () => {
    if (lines.length > 0) out.push(`<p>${lines.join('<br>')}</p>`);
    lines = [];
  };
  for (const block of body.children) {
    if (isParagraph(block) && block.childNodes.length > 0) lines.push(block.innerHTML);
    else {
      flush();
      if (!isParagraph(block)) out.push(block.outerHTML);
    }
  }
  flush();
  return out.join('');
}

/** The way back. Pictures come from our server, with the session of whoever writes; those that are gone are left out. */
export function fromStored(html: string, caseId: string, files: readonly Attachment[]): string {
  const body = parse(html);
  for (const picture of body.querySelectorAll('img')) {
    const contentId = /^cid:(.+)$/.exec(picture.getAttribute('src') ?? '')?.[1];
    const file = files.find((one) => one.contentId === contentId);
    if (!file || contentId === undefined) picture.remove();
    else {
      picture.setAttribute('src', pictureAddress(caseId, file));
      picture.setAttribute('data-cid', contentId);
    }
  }
  const out: string[] = [];
  let isAfterParagraph = false;
  for (const block of body.children) {
    if (!isParagraph(block)) out.push(block.outerHTML);
    else {
      if (isAfterParagraph) out.push('<p></p>');
      let line = '';
      for (const node of block.childNodes) {
        if (node instanceof HTMLBRElement) {
          out.push(`<p>${line}</p>`);
          line = '';
        } else line += node instanceof Element ? node.outerHTML : escapeText(node.textContent ?? '');
      }
      out.push(`<p>${line}</p>`);
    }
    isAfterParagraph = isParagraph(block);
  }
  return out.join('');
}

const escapeText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Plain text as the editor holds it: a paragraph for each line. */
export const linesOf = (text: string): string => text.split('\n').map((line) => `<p>${escapeText(line)}</p>`).join('');

export const pictureNode = (caseId: string, file: Attachment) => ({ type: 'image', attrs: { src: pictureAddress(caseId, file), alt: file.filename, 'data-cid': file.contentId } });
