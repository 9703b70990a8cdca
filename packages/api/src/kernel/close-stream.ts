import { setTimeout as sleep } from 'node:timers/promises';

const CLOSE_WITHIN_MS = 1_000;

/**
 * Closes a change stream, without waiting for a server that has died: the driver would try to tell it for as long as it
 * looks for any server, and its reader, who wants to go on at the next one, would stand still meanwhile. Never rejects.
 */
export async function closeStream(stream: { close(): Promise<void> }): Promise<void> {
  await Promise.race([stream.close().catch(ignoreFailure), sleep(CLOSE_WITHIN_MS, undefined, { ref: false })]);
}

/** The server ends a cursor that nobody asks any more by itself. */
function ignoreFailure(): void {}
