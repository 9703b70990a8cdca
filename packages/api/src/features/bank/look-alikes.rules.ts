import type { ChunkLine } from './chunks.rules.js';

type Known = Pick<ChunkLine, 'lineNo' | 'day' | 'amountFen'> & { readonly hasSerial: boolean };

/** Lines of a file that are new by their prints, and may yet be posted ones that the bank told otherwise this time. */
export interface LookAlikes {
  readonly count: number;
  /** The first of them, for a person to look at. */
  readonly lineNos: readonly number[];
}

const MOST_NAMED = 10;

/**
 * A new line looks like a posted one of the same day and amount that no line of this file was found to be; unless both have the
 * bank's own numbers, which then differ. `unmet` counts those by day and amount.
 */
export function lookAlikes(
  fresh: readonly Known[],
  unmet: ReadonlyMap<string, { readonly all: number; readonly withSerial: number }>,
): LookAlikes {
  const alike = fresh.filter((line) => {
    const there = unmet.get(moneyKey(line));
    return there !== undefined && !(line.hasSerial && there.withSerial === there.all);
  });
  return { count: alike.length, lineNos: alike.slice(0, MOST_NAMED).map((line) => line.lineNo) };
}

export function moneyKey({ day, amountFen }: Pick<ChunkLine, 'day' | 'amountFen'>): string {
  return `${day} ${amountFen}`;
}

/** In Chinese: what is alike, and what to do. */
export function lookAlikesText({ count, lineNos }: LookAlikes): string {
  const more = count > lineNos.length ? '等' : '';
  return (
    `第 ${lineNos.join('、')} ${more}行与已入账的流水同日、同额，但文字不同，又没有流水号和余额可以分辨。` +
    '如果是同一份流水，请只导出还没有入账的日子；如果确实是另外的收支，请说明原因后继续。'
  );
}
