/** What the built code answers to a case's files, in one line, and whether that is right. */
export interface Answer {
  readonly given: string;
  readonly holds: boolean;
}

/** Files of one folder, by their names. */
export interface CaseFolder {
  readonly bytes: (file: string) => Buffer;
  /** How the statements of this folder are read, by file: a profile, or the name of a ready one. */
  readonly profiles: Readonly<Record<string, unknown>>;
}

/** Something of the outside world that went wrong once, and what is right about it. */
export interface Case {
  /** The files that it needs; the first gives the case its name. */
  readonly files: readonly [string, ...string[]];
  /** In Chinese: what a person who knows the trade would expect. */
  readonly right: string;
  readonly judge: (folder: CaseFolder) => Answer | Promise<Answer>;
  /** Known and not yet mended: told, and no fault. */
  readonly open?: true;
}

export function called({ files: [first] }: Case): string {
  return first.slice(0, first.indexOf('-'));
}

/** The parts of a file as they come from the disk, small enough that each reader has to join some. */
export async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

const PIECE_BYTES = 512;
