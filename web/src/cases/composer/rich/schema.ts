import { Extension, InputRule, type Editor } from '@tiptap/core';
import Image from '@tiptap/extension-image';
import { TableKit } from '@tiptap/extension-table';
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import StarterKit from '@tiptap/starter-kit';
import { emoji } from './emoji.ts';

/** `:tada:` becomes its sign as soon as it is closed. */
const EmojiByName = Extension.create({
  name: 'emojiByName',
  addInputRules: () => [
    new InputRule({
      find: /:([a-z0-9+_-]{1,20}):$/,
      handler: ({ state, range, match }) => {
        const sign = emoji[match[1] ?? ''];
        if (sign) state.tr.insertText(sign, range.from, range.to);
      },
    }),
  ],
});

const VARIABLE = /\{\{[^{}]{1,60}\}\}/g;

/** Marks what still has to be filled in, so that nobody sends braces. */
const OpenVariables = Extension.create({
  name: 'openVariables',
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        decorations({ doc }) {
          const found: Decoration[] = [];
          doc.descendants((node, position) => {
            if (node.isText) for (const match of (node.text ?? '').matchAll(VARIABLE)) found.push(Decoration.inline(position + match.index, position + match.index + match[0].length, { class: 'open-variable' }));
          });
          return DecorationSet.create(doc, found);
        },
      },
    }),
  ],
});

const Picture = Image.extend({
  addAttributes() {
    return { src: {}, alt: { default: '' }, 'data-cid': { default: null } };
  },
  parseHTML: () => [{ tag: 'img[data-cid]' }],
});

/** What can stand in a message. The server keeps the same and nothing more. */
export const extensions = [
  StarterKit.configure({ heading: { levels: [3, 4] }, link: { openOnClick: false, autolink: true, linkOnPaste: true, defaultProtocol: 'https', HTMLAttributes: { target: null, rel: null } } }),
  TableKit.configure({ table: { resizable: false } }),
  Picture, EmojiByName, OpenVariables,
];

interface JsonNode {
  type?: string;
  text?: string;
  marks?: { type: string; attrs?: Record<string, unknown> }[];
  content?: JsonNode[];
}

const isPlainNode = (node: JsonNode): boolean =>
  ['doc', 'paragraph', 'text', 'hardBreak'].includes(node.type ?? '')
  && (node.marks ?? []).every((mark) => mark.type === 'link' && [`${node.text}`, `https://${node.text}`, `mailto:${node.text}`].includes(String(mark.attrs?.['href'])))
  && (node.content ?? []).every(isPlainNode);

/** Whether it could have been written without formatting; then it is sent as plain text, as before. An address that became a link by itself is none. */
export const isPlain = (editor: Editor) => isPlainNode(editor.getJSON() as JsonNode);
