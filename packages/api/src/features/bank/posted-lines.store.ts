import type { Base } from '../../kernel/context.js';
import { type BankLine, type BankPosting, bankChunkStore, bankLineStore, bankPostingStore } from './bank.store.js';
import type { LineFilter, LinePosition } from './desk.store.js';
import { searchText } from './line-keys.rules.js';
import { linesOf } from './lines.store.js';
import { amountOfText } from './search-amount.rules.js';

/** Chunks that one page looks through: 20,000 lines. A search that finds nothing in them says so and can go on. */
const MOST_CHUNKS = 20;

/** Lines that their import matched exactly and that nobody has touched since: they lie in their chunks, not in documents. */
export interface PostedPage {
  readonly lines: readonly BankLine[];
  /** Up to here, exclusively, all were looked at; null: to the end. */
  readonly readUpTo: LinePosition | null;
}

/**
 * Such lines behind a position, in the order of a statement, `limit` at least where there are so many in the chunks that are
 * looked through.
 */
export async function findPostedPage(
  base: Base,
  asked: { filter: LineFilter; limit: number; after: LinePosition | null },
): Promise<PostedPage> {
  const { filter, limit, after } = asked;
  const postings = await findPostings(base, { ...filter, ...fromDayOf(filter, after) });
  const found: BankLine[] = [];
  for (const [index, posting] of postings.entries()) {
    // What begins later than the lines at hand cannot stand before them.
    const cutDay = found.length >= limit ? found.sort(byDay)[limit - 1]?.day : undefined;
    if (cutDay !== undefined && posting.firstDay > cutDay) return { lines: found.sort(byDay), readUpTo: null };
    if (index === MOST_CHUNKS) {
      const readUpTo = { day: posting.firstDay, lineNo: 0, lineId: '' };
      return { lines: found.filter((line) => line.day < posting.firstDay).sort(byDay), readUpTo };
    }
    found.push(...(await matchedOf(base, posting, { filter, after })));
  }
  return { lines: found.sort(byDay), readUpTo: null };
}

function fromDayOf(filter: LineFilter, after: LinePosition | null): Pick<LineFilter, 'fromDay'> {
  const days = [filter.fromDay, after?.day].filter((day) => day !== undefined);
  const fromDay = days.sort().at(-1);
  return fromDay === undefined ? {} : { fromDay };
}

async function findPostings(base: Base, { accountId, fromDay, toDay }: LineFilter): Promise<BankPosting[]> {
  return bankPostingStore
    .collection(base)
    .find({
      matchedCount: { $gt: 0 },
      ...(accountId === undefined ? {} : { accountId }),
      ...(fromDay === undefined ? {} : { lastDay: { $gte: fromDay } }),
      ...(toDay === undefined ? {} : { firstDay: { $lte: toDay } }),
    })
    .project<BankPosting>({ prints: 0 })
    .sort({ firstDay: 1, _id: 1 })
    .limit(MOST_CHUNKS + 1)
    .toArray();
}

async function matchedOf(
  base: Base,
  posting: BankPosting,
  { filter, after }: { filter: LineFilter; after: LinePosition | null },
): Promise<BankLine[]> {
  const chunk = await bankChunkStore.collection(base).findOne({ _id: posting._id, ...mayHold(posting, filter.text) });
  if (!chunk) return [];
  const lines = linesOf(posting, chunk).filter(
    (line) => line.state === 'MATCHED' && (!after || isBehind(line, after)) && passes(line, filter),
  );
  const ids = lines.map((line) => line._id);
  const held = await bankLineStore
    .collection(base)
    .find({ _id: { $in: ids } })
    .project<{ _id: string }>({ _id: 1 })
    .toArray();
  const known = new Set(held.map((one) => one._id));
  return lines.filter((line) => !known.has(line._id));
}

function passes(line: BankLine, { fromDay, toDay, text }: LineFilter): boolean {
  if ((fromDay !== undefined && line.day < fromDay) || (toDay !== undefined && line.day > toDay)) return false;
  if (text === undefined) return true;
  const amountFen = amountOfText(text);
  if (amountFen !== null && Math.abs(line.amountFen) === amountFen) return true;
  const word = searchText(text).trim();
  return [line.counterparty, line.memo, ...line.references].some((each) => searchText(each).includes(word));
}

/**
 * The database passes over a chunk that has the word nowhere: most are never read. Only for plain words, which stand in the
 * chunk as they were asked for.
 */
function mayHold({ matches }: BankPosting, text: string | undefined): object {
  const word = text?.trim() ?? '';
  const isPlain = /^[\p{Script=Han}]+$/u.test(word);
  return isPlain && !matches.includes(word) ? { lines: { $regex: word } } : {};
}

function isBehind(line: BankLine, { day, lineNo, lineId }: LinePosition): boolean {
  return byDay(line, { day, lineNo, _id: lineId }) > 0;
}

type Placed = Pick<BankLine, 'day' | 'lineNo' | '_id'>;

/** As a statement reads: by day, within a day as the file has it. */
export function byDay(a: Placed, b: Placed): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  if (a.lineNo !== b.lineNo) return a.lineNo - b.lineNo;
  return a._id < b._id ? -1 : Number(a._id > b._id);
}
