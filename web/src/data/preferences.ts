/** Small choices of one person on one device. */
export const isContextShown = () => localStorage.getItem('rapport.context') !== 'hidden';
export const chooseContextShown = (isShown: boolean) => localStorage.setItem('rapport.context', isShown ? 'shown' : 'hidden');

/** How much of the room, in percent, the first of two cases beside each other takes. */
export const besideShare = () => Number(localStorage.getItem('rapport.beside') ?? 50) || 50;
export const chooseBesideShare = (percent: number) => localStorage.setItem('rapport.beside', String(percent));

/** How wide the list stands, in rem, so that it grows with the text. */
export const LIST_WIDTH = { least: 15, usual: 20, most: 36 };
export const listWidth = () => Number(localStorage.getItem('rapport.list-width')) || LIST_WIDTH.usual;
export function chooseListWidth(rem: number): void {
  localStorage.setItem('rapport.list-width', String(rem));
  document.documentElement.style.setProperty('--list-width', `${rem}rem`);
}

/** Whether the list stands beside an open case. */
export const isListShown = () => localStorage.getItem('rapport.list') !== 'hidden';
export const chooseListShown = (isShown: boolean) => localStorage.setItem('rapport.list', isShown ? 'shown' : 'hidden');

export type AfterSend = 'open' | 'pending' | 'on_hold' | 'resolved';
/** The status a case gets with a reply, as last chosen. */
export const afterSend = () => (localStorage.getItem('rapport.after-send') ?? 'pending') as AfterSend;
export const chooseAfterSend = (status: AfterSend) => localStorage.setItem('rapport.after-send', status);

export const listOrder = () => (localStorage.getItem('rapport.order') === 'oldest' ? 'oldest' : 'newest') as 'newest' | 'oldest';
export const chooseListOrder = (order: 'newest' | 'oldest') => localStorage.setItem('rapport.order', order);

/** Whether this agent writes with formatting; plain words otherwise. */
export const isRichChosen = () => localStorage.getItem('rapport.writing') !== 'plain';
export const chooseRich = (isRich: boolean) => localStorage.setItem('rapport.writing', isRich ? 'rich' : 'plain');
