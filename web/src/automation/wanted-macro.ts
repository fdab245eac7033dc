let wanted: string | undefined;

/** Says which macro the list is opened for; it is taken as soon as the list is there. */
export function wantMacro(macroId: string): void {
  wanted = macroId;
}

/** What the list is opened for; asked once. */
export function takeWantedMacro(): string | undefined {
  const macroId = wanted;
  wanted = undefined;
  return macroId;
}
