/** Statements are posted while people work: the books are read again when they moved under the reading. */
const MOST_READINGS = 5;

/**
 * Reads until nothing has moved from before the reading to after it, so that what was read fits together. Null where the
 * books never stood still.
 */
export async function readUnmoved<Found>(
  position: () => Promise<number>,
  read: () => Promise<Found>,
): Promise<Found | null> {
  let before = await position();
  for (let reading = 1; reading <= MOST_READINGS; reading += 1) {
    const found = await read();
    const after = await position();
    if (after === before) return found;
    before = after;
  }
  return null;
}
