import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { openFile } from '../files/index.js';
import type { BankAccount, BankImport, ImportPreview, ImportRefusal } from './bank.store.js';
import { type SheetFault, StatementCheck, joinSpans } from './checks.rules.js';
import { compareKnown, countRepeated } from './compare-known.js';
import { type Bytes, MOST_LINES } from './formats/raw-rows.js';
import { StatementFault } from './formats/statement-fault.js';
import { changeImport, dropChunks, findAccount, findImport } from './imports.store.js';
import { lookAlikesText } from './look-alikes.rules.js';
import { readStatement } from './read-statement.js';
import { RowFaults } from './row-faults.js';
import { LineStager } from './stage-lines.js';
import type { StatementLine } from './statement-lines.js';

/** Progress is written after so many lines: some times in a second. */
const PROGRESS_LINES = 40_000;

/** References that a file may name twice: kept by the import, whose document has room for so many. A fund has hundreds. */
const MOST_REPEATED = 200_000;

const REPEATED = `附言里重复出现的汇款编号超过 ${MOST_REPEATED} 个，不像是一份银行流水，请核对文件。`;

type Read = Pick<
  BankImport,
  'preview' | 'spansAfter' | 'runs' | 'chunkCount' | 'accountRevision' | 'repeatedReferences'
>;

/**
 * Reads a statement from its first byte to its last, checks it as a whole and lays its lines ready in chunks. Nothing is
 * posted. A run that died begins again from nothing. Ends in PREVIEWED or, with what is wrong and where, in REFUSED.
 */
export async function runPreview(ctx: Context, importId: string, given?: Bytes): Promise<BankImport | Refusal> {
  const denied = denyUnless(ctx, 'system');
  if (denied) return denied;
  const one = await findImport(ctx.base, importId);
  const account = one ? await findAccount(ctx.base, one.accountId) : null;
  if (one?.state !== 'PREVIEWING' || !account) return refuse('IMPORT_UNKNOWN', '没有找到等待读取的账单。');
  await dropChunks(ctx.base, importId);
  try {
    const bytes = given ?? (await openFile(ctx.base, one.fileId))?.stream;
    if (!bytes) throw new StatementFault('FILE_UNKNOWN', '上传的文件已经不在，请重新上传。');
    const read = await readAll(ctx, { one, account, bytes });
    // Put away by a person meanwhile: nothing of it stays.
    if (!(await changeImport(ctx.base, one, { state: 'PREVIEWED', ...read }))) await dropChunks(ctx.base, importId);
  } catch (error) {
    if (!(error instanceof StatementFault)) throw error;
    const { code, message, lineNo, rows, rowCount } = error;
    await dropChunks(ctx.base, importId);
    const refusal: ImportRefusal = { code, message, lineNo, ...(rowCount > 0 ? { rows, rowCount } : {}) };
    await changeImport(ctx.base, one, { state: 'REFUSED', refusal });
  }
  return (await findImport(ctx.base, importId)) ?? one;
}

async function readAll(
  ctx: Context,
  { one, account, bytes }: { one: BankImport; account: BankAccount; bytes: Bytes },
): Promise<Read> {
  const { base } = ctx;
  const check = new StatementCheck();
  const stager = new LineStager(base, one._id);
  const counter = { bytesRead: 0 };
  const today = shanghaiDay(base.clock());
  const future = new RowFaults();
  const statement = readStatement(counted(bytes, counter, base.stopping), one.profileBody);
  let nextProgress = PROGRESS_LINES;
  for await (const lines of statement.lines) {
    for (const line of lines) {
      throwFault(check.add(line));
      if (line.day > today) future.add(inFuture(line), null);
      const writing = stager.add(line);
      if (writing) await writing;
    }
    if (check.lineCount > MOST_LINES) throw new StatementFault('TOO_MANY_LINES', `超过 ${MOST_LINES} 行，请分段导出。`);
    if (stager.repeated.size > MOST_REPEATED) throw new StatementFault('TOO_MANY_REPEATED', REPEATED);
    if (check.lineCount >= nextProgress) {
      nextProgress = check.lineCount + PROGRESS_LINES;
      const progress = { ...one.progress, bytesRead: counter.bytesRead, linesRead: check.lineCount };
      await changeImport(base, one, { progress });
    }
  }
  future.throwAll();
  const chunkCount = await stager.finish();
  const facts = statement.facts();
  checkAccount(account, facts.accountNumber);
  const ends = check.finish(facts);
  if ('code' in ends) throw faultOf(ends);
  const known = await compareKnown(base, {
    one,
    check,
    openingFen: ends.openingFen,
    closingFen: ends.closingFen,
    chunkCount,
  });
  if (known.alike.count > 0 && !one.alikeReason) {
    throw new StatementFault('LOOK_ALIKE', lookAlikesText(known.alike));
  }
  const repeatedReferences = await countRepeated(base, { importId: one._id, chunkCount }, stager.repeated);
  const joined = joinSpans(account.spans, known.runs, {
    openingFen: account.openingFen,
    acceptsGap: one.gapReason !== null,
  });
  if ('code' in joined) throw faultOf(joined);
  const { lineCount, creditCount, creditFen, debitCount, debitFen, fromDay, toDay } = check;
  const preview: ImportPreview = {
    ...{ lineCount, creditCount, creditFen, debitCount, debitFen, fromDay, toDay },
    ...{ openingFen: ends.openingFen, closingFen: ends.closingFen },
    ...{ newCount: known.newCount, duplicateCount: lineCount - known.newCount },
    ...{ newCreditFen: known.newCreditFen, newDebitFen: known.newDebitFen },
    checks: ends.checks,
    problems: problemsOf(one, {
      notes: [...statement.notes(), ...ends.open],
      hasEnds: ends.closingFen !== null,
      known,
      lineCount,
    }),
  };
  await changeImport(base, one, { progress: { ...one.progress, bytesRead: counter.bytesRead, linesRead: lineCount } });
  const spans = { spansAfter: joined.spans, runs: known.runs };
  return { preview, ...spans, chunkCount, accountRevision: account.revision, repeatedReferences };
}

/** A bank writes down what was: either the column is another, or day and month are read the wrong way round. */
function inFuture({ day, lineNo }: StatementLine): StatementFault {
  const message = `日期 ${day} 在今天之后，银行不会提前记账，请核对模板里的日期列。`;
  return new StatementFault('DAY_IN_FUTURE', message, lineNo);
}

function problemsOf(
  one: BankImport,
  found: {
    readonly notes: readonly string[];
    readonly hasEnds: boolean;
    readonly known: { readonly newCount: number };
    readonly lineCount: number;
  },
): string[] {
  const problems = [...found.notes];
  if (!found.hasEnds) problems.push('账单没有余额，无法核对与上一份是否衔接，请人工核对。');
  if (found.known.newCount === 0) problems.push('全部流水都已入账，再次入账不会增加任何一笔。');
  else if (found.known.newCount < found.lineCount) {
    problems.push(`${found.lineCount - found.known.newCount} 行已经入账，只会增加其余 ${found.known.newCount} 行。`);
  }
  if (one.gapReason !== null) problems.push(`已说明中间缺的账单：${one.gapReason}`);
  if (one.alikeReason) problems.push(`已说明与已入账流水同日同额的行是另外的收支：${one.alikeReason}`);
  return problems;
}

/** A number may be masked: `6222****1234` is any that begins and ends so. */
function checkAccount(account: BankAccount, said: string | undefined): void {
  if (said === undefined || said === '') return;
  const [head = '', ...tails] = said.split(/\*+/);
  const tail = tails.at(-1);
  const isOurs =
    tail === undefined ? account.number === head : account.number.startsWith(head) && account.number.endsWith(tail);
  if (!isOurs) throw new StatementFault('OTHER_ACCOUNT', '这份账单是另一个账户的，请核对账号或选择对应的账户。');
}

async function* counted(bytes: Bytes, counter: { bytesRead: number }, stopping: AbortSignal): Bytes {
  for await (const piece of bytes) {
    stopping.throwIfAborted();
    counter.bytesRead += piece.length;
    yield piece;
  }
}

function throwFault(fault: SheetFault | null): void {
  if (fault) throw faultOf(fault);
}

/** The sentence names its line already. */
function faultOf({ code, message, lineNo }: SheetFault): StatementFault {
  return new StatementFault(code, message.replace(/^第 \d+ 行：/, ''), lineNo);
}
