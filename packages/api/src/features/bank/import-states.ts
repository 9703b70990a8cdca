/**
 * A statement on its way: read, shown, posted. BACK_ASKED, TAKING_BACK and TAKEN_BACK are its way out of the books again, which
 * two persons go.
 */
export const IMPORT_STATES = [
  'PREVIEWING',
  'PREVIEWED',
  'REFUSED',
  'POSTING',
  'POSTED',
  'BACK_ASKED',
  'TAKING_BACK',
  'TAKEN_BACK',
  'DISCARDED',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** All of its lines stand in the books. */
export const POSTED_STATES: readonly ImportState[] = ['POSTED', 'BACK_ASKED'];

/** Some of its lines stand in the books, or will. */
export const BOOKED_STATES: readonly ImportState[] = ['POSTING', ...POSTED_STATES, 'TAKING_BACK'];

/** Somebody confirmed it once: it is no preview any more. */
export function wasConfirmed(state: ImportState): boolean {
  return BOOKED_STATES.includes(state) || state === 'TAKEN_BACK';
}
