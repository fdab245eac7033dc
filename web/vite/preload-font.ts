import type { Plugin } from 'vite';

/** Asks for the text face together with the scripts, so that the first words are set in it and nothing jumps when it arrives. */
export function preloadFont(nameStart: string): Plugin {
  return {
    name: 'rapport-preload-font',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, context) {
        const file = Object.keys(context.bundle ?? {}).find((name) => name.includes(nameStart) && name.endsWith('.woff2'));
        if (!file) throw new Error(`No font "${nameStart}" among the built files`);
        return [{ tag: 'link', attrs: { rel: 'preload', href: `/${file}`, as: 'font', type: 'font/woff2', crossorigin: '' }, injectTo: 'head-prepend' }];
      },
    },
  };
}
