import { createContext } from 'react';

/** Where two parts of a page could both carry out a command, keys belong to the one that is being worked in. */
export const ActivePart = createContext(true);
