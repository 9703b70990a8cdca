/** Milliseconds since the epoch, UTC. Time always comes in through the context, so that a test can own it. */
export type Clock = () => number;

/** The machine's clock: the one place of the server that reads it. */
export const systemClock: Clock = () => Date.now();
