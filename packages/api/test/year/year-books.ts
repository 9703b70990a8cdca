import { Readable } from 'node:stream';
import { splitByLargestRemainder } from '@aixin/points-engine';
import {
  acceptSuggestion,
  type BankLine,
  bankLineStore,
  ignoreLine,
  matchLines,
  postStatement,
  previewStatement,
  runPosting,
  runPreview,
  saveAccount,
  spendPort,
} from '../../src/features/bank/index.js';
import { readRemittances } from '../../src/features/batches/index.js';
import { draftPack, publishPack } from '../../src/features/disclosure/index.js';
import { saveFile } from '../../src/features/files/index.js';
import { readLedgerBalances } from '../../src/features/ledger/index.js';
import {
  decideProject,
  decideSpend,
  fundSpends,
  projectHash,
  proposeProject,
  recordSpend,
  spendHash,
} from '../../src/features/projects/index.js';
import { recordReceipt } from '../../src/features/receipts/index.js';
import { personOf } from '../../src/kernel/authority.js';
import { isRefusal, type Refusal } from '../../src/kernel/refusal.js';
import { shanghaiDay } from '../../src/kernel/shanghai.js';
import type { Fund } from '../fund.js';
import { dayOf, type YearParts, type YearPlan } from './play-year.js';
import { createYearBank, YEAR_OPENING_FEN } from './statement.js';

/** The commands of the year's administrators, kept so that all of them can be sent once more. */
export interface YearBooks extends YearParts {
  /** Sends every command of the year again, with its own key. */
  sendAgain(): Promise<void>;
}

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

export async function openYearBooks(fund: Fund, plan: YearPlan): Promise<YearBooks> {
  spendPort.fill(fund.heart.base, fundSpends);
  const sent: (() => Promise<unknown>)[] = [];
  const does = async <T extends object>(what: string, command: () => Promise<T | Refusal>): Promise<T> => {
    sent.push(command);
    const answer = await command();
    if (isRefusal(answer)) throw new Error(`${what}: ${answer.code} ${answer.message}`);
    return answer;
  };
  const year = { fund, plan, bank: createYearBank(), does, keys: 0 };
  const account = await does('account', () =>
    saveAccount(fund.maker, {
      ...{ idempotencyKey: 'year-account', name: '基金专户', bankName: '两江银行', number: '622200001234' },
      ...{ profileId: 'signed', openingFen: YEAR_OPENING_FEN },
    }),
  );
  return {
    ...{ fund, plan, bank: year.bank },
    importDays: (fromDay, toDay) => importDays(year, { accountId: account._id, fromDay, toDay }),
    receipts: () => receipts(year),
    quarterEnd: (quarter) => quarterEnd(year, quarter),
    async sendAgain() {
      for (const command of sent) await command();
    },
  };
}

interface Year {
  readonly fund: Fund;
  readonly plan: YearPlan;
  readonly bank: YearParts['bank'];
  readonly does: <T extends object>(what: string, command: () => Promise<T | Refusal>) => Promise<T>;
  keys: number;
}

function keyOf(year: Year, what: string): string {
  year.keys += 1;
  return `year-${what}-${String(year.keys)}`;
}

async function fileOf(
  { fund }: Year,
  bytes: Buffer,
  more: { name: string; purpose: 'statement' | 'receipt' | 'evidence' },
) {
  const uploadedBy = personOf(fund.maker);
  const file = await saveFile(fund.heart.base, { ...more, uploadedBy, stream: Readable.from([bytes]) });
  if (isRefusal(file)) throw new Error(file.code);
  return file.fileId;
}

async function importDays(year: Year, at: { accountId: string; fromDay: string; toDay: string }): Promise<void> {
  const { fund, bank, does } = year;
  const name = `流水 ${at.fromDay} ${at.toDay}.csv`;
  const fileId = await fileOf(year, bank.file(at.fromDay, at.toDay), { name, purpose: 'statement' });
  const previewKey = keyOf(year, 'preview');
  const { accountId } = at;
  const { _id: importId } = await does('preview', () =>
    previewStatement(fund.maker, { idempotencyKey: previewKey, accountId, fileId, profileId: 'signed' }),
  );
  const previewed = await runPreview(fund.heart.system, importId);
  if (isRefusal(previewed) || previewed.state !== 'PREVIEWED')
    throw new Error(`not previewed: ${JSON.stringify(previewed)}`);
  const postKey = keyOf(year, 'post');
  await does('post', () => postStatement(fund.maker, { idempotencyKey: postKey, importId }));
  const posted = await runPosting(fund.heart.system, importId);
  if (isRefusal(posted) || posted.state !== 'POSTED') throw new Error('not posted');
  await decideByHand(year);
}

/** What the rules leave to a person: suggestions are accepted, of twins the first is the payment, gifts are not ours. */
async function decideByHand(year: Year): Promise<void> {
  const { fund, does } = year;
  const waiting = () =>
    bankLineStore
      .collection(fund.heart.base)
      .find({ state: { $in: ['OPEN', 'SUGGESTED'] } })
      .sort({ day: 1, _id: 1 })
      .toArray();
  for (let rounds = 0; rounds < 50; rounds += 1) {
    const [line] = await waiting();
    if (!line) return;
    const { _id: lineId, suggestion } = line;
    const idempotencyKey = keyOf(year, 'desk');
    if (suggestion) {
      const suggestionKey = suggestion.key;
      await does('accept', () => acceptSuggestion(fund.maker, { idempotencyKey, lineId, suggestionKey }));
      continue;
    }
    const remittanceId = await twinOf(year, line);
    if (remittanceId !== null) {
      const part = { lineId, remittanceId, spendId: null, amountFen: line.amountFen };
      await does('match', () => matchLines(fund.maker, { idempotencyKey, parts: [part] }));
    } else {
      const reason = line.counterparty === '王小明' ? '个人捐赠，转公开募捐平台' : '重复汇款，已退回';
      await does('ignore', () => ignoreLine(fund.maker, { idempotencyKey, lineId, category: 'foreign', reason }));
    }
  }
  throw new Error('the desk is never done');
}

/** The remittance that waits for exactly this, of which a line alike is not its payment yet. */
async function twinOf({ fund }: Year, line: BankLine): Promise<string | null> {
  if (line.reason?.code !== 'TWINS' && line.reason?.code !== 'SEVERAL_WAYS') return null;
  const { targetIds } = line.reason;
  const open = await readRemittances(fund.heart.base, { states: ['OPEN'] });
  return (
    open.find((one) => targetIds.includes(one._id) && one.amountFen - one.receivedFen === line.amountFen)?._id ?? null
  );
}

/** The second sponsor's receipts come late: once a quarter. */
async function receipts(year: Year): Promise<void> {
  const { fund, does } = year;
  const today = shanghaiDay(fund.heart.nowMs);
  for (const one of await readRemittances(fund.heart.base, { states: ['REMITTED'] })) {
    if (one.agreementId === 'a2' && Number(today.slice(5, 7)) % 3 !== 1) continue;
    const fileId = await fileOf(year, PDF, { name: '票据.pdf', purpose: 'receipt' });
    const digits = one._id.replace(/\D/g, '');
    const content = { remittanceId: one._id, number: `50${digits}`, checkCode: `c${digits}`, issuedDay: today, fileId };
    const input = { idempotencyKey: keyOf(year, 'receipt'), ...content, amountFen: one.receivedFen, corrects: null };
    await does('receipt', () => recordReceipt(fund.maker, input));
  }
}

const PAYEE = '县农业技术服务中心';

/** Three tenths of what the fund has go to a project; the quarter is disclosed. */
async function quarterEnd(year: Year, quarter: number): Promise<void> {
  const { fund, plan, bank, does } = year;
  const proposed = await does('project', () =>
    proposeProject(fund.maker, {
      ...{ idempotencyKey: 'year-project', name: '养蜂技术培训', purpose: '培训农户' },
      ...{ countyCode: '500229', budgetFen: 10_000_000 },
    }),
  );
  const projectId = proposed._id;
  const seen = { projectId, contentHash: projectHash(proposed), approve: true, reason: null };
  await does('project approved', () => decideProject(fund.checker, seen));
  const hasFen = -((await readLedgerBalances(fund.heart.base, ['fund'])).get('fund') ?? 0);
  const [amountFen = 0] = splitByLargestRemainder(hasFen, [3, 7]);
  const day = shanghaiDay(fund.heart.nowMs);
  if (amountFen > 0) {
    const fileIds = [await fileOf(year, PDF, { name: '凭证.pdf', purpose: 'evidence' })];
    const terms = { projectId, amountFen, day, payee: PAYEE, what: '讲课费', fileIds, beneficiaries: [] };
    const key = keyOf(year, 'spend');
    const spend = await does('spend', () => recordSpend(fund.maker, { idempotencyKey: key, ...terms }));
    const decision = { spendId: spend._id, contentHash: spendHash(spend), approve: true, reason: null };
    await does('spend approved', () => decideSpend(fund.checker, decision));
    // The last one leaves the bank in the year after.
    const paidOn = dayOf(plan.year, quarter * 3 + 1, 12);
    if (quarter < 4) bank.add({ day: paidOn, amountFen: -amountFen, counterparty: PAYEE, memo: '讲课费' });
  }
  const from = dayOf(plan.year, quarter * 3 - 2, 1);
  const until = shanghaiDay(Date.parse(`${dayOf(plan.year, quarter * 3 + 1, 1)}T12:00:00+08:00`) - 86_400_000);
  const draftKey = keyOf(year, 'pack');
  const draft = await does('pack', () => draftPack(fund.maker, { idempotencyKey: draftKey, from, until }));
  const publishKey = keyOf(year, 'publish');
  const pack = { packId: draft._id, hash: draft.hash };
  await does('publish', () => publishPack(fund.checker, { idempotencyKey: publishKey, ...pack }));
}
