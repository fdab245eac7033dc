import type { Room } from '../../platform/room.ts';
import { answerByMail, noteAnswers } from './answer-by-mail.ts';
import { checkKeys } from './keys.ts';
import { chatDoor } from './live.ts';
import { routes } from './routes.ts';
import { clearLine, tidyVisitors } from './tidy.ts';

/** The chat channel: a panel on any web page on one side, the desk on the other. */
export const chat: Room = { routes, jobs: [tidyVisitors, clearLine, answerByMail] as never, listeners: [noteAnswers], services: () => [chatDoor()], checks: [checkKeys] };
