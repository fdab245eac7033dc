const isPlainWrapper = (element: Element) => element.tagName === 'B' && /font-weight:\s*normal/i.test(element.getAttribute('style') ?? '');

/** Word writes list items as paragraphs that begin with a sign; they become lists again. */
function mendWordLists(body: HTMLElement): void {
  let list: HTMLElement | undefined;
  for (const paragraph of [...body.querySelectorAll<HTMLElement>('p[style*="mso-list"], p.MsoListParagraph, p.MsoListParagraphCxSpFirst, p.MsoListParagraphCxSpMiddle, p.MsoListParagraphCxSpLast')]) {
    const text = paragraph.textContent ?? '';
    const sign = /^\s*(?:([·•o§\u00b7\uf0b7-])|(?:\d+|[a-z])[.)])\s+/.exec(text);
    if (!sign) continue;
    for (const mark of paragraph.querySelectorAll('[style*="mso-list:Ignore" i]')) mark.remove();
    const kind = sign[1] === undefined ? 'ol' : 'ul';
    const before = paragraph.previousElementSibling;
    if (!list || before !== list || list.tagName.toLowerCase() !== kind) {
      list = document.createElement(kind);
      paragraph.before(list);
    }
    const item = document.createElement('li');
    item.innerHTML = paragraph.innerHTML;
    if (item.textContent === text) item.textContent = text.slice(sign[0].length);
    list.append(item);
    paragraph.remove();
  }
}

/** What the clipboard of Word, Google Docs or a web page holds, with nothing but what our schema knows. The schema drops what is left; the server has the last word. */
export function cleanPaste(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  // Pictures are pasted as files; addresses of pictures elsewhere would tell others when and where a mail is read.
  for (const element of body.querySelectorAll('style, script, meta, link, title, xml, img:not([data-cid]), svg, iframe, object, button, input, select, textarea')) element.remove();
  for (const element of [...body.querySelectorAll('*')]) if (element.tagName.includes(':') || isPlainWrapper(element)) element.replaceWith(...element.childNodes);
  mendWordLists(body);
  for (const element of body.querySelectorAll('*')) {
    if (/^H[1-6]$/.test(element.tagName)) element.replaceWith(Object.assign(document.createElement(/^H[12]$/.test(element.tagName) ? 'h3' : 'h4'), { innerHTML: element.innerHTML }));
  }
  const comments = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const found: Node[] = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const comment of found) comment.parentNode?.removeChild(comment);
  return body.innerHTML;
}
