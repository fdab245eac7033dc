/** A small list of our own: what is written to customers. The signs come from the reader's machine, nothing is loaded. */
export const emoji: Readonly<Record<string, string>> = {
  smile: '🙂', grin: '😀', joy: '😂', wink: '😉', blush: '😊', thinking: '🤔', sad: '🙁', cry: '😢', sweat: '😅', relieved: '😌', heart: '❤️', thumbsup: '👍', '+1': '👍', thumbsdown: '👎', '-1': '👎', clap: '👏', pray: '🙏', wave: '👋',
  ok: '👌', muscle: '💪', tada: '🎉', party: '🥳', gift: '🎁', rocket: '🚀', sparkles: '✨', star: '⭐', fire: '🔥', sun: '☀️', coffee: '☕', check: '✅', x: '❌', warning: '⚠️', info: 'ℹ️', question: '❓', bulb: '💡', lock: '🔒', key: '🔑',
  package: '📦', truck: '🚚', calendar: '📅', clock: '🕒', phone: '📞', mail: '✉️', link: '🔗', paperclip: '📎', euro: '💶', card: '💳', bug: '🐛', wrench: '🔧', eyes: '👀', bell: '🔔',
};
