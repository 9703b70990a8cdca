import type { Base } from '../../kernel/context.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { type Agreement, readAgreements } from '../agreements/index.js';
import { type Batch, readBatches, readRemittances, type Remittance, totalFen } from '../batches/index.js';
import { journalHead } from '../journal/index.js';
import { readLedgerBalances, readLedgerHead } from '../ledger/index.js';
import type { AgreementFacts, BatchFacts, DisclosureFacts, RemittanceFacts } from './facts.types.js';
import type { BookedMoney } from './movements.rules.js';
import { instantsOf } from './periods.rules.js';
import { readReceivedMoney } from './received-money.reads.js';
import type { Period } from './pack.types.js';

/** What the fund's own books say: agreements, batches, remittances, the ledger, the journal. */
export interface BookFacts extends Pick<DisclosureFacts, 'agreements' | 'batches' | 'remittances' | 'heads'> {
  readonly fundName: string;
  /** All money that ever came for a remittance. */
  readonly received: readonly BookedMoney[];
  /** What the ledger's account `fund` holds now. */
  readonly fundFen: number;
}

export async function readBookFacts(base: Base, period: Period): Promise<BookFacts> {
  const [agreements, batches, remittances, balances, ledger, journal] = await Promise.all([
    readAgreements(base),
    readBatches(base, { states: ['APPROVED'] }),
    readRemittances(base, {}),
    readLedgerBalances(base, ['fund']),
    readLedgerHead(base),
    journalHead(base, new Date(instantsOf(period).endMs)),
  ]);
  return {
    fundName: agreements.find((one) => one.state === 'IN_FORCE')?.fundName ?? agreements[0]?.fundName ?? '',
    agreements: agreements.map(agreementFacts),
    batches: batches.map(batchFacts),
    remittances: remittances.filter(isMoney).map(remittanceFacts),
    received: await readReceivedMoney(base, remittances.filter(isMoney)),
    // A credit: what the fund holds stands below zero in its books.
    fundFen: 0 - (balances.get('fund') ?? 0),
    heads: {
      journal,
      ledger: ledger && { seq: ledger.seq, hash: ledger.hash },
    },
  };
}

function agreementFacts(agreement: Agreement): AgreementFacts {
  const { _id, number, sponsorName, sponsorUscc, amountFenPerUnit, unit, capFen, state } = agreement;
  const ended = agreement.history.find((step) => step.what === 'ENDED');
  const lastMs = Math.min(agreement.validUntil.getTime() - 1, ended?.at.getTime() ?? Infinity);
  return {
    agreementId: _id,
    number,
    sponsorName,
    sponsorUscc: sponsorUscc || null,
    refusesPublication: !agreement.publishesName,
    wasSigned: state === 'IN_FORCE' || state === 'ENDED',
    amountFenPerUnit,
    unit,
    capFen,
    validFrom: shanghaiDay(agreement.validFrom.getTime()),
    validUntil: shanghaiDay(lastMs),
  };
}

function batchFacts(batch: Batch): BatchFacts {
  const { _id, month, decidedAt, lineCount, amountFen, root, contentHash } = batch;
  return {
    batchId: _id,
    month,
    approvedDay: shanghaiDay(decidedAt?.getTime() ?? 0),
    lineCount,
    amountFen,
    root,
    contentHash,
    counties: batch.counties.map((total) => ({
      code: total.key,
      name: total.name,
      lineCount: total.matchCount + total.adjustmentCount,
      amountFen: totalFen(total),
    })),
  };
}

function isMoney(remittance: Remittance): boolean {
  return remittance.state !== 'DRAFT' && remittance.state !== 'NONE';
}

function remittanceFacts(remittance: Remittance): RemittanceFacts {
  const { _id, batchId, agreementId, amountFen, receivedFen, state, remittedDay, receiptedAt, packId } = remittance;
  return {
    remittanceId: _id,
    ...{ batchId, agreementId, amountFen, receivedFen, packId },
    state: state as RemittanceFacts['state'],
    receivedDay: remittedDay,
    receiptDay: receiptedAt && shanghaiDay(receiptedAt.getTime()),
  };
}
