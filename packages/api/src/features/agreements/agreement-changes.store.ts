import { Schema } from 'mongoose';
import { contentHash } from '../../kernel/canonical.js';
import { keyReused } from '../../kernel/command-input.js';
import type { Base } from '../../kernel/context.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { defineStore } from '../../kernel/store.js';
import { type Session, inTransaction, isDuplicateKey } from '../../kernel/transaction.js';
import { termsHash } from './agreement-hash.js';
import { earlierRun, MAX_STEPS } from './agreement-steps.rules.js';
import {
  type Agreement,
  type AgreementStep,
  type AgreementTerms,
  agreementStore,
  budgetStore,
  readAgreement,
} from './agreements.store.js';
import { fullBudgets } from './budgets.rules.js';

/** A second writer of the same document or of the same number is met at most so often before it is told. */
const MAX_ROUNDS = 4;

/** What a command wants to do to an agreement. */
export interface Asked {
  readonly what: AgreementStep['what'];
  readonly by: string;
  readonly idempotencyKey: string;
  readonly reason?: string;
  /** What else was asked, for the comparison with an earlier run of the key. */
  readonly content: unknown;
}

export type Change = Partial<AgreementTerms & Pick<Agreement, 'state'>>;

/** Writes a new draft under an id that belongs to its key; a second run finds the first. */
export async function insertDraft(
  base: Base,
  draft: { readonly _id: string; readonly terms: AgreementTerms; readonly asked: Asked },
): Promise<Agreement | Refusal> {
  const { _id, terms, asked } = draft;
  const agreement: Agreement = {
    ...terms,
    ...{ _id, state: 'DRAFT', revision: 1, history: [stepOf(base, asked, terms)] },
  };
  try {
    await agreementStore.collection(base).insertOne(agreement);
    return agreement;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const before = await readAgreement(base, _id);
    return before ? (repeated(before, asked) ?? before) : numberTaken();
  }
}

/**
 * Changes an agreement in one transaction: `decide` sees it as it is and gives what becomes of it, or the refusal. A key
 * that was used before changes nothing more.
 */
export async function changeAgreement(
  base: Base,
  agreementId: string,
  asked: Asked,
  decide: (agreement: Agreement, session: Session) => Promise<Change | Refusal>,
): Promise<Agreement | Refusal> {
  for (let round = 1; ; round += 1) {
    try {
      return await inTransaction(base, async (session) => {
        const agreement = await readAgreement(base, agreementId, session);
        if (!agreement) return refuse('AGREEMENT_UNKNOWN', '没有这份协议，请刷新列表后重试。', { path: 'agreementId' });
        const before = repeated(agreement, asked);
        if (before) return before;
        if (agreement.history.length >= MAX_STEPS) {
          return refuse('TOO_MANY_CHANGES', '这份协议改动的次数太多，请另起草一份。');
        }
        const change = await decide(agreement, session);
        return isRefusal(change) ? change : await write(base, { agreement, change, asked }, session);
      });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      if (round >= MAX_ROUNDS) return numberTaken();
    }
  }
}

/** The answer to a key that was used before: what stands, or a refusal when something else was asked under it. */
function repeated(agreement: Agreement, asked: Asked): Agreement | Refusal | null {
  const run = earlierRun(agreement, { by: asked.by, key: asked.idempotencyKey, keyHash: keyHashOf(asked) });
  if (run === 'none') return null;
  if (run === 'same') return agreement;
  return keyReused();
}

async function write(
  base: Base,
  input: { agreement: Agreement; change: Change; asked: Asked },
  session: Session,
): Promise<Agreement> {
  const { agreement, change, asked } = input;
  const changed = { ...agreement, ...change, revision: agreement.revision + 1 };
  const next: Agreement = { ...changed, history: [...agreement.history, stepOf(base, asked, changed)] };
  const { _id, ...rest } = next;
  await agreementStore.collection(base).updateOne({ _id }, { $set: rest }, { session });
  return next;
}

function stepOf(base: Base, asked: Asked, terms: AgreementTerms): AgreementStep {
  const { what, by, reason, idempotencyKey } = asked;
  return {
    ...{ what, at: new Date(base.clock()), by, reason: reason ?? null, contentHash: termsHash(terms) },
    ...{ key: idempotencyKey, keyHash: keyHashOf(asked) },
  };
}

function keyHashOf({ what, reason, content }: Asked): string {
  return contentHash({ what, reason: reason ?? null, content });
}

function numberTaken(): Refusal {
  return refuse('NUMBER_TAKEN', '这个协议编号已经用过，请核对编号。', { path: 'number' });
}

/** One document that every approval writes: two at once conflict, so that neither misses the other's products. */
const approvalStore = defineStore<{ readonly _id: string; readonly count: number }>(
  'agreementApprovals',
  new Schema({ _id: { type: String, required: true }, count: { type: Number, required: true } }),
);

export async function takeTurn(base: Base, session: Session): Promise<void> {
  await approvalStore.collection(base).updateOne({ _id: 'all' }, { $inc: { count: 1 } }, { upsert: true, session });
}

/** The sponsor's yuan, all of them, from the moment on that the agreement is in force. */
export async function openBudgets(base: Base, agreement: Agreement, session: Session): Promise<void> {
  await budgetStore.collection(base).insertMany(fullBudgets(agreement), { session, ordered: true });
}

/** The agreement whose place another takes ends in the transaction in which that one comes into force. */
export async function endReplaced(
  base: Base,
  ending: { readonly replaced: Agreement; readonly agreement: Agreement; readonly by: string; readonly key: string },
  session: Session,
): Promise<void> {
  const { replaced, agreement, by, key } = ending;
  const reason = `由 ${agreement.number} 替代`;
  const asked: Asked = { what: 'ENDED', by, idempotencyKey: key, reason, content: agreement._id };
  await write(base, { agreement: replaced, change: { state: 'ENDED' }, asked }, session);
}
