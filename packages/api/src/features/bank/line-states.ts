/** Where a line of a statement stands; the store's documents and the rules of its totals know the same four. */
export const LINE_STATES = ['OPEN', 'SUGGESTED', 'MATCHED', 'IGNORED'] as const;
export type LineState = (typeof LINE_STATES)[number];
