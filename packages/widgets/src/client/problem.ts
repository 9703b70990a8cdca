/**
 * Why a request gave no answer. An expected refusal (sold out, over the limit …) is data and never one of these.
 * `offline`: nothing came back; `signed-out`: no valid token; `denied`: not this person's; `server`: anything else.
 */
export type ProblemKind = 'offline' | 'signed-out' | 'denied' | 'server';

export class ClientProblem extends Error {
  readonly kind: ProblemKind;
  /** What the person tells the help desk, so that the log line can be found. */
  readonly requestId: string | undefined;

  constructor(kind: ProblemKind, message: string, requestId?: string) {
    super(message);
    this.name = 'ClientProblem';
    this.kind = kind;
    this.requestId = requestId;
  }
}

/** True for the exception that a cancelled request throws: nobody waits for it any more, so nobody is told. */
export const isAbort = (reason: unknown): boolean => reason instanceof DOMException && reason.name === 'AbortError';

/** As `signal.throwIfAborted()`, which iOS knows since 15.4. */
export const stopIfAborted = (signal: AbortSignal): void => {
  if (signal.aborted) throw new DOMException('nobody waits for it any more', 'AbortError');
};

export const problemKind = (reason: unknown): ProblemKind => (reason instanceof ClientProblem ? reason.kind : 'server');
