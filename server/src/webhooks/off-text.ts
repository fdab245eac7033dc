// A name is somebody's own words; in a subject it must stay on one line.
const line = (text: string) => text.replace(/\s+/g, ' ').trim();

/** The mail that tells that an endpoint was turned off. */
export function offText(locale: 'en' | 'de', about: { name: string; isGone: boolean }): { subject: string; text: string } {
  const name = line(about.name);
  if (locale === 'de') {
    const why = about.isGone ? 'Der Empfänger sagt, dass es ihn nicht mehr gibt.' : 'Der Empfänger hat drei Tage lang nichts angenommen.';
    return { subject: `Webhook ausgeschaltet: ${name}`, text: `Guten Tag,\n\nder Webhook „${name}“ wurde ausgeschaltet. ${why}\n\nUnter Einstellungen, Webhooks sehen Sie die letzten Versuche und schalten ihn wieder ein. Was inzwischen geschieht, wird ihm nicht nachgereicht.\n` };
  }
  const why = about.isGone ? 'The receiver says that it is gone for good.' : 'The receiver has taken nothing for three days.';
  return { subject: `Webhook turned off: ${name}`, text: `Hello,\n\nthe webhook “${name}” was turned off. ${why}\n\nUnder Settings, Webhooks you see the last tries and turn it on again. What happens in the meantime is not told afterwards.\n` };
}
