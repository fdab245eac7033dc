import type { PlainMessageId } from '../i18n/index.ts';
import type { IconName } from '../ui/icon-names.ts';

/** Where a command belongs on the cheat sheet and in the palette. It runs while a component that handles it is on the screen. */
export const groups = ['go', 'list', 'case', 'write', 'view'] as const;
export type CommandGroup = (typeof groups)[number];

export interface CommandInfo {
  message: PlainMessageId;
  group: CommandGroup;
  /**
   * `j`, `?` (matched against `event.key`, so it is where the keyboard layout puts it), `g m` (one after the other), `Mod+Enter` (Ctrl, or ⌘ on a Mac).
   * Never Alt with a letter: browsers open menus with it and many layouts type signs with it.
   */
  keys?: readonly string[];
  icon?: IconName;
  /** Also while a field has the focus; only for keys with Mod, or Escape. */
  whileTyping?: boolean;
  /** Too small a step for the palette. */
  isPaletteHidden?: boolean;
}

/** Everything that can be done by key or from the palette. One place: keys, palette, cheat sheet and `aria-keyshortcuts` are made from it. */
export const catalogue = {
  'app.palette': { message: 'command.palette', group: 'go', keys: ['Mod+k'], whileTyping: true, isPaletteHidden: true },
  'app.search': { message: 'command.search', group: 'go', keys: ['/'], icon: 'search' },
  'go.case': { message: 'command.go.case', group: 'go', keys: ['g c'], icon: 'arrow-right' },
  'app.keys': { message: 'command.keys', group: 'go', keys: ['?'], icon: 'keyboard' },
  'app.notifications': { message: 'command.notifications', group: 'go', keys: ['g b'], icon: 'bell' },
  'app.undo': { message: 'command.undo', group: 'go', keys: ['z', 'u'], icon: 'undo-2' },
  'app.signOut': { message: 'command.signOut', group: 'go', icon: 'log-out' },
  'go.mine': { message: 'command.go.mine', group: 'go', keys: ['g m'], icon: 'inbox' },
  'go.unassigned': { message: 'command.go.unassigned', group: 'go', keys: ['g u'], icon: 'user-round' },
  'go.open': { message: 'command.go.open', group: 'go', keys: ['g a'], icon: 'layers' },
  'go.pending': { message: 'command.go.pending', group: 'go', keys: ['g p'], icon: 'hourglass' },
  'go.onHold': { message: 'command.go.onHold', group: 'go', keys: ['g h'], icon: 'circle-pause' },
  'go.snoozed': { message: 'command.go.snoozed', group: 'go', keys: ['g z'], icon: 'clock' },
  'go.resolved': { message: 'command.go.resolved', group: 'go', keys: ['g r'], icon: 'circle-check' },
  'go.mentions': { message: 'command.go.mentions', group: 'go', keys: ['g n'], icon: 'at-sign' },
  'go.ledger': { message: 'command.go.ledger', group: 'go', keys: ['g l'], icon: 'scroll-text' },
  'go.wall': { message: 'command.go.wall', group: 'go', keys: ['g w'], icon: 'monitor' },
  'go.settings': { message: 'command.go.settings', group: 'go', keys: ['g s'], icon: 'settings' },
  'go.account': { message: 'command.go.account', group: 'go', icon: 'circle-user-round' },
  'offer.accept': { message: 'command.offer.accept', group: 'go', keys: ['Mod+.'], whileTyping: true, icon: 'check' },
  'offer.decline': { message: 'command.offer.decline', group: 'go', keys: ['D'] },
  'presence.choose': { message: 'command.presence', group: 'go', keys: ['h'], icon: 'circle-dashed' },
  'presence.available': { message: 'command.presence.available', group: 'go', keys: ['H'], icon: 'circle-check' },
  'presence.longer': { message: 'command.presence.longer', group: 'go', icon: 'hourglass' },
  'work.next': { message: 'command.work.next', group: 'go', keys: ['N'], icon: 'arrow-right' },
  'work.done': { message: 'command.work.done', group: 'case', keys: ['d'], icon: 'check-check' },
  'list.next': { message: 'command.list.next', group: 'list', keys: ['j'], isPaletteHidden: true },
  'list.previous': { message: 'command.list.previous', group: 'list', keys: ['k'], isPaletteHidden: true },
  'list.open': { message: 'command.list.open', group: 'list', keys: ['o', 'Enter'], isPaletteHidden: true },
  'list.order': { message: 'command.list.order', group: 'list' },
  'list.filter': { message: 'command.list.filter', group: 'list', keys: ['F'], icon: 'list-filter' },
  'list.saveView': { message: 'command.list.saveView', group: 'list', keys: ['V'], icon: 'save' },
  'case.create': { message: 'command.case.create', group: 'list', keys: ['c'], icon: 'plus' },
  'case.back': { message: 'command.case.back', group: 'case', keys: ['q'], icon: 'arrow-left', isPaletteHidden: true },
  'case.resolve': { message: 'command.case.resolve', group: 'case', keys: ['e'], icon: 'check' },
  'case.takeIt': { message: 'command.case.takeIt', group: 'case', keys: ['i'], icon: 'user-check' },
  'case.assign': { message: 'command.case.assign', group: 'case', keys: ['a'], icon: 'user-plus' },
  'case.team': { message: 'command.case.team', group: 'case', keys: ['m'], icon: 'users' },
  'case.snooze': { message: 'command.case.snooze', group: 'case', keys: ['b'], icon: 'clock' },
  'case.tag': { message: 'command.case.tag', group: 'case', keys: ['t'], icon: 'tag' },
  'case.priority': { message: 'command.case.priority', group: 'case', keys: ['p'], icon: 'flag' },
  'case.status': { message: 'command.case.status', group: 'case', keys: ['s'], icon: 'circle-dot' },
  'case.merge': { message: 'command.case.merge', group: 'case', keys: ['M'], icon: 'git-merge' },
  'case.split': { message: 'command.case.split', group: 'case', keys: ['S'], icon: 'split' },
  'case.link': { message: 'command.case.link', group: 'case', keys: ['L'], icon: 'link' },
  'case.spam': { message: 'command.case.spam', group: 'case', keys: ['!'], icon: 'ban' },
  'case.delete': { message: 'command.case.delete', group: 'case', keys: ['#'], icon: 'trash-2' },
  'case.restore': { message: 'command.case.restore', group: 'case', icon: 'rotate-ccw' },
  'case.follow': { message: 'command.case.follow', group: 'case', keys: ['w'], icon: 'eye' },
  'list.select': { message: 'command.list.select', group: 'list', keys: ['x'], icon: 'list-checks', isPaletteHidden: true },
  'list.selectAll': { message: 'command.list.selectAll', group: 'list', keys: ['X'], icon: 'list-checks' },
  'case.copyLink': { message: 'command.case.copyLink', group: 'case', icon: 'link' },
  'case.context': { message: 'command.case.context', group: 'case', keys: ['.'], icon: 'panel-right' },
  'case.beside': { message: 'command.case.beside', group: 'case', keys: ['v'], icon: 'columns-2' },
  'case.otherPane': { message: 'command.case.otherPane', group: 'case', keys: ['y'], icon: 'arrow-left-right' },
  'write.reply': { message: 'command.write.reply', group: 'write', keys: ['r'], icon: 'reply' },
  'write.replyAll': { message: 'command.write.replyAll', group: 'write', keys: ['R'], icon: 'reply-all' },
  'write.forward': { message: 'command.write.forward', group: 'write', keys: ['f'], icon: 'corner-up-right' },
  'write.note': { message: 'command.write.note', group: 'write', keys: ['n'], icon: 'sticky-note' },
  'write.macro': { message: 'command.write.macro', group: 'write', keys: [';'], icon: 'message-square-text' },
  'write.send': { message: 'command.write.send', group: 'write', keys: ['Mod+Enter'], whileTyping: true, icon: 'send-horizontal' },
  'write.leave': { message: 'command.write.leave', group: 'write', keys: ['Escape'], whileTyping: true, isPaletteHidden: true },
  'view.theme': { message: 'command.view.theme', group: 'view', icon: 'moon' },
  'view.list': { message: 'command.view.list', group: 'view', keys: ['l'], icon: 'panel-left' },
  'view.density': { message: 'command.view.density', group: 'view', icon: 'rows-3' },
} as const satisfies Record<string, CommandInfo>;

export type CommandId = keyof typeof catalogue;
export const commandIds = Object.keys(catalogue) as CommandId[];
export const commandInfo = (id: CommandId): CommandInfo => catalogue[id];
