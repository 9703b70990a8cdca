import { canonicalJson, sha256 } from '../../kernel/canonical.js';
import { sumFen } from '../../kernel/fen.js';
import { merkleRoot } from '../../kernel/merkle.js';
import type { AgreementFacts, DisclosureFacts, FundMovement } from './facts.types.js';
import { monthsOf } from './periods.rules.js';
import { differencesOf } from './differences.rules.js';
import { byText, donorName, donorsOf, isOfPeriod, UNPUBLISHED } from './donors.rules.js';
import type { BatchRow, CountyRow, MonthRow, PackContent, ProjectRow, ReceivedRow, SpendRow } from './pack.types.js';

/** Something in the books that must be put right before they can be disclosed. */
export interface Fault {
  readonly code: 'BOOKS_DIFFER' | 'FUND_NEGATIVE' | 'DONOR_NAMED';
  /** In plain Chinese, for the fund's people. */
  readonly text: string;
}

/** What the pack says: the same for the same facts, in whatever order they come. */
export function packContent(facts: DisclosureFacts): PackContent {
  const agreements = new Map(facts.agreements.map((one) => [one.agreementId, one]));
  const received = receivedRows(facts, agreements);
  const discloses = disclosedRemittances(facts);
  const batches = batchRows(facts, new Set([...received.map((row) => row.batchId), ...batchesOf(facts, discloses)]));
  return {
    format: 'aixin-disclosure/1',
    packId: facts.packId,
    fundName: facts.fundName,
    period: facts.period,
    corrects: facts.corrects,
    prev: facts.prev,
    fund: fundFigures(facts),
    months: monthRows(facts),
    counties: countyRows(facts),
    donors: donorsOf(received),
    received,
    batches,
    projects: projectRows(facts),
    open: differencesOf(facts),
    agreements: facts.agreements
      .filter((one) => one.wasSigned && one.validFrom <= facts.period.until && one.validUntil >= facts.period.from)
      .map((one) => ({
        number: one.refusesPublication ? null : one.number,
        donor: donorName(one),
        amountFenPerUnit: one.amountFenPerUnit,
        unit: one.unit,
        capFen: one.capFen,
        validFrom: one.validFrom,
        validUntil: one.validUntil,
      }))
      .sort((a, b) => byText(sortKey(a), sortKey(b))),
    discloses,
    yuan: {
      count: sumFen(batches.map((batch) => batch.lineCount)),
      amountFen: sumFen(batches.map((batch) => batch.amountFen)),
      root: merkleRoot(batches.map((batch) => batch.root)),
    },
    heads: facts.heads,
  };
}

/** The one text of a content, and the hash by which the pack is known. */
export function sealContent(content: PackContent): { readonly json: string; readonly hash: string } {
  const json = canonicalJson(content);
  return { json, hash: sha256(json) };
}

/** What keeps this content from being disclosed; nothing when all is well. */
export function faultsOf(facts: DisclosureFacts, content: PackContent): Fault[] {
  const faults: Fault[] = [];
  const { closingFen } = content.fund;
  if (closingFen !== facts.ledgerClosingFen) {
    const differenceFen = closingFen - facts.ledgerClosingFen;
    faults.push({ code: 'BOOKS_DIFFER', text: `期末余额和总账的“基金”科目相差 ${differenceFen} 分，请先查清。` });
  }
  if (closingFen < 0) faults.push({ code: 'FUND_NEGATIVE', text: `期末余额是 ${closingFen} 分，基金不能透支。` });
  for (const donor of facts.agreements.filter((one) => one.refusesPublication)) {
    if (isNamed(content, donor)) {
      faults.push({
        code: 'DONOR_NAMED',
        text: `协议 ${donor.number} 的捐赠人要求不公开，但项目名称、用途或说明里写到了对方，请先改写。`,
      });
    }
  }
  return faults;
}

/** Shorter texts occur by chance in any figure; a name or number that long does not. */
const TELLING_LENGTH = 4;

/**
 * Whether the content tells a donor who refused, by name, code or agreement. Rows never do; a text that a person wrote
 * may.
 */
function isNamed(content: PackContent, donor: AgreementFacts): boolean {
  const free = canonicalJson([
    content.fundName,
    content.corrects?.reason ?? '',
    content.projects.map(({ name, purpose, spends }) => [name, purpose, spends.map((spend) => spend.what)]),
  ]);
  const tells = [donor.sponsorName, donor.sponsorUscc ?? '', donor.number];
  return (
    free.includes(JSON.stringify(donor.sponsorName).slice(1, -1)) ||
    tells.some((text) => text.length >= TELLING_LENGTH && free.includes(JSON.stringify(text).slice(1, -1)))
  );
}

function fundFigures({ openingFen, movements, period }: DisclosureFacts): PackContent['fund'] {
  const sum = (of: (one: FundMovement) => boolean): number =>
    sumFen(movements.filter(of).map((one) => ('spendId' in one.cause ? -one.amountFen : one.amountFen)));
  const isSpend = (one: FundMovement): boolean => 'spendId' in one.cause;
  const receivedFen = sum((one) => !isSpend(one));
  const spentFen = sum(isSpend);
  return {
    openingFen,
    receivedFen,
    spentFen,
    closingFen: openingFen + receivedFen - spentFen,
    lateReceivedFen: sum((one) => !isSpend(one) && one.day < period.from),
    lateSpentFen: sum((one) => isSpend(one) && one.day < period.from),
  };
}

function receivedRows(facts: DisclosureFacts, agreements: ReadonlyMap<string, AgreementFacts>): ReceivedRow[] {
  const sums = new Map<string, { amountFen: number; day: string }>();
  for (const { cause, amountFen, day } of facts.movements) {
    if (!('remittanceId' in cause)) continue;
    const before = sums.get(cause.remittanceId) ?? { amountFen: 0, day };
    const last = day > before.day ? day : before.day;
    sums.set(cause.remittanceId, { amountFen: before.amountFen + amountFen, day: last });
  }
  return facts.remittances
    .flatMap((one): ReceivedRow[] => {
      const sum = sums.get(one.remittanceId);
      if (!sum) return [];
      const agreement = agreements.get(one.agreementId);
      const isOpen = agreement !== undefined && !agreement.refusesPublication;
      return [
        {
          remittanceId: one.remittanceId,
          batchId: one.batchId,
          donor: donorName(agreement),
          agreementNumber: isOpen ? agreement.number : null,
          ...sum,
          receiptDay: one.receiptDay,
        },
      ];
    })
    .sort((a, b) => byText(a.remittanceId, b.remittanceId));
}

/** Those whose receipt was given by the end of the period and that no other pack disclosed; a correction keeps its own. */
function disclosedRemittances({ remittances, period, earlierPackIds }: DisclosureFacts): string[] {
  return remittances
    .filter(({ state, receiptDay, packId }) => {
      const isDue = state === 'RECEIPTED' && receiptDay !== null && receiptDay <= period.until;
      return isDue || (packId !== null && earlierPackIds.includes(packId));
    })
    .map((one) => one.remittanceId)
    .sort(byText);
}

function batchesOf({ remittances }: DisclosureFacts, ids: readonly string[]): string[] {
  const wanted = new Set(ids);
  return remittances.filter((one) => wanted.has(one.remittanceId)).map((one) => one.batchId);
}

function batchRows({ batches, period }: DisclosureFacts, touched: ReadonlySet<string>): BatchRow[] {
  return batches
    .map(({ counties: _counties, ...batch }) => ({ ...batch, isNew: isOfPeriod(batch.approvedDay, period) }))
    .filter((batch) => batch.isNew || touched.has(batch.batchId))
    .sort((a, b) => byText(a.batchId, b.batchId));
}

/** By the month of the day of booking; what came late stands in its own month, before the period's. */
function monthRows({ batches, movements, period }: DisclosureFacts): MonthRow[] {
  const fresh = batches.filter((batch) => isOfPeriod(batch.approvedDay, period));
  const months = new Set([...monthsOf(period), ...movements.map((one) => one.day.slice(0, 7))]);
  return [...months].sort(byText).map((month) => {
    const own = movements.filter((one) => one.day.startsWith(month));
    const spends = own.filter((one) => 'spendId' in one.cause);
    const gifts = own.filter((one) => 'remittanceId' in one.cause);
    return {
      month,
      batchedFen: sumFen(fresh.filter((one) => one.approvedDay.startsWith(month)).map((one) => one.amountFen)),
      receivedFen: sumFen(gifts.map((one) => one.amountFen)),
      spentFen: 0 - sumFen(spends.map((one) => one.amountFen)),
    };
  });
}

/** Of the batches approved in the period: where the goods came from that made sponsors give. */
function countyRows({ batches, period }: DisclosureFacts): CountyRow[] {
  const rows = new Map<string, CountyRow>();
  const fresh = batches.filter((one) => isOfPeriod(one.approvedDay, period));
  for (const county of fresh.sort((a, b) => byText(a.batchId, b.batchId)).flatMap((one) => one.counties)) {
    const before = rows.get(county.code);
    rows.set(county.code, {
      ...county,
      lineCount: (before?.lineCount ?? 0) + county.lineCount,
      amountFen: (before?.amountFen ?? 0) + county.amountFen,
    });
  }
  return [...rows.values()].sort((a, b) => b.amountFen - a.amountFen || byText(a.code, b.code));
}

function projectRows(facts: DisclosureFacts): ProjectRow[] {
  const spends = new Map(facts.spends.map((one) => [one.spendId, one]));
  const underWay = new Set(facts.projects.filter((one) => one.isUnderWay).map((one) => one.projectId));
  return facts.projects
    .map((project): ProjectRow => {
      const rows = facts.movements.flatMap(({ cause, amountFen, day }): SpendRow[] => {
        const spend = 'spendId' in cause ? spends.get(cause.spendId) : undefined;
        if (spend?.projectId !== project.projectId) return [];
        const { spendId, what, evidence } = spend;
        // What was taken back helped nobody: its people are counted back as well.
        const beneficiaryCount = amountFen > 0 ? 0 - spend.beneficiaryCount : spend.beneficiaryCount;
        return [{ spendId, day, what, amountFen: 0 - amountFen, beneficiaryCount, evidence: [...evidence].sort() }];
      });
      const { projectId, name, purpose, budgetFen, toldBefore } = project;
      const spentFen = sumFen(rows.map((row) => row.amountFen));
      const beneficiaryCount = sumFen(rows.map((row) => row.beneficiaryCount));
      return {
        ...{ projectId, name, purpose, budgetFen, spentFen, beneficiaryCount },
        spentTotalFen: toldBefore.spentFen + spentFen,
        beneficiaryTotal: toldBefore.beneficiaryCount + beneficiaryCount,
        spends: rows.sort((a, b) => byText(a.day, b.day) || byText(a.spendId, b.spendId)),
      };
    })
    .filter((project) => project.spends.length > 0 || underWay.has(project.projectId))
    .sort((a, b) => byText(a.projectId, b.projectId));
}

function sortKey(row: PackContent['agreements'][number]): string {
  return `${row.donor === UNPUBLISHED ? '1' : '0'}|${row.number ?? ''}|${row.validFrom}|${row.validUntil}|${row.capFen}|${row.amountFenPerUnit}|${row.unit}`;
}
