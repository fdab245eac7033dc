/** The icons that are used, by their lucide names; vite/icons.ts makes the sprite of them. */
export const iconNames = [
  'archive', 'arrow-down', 'arrow-left', 'arrow-left-right', 'arrow-right', 'arrow-up', 'at-sign', 'badge-check', 'ban', 'bell', 'bell-off', 'bot', 'building-2', 'check', 'check-check', 'chevron-down', 'chevron-left', 'chevron-right',
  'chevron-up', 'chevrons-up', 'circle-alert', 'circle-check', 'circle-dashed', 'circle-dot', 'circle-pause', 'circle-user-round', 'clock', 'cloud-off', 'copy', 'corner-up-right', 'download', 'ellipsis', 'equal', 'eye', 'eye-off', 'file', 'file-archive',
  'file-image', 'file-spreadsheet', 'file-text', 'flag', 'git-merge', 'history', 'hourglass', 'image-off', 'inbox', 'info', 'keyboard', 'key-round', 'languages', 'layers', 'link', 'list-checks', 'loader-circle', 'lock', 'log-out', 'mail', 'mail-check', 'mail-question-mark',
  'mail-warning', 'mailbox', 'monitor', 'moon', 'palette', 'panel-right', 'paperclip', 'pause', 'pencil', 'pencil-line', 'phone', 'plus', 'refresh-cw', 'reply', 'reply-all', 'rotate-ccw', 'rows-3', 'scroll-text', 'search', 'search-x', 'send', 'send-horizontal',
  'server', 'settings', 'shield', 'shield-check', 'smartphone', 'smile', 'sparkles', 'split', 'sticky-note', 'sun', 'tag', 'trash-2', 'triangle-alert', 'undo-2', 'user-check', 'user-plus', 'user-round', 'user-x', 'users', 'webhook', 'wifi-off', 'x', 'zap',
  'bold', 'code', 'folder', 'heading', 'italic', 'list', 'list-ordered', 'message-square-text', 'messages-square', 'quote', 'redo-2', 'remove-formatting', 'table', 'type', 'upload', 'save', 'list-filter', 'columns-3', 'arrow-up-down', 'columns-2', 'panel-left',
] as const;

export type IconName = (typeof iconNames)[number];
