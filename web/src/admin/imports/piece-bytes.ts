/** How many bytes one piece of an upload has; no more than the server takes at once. */
export const importPieceBytes = 8 * 1024 * 1024;
