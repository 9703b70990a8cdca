/**
 * Commands that arrive together commit together. The journal's disk flush costs the same for one document as for sixty;
 * while one group is being written the next one gathers. An answer is given only after its group's commit.
 */
export interface GroupCommit<Command, Answer> {
  /** Waits for the group that takes this command; rejects only when the write itself failed. */
  submit(command: Command): Promise<Answer>;
  /** Resolves when nothing waits and nothing is being written. */
  drain(): Promise<void>;
  /** How many commands wait for a group. */
  waitingCount(): number;
}

export interface GroupCommitOptions<Command, Answer> {
  /** The most commands in one write. Bounds the transaction's size and the time a neighbour waits. */
  readonly maxGroup: number;
  /** The most commands that may wait. Beyond it `submit` rejects at once: a queue without a bound hides an outage. */
  readonly maxWaiting: number;
  /** How many groups may be written at a time. One where groups share documents: two would only conflict. */
  readonly lanes: number;
  /** Writes one group; the answers in the order of the commands. A refusal is an answer, not an error. */
  readonly commit: (commands: readonly Command[]) => Promise<readonly Answer[]>;
}

interface Waiting<Command, Answer> {
  readonly command: Command;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/** `submit` rejected a command because too many wait: nothing was written, the caller may try again later. */
export class TooBusyError extends Error {
  override readonly name = 'TooBusyError';
}

export function createGroupCommit<Command, Answer>(
  options: GroupCommitOptions<Command, Answer>,
): GroupCommit<Command, Answer> {
  const waiting: Waiting<Command, Answer>[] = [];
  const idle: (() => void)[] = [];
  let busyLanes = 0;

  async function settleGroup(group: readonly Waiting<Command, Answer>[]): Promise<void> {
    try {
      const answers = await options.commit(group.map((one) => one.command));
      group.forEach((one, index) => one.resolve(answers[index] as Answer));
    } catch (error) {
      if (group.length === 1) group[0]?.reject(error);
      // One command that cannot be written must not fail its neighbours: each gets a try of its own.
      else for (const one of group) await settleGroup([one]);
    }
  }

  async function runLane(): Promise<void> {
    busyLanes += 1;
    while (waiting.length > 0) await settleGroup(waiting.splice(0, options.maxGroup));
    busyLanes -= 1;
    if (busyLanes === 0) for (const resolve of idle.splice(0)) resolve();
  }

  return {
    submit(command) {
      if (waiting.length >= options.maxWaiting) return Promise.reject(new TooBusyError('too many commands wait'));
      return new Promise<Answer>((resolve, reject) => {
        waiting.push({ command, resolve, reject });
        // The microtask lets all commands of this turn of the loop join the same group.
        if (busyLanes < options.lanes && waiting.length === 1) {
          queueMicrotask(() => {
            if (busyLanes < options.lanes && waiting.length > 0) void runLane();
          });
        }
      });
    },
    drain: () => (busyLanes === 0 && waiting.length === 0 ? Promise.resolve() : new Promise((done) => idle.push(done))),
    waitingCount: () => waiting.length,
  };
}
