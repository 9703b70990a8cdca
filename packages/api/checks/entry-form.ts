import type { CompletionEntry, Entry, EntryLine, PurchaseEntry, RefundEntry } from '../src/features/journal/index.js';
import { type Form, date, exactly, flag, having, list, maybe, object, orNull, text, whole } from './form.js';

const common = {
  ...{ _id: text, memberId: text, seq: whole, sourceKey: text, kind: text, at: date, channel: text },
  ...{ organisationId: text, ancestorIds: list(text), orderId: text, prevHash: text, hash: text, group: maybe(object) },
  after: having<Entry['after']>({
    ...{ pointsBalance: whole, recordCount: whole, purchaseCount: whole, purchaseFen: whole, matchedFen: whole },
    tallies: object,
  }),
};

const line = {
  ...{ lineId: text, productId: text, supplierId: text, countyCode: text, categoryKey: text },
  ...{ quantity: whole, goodsFen: whole, paidFen: whole },
};

const awards = list(having<PurchaseEntry['awards'][number]>({ points: whole }));
const matches = list(
  having<PurchaseEntry['matches'][number]>({
    ...{ agreementId: text, unit: text, lineId: orNull(text), unitCount: whole, amountFen: whole },
  }),
);

const BY_KIND: Readonly<Record<Entry['kind'], Form>> = {
  purchase: exactly<PurchaseEntry>({
    ...common,
    ...{ paymentId: text, transactionId: text, totalFen: whole, lines: list(having<EntryLine>(line)) },
    ...{ awards, declined: list(object), matches },
  }),
  refund: exactly<RefundEntry>({
    ...common,
    ...{ reversesId: text, refundId: text, outsideNumber: maybe(text), amountFen: whole },
    ...{ awards, matches, withdraws: flag },
    lines: list(having<RefundEntry['lines'][number]>({ ...line, refundFen: whole })),
  }),
  completion: exactly<CompletionEntry>({ ...common, completesId: text }),
};

/** Whoever changed an entry by hand may have left any kind in it. */
const FORMS: ReadonlyMap<unknown, Form> = new Map(Object.entries(BY_KIND));

/** Where an entry is not as settlement writes it; null where it is, and it can be counted. */
export function entryProblem(entry: Entry): string | null {
  const form = FORMS.get(entry.kind);
  return form ? form(entry, '') : 'kind';
}

const group = exactly<NonNullable<Entry['group']>>({ entryIds: list(text), entryHashes: list(text) });

/** What the last entry of a write says of those written with it; null where it says nothing, or not in its form. */
export function groupOf(entry: Entry): NonNullable<Entry['group']> | null {
  return entry.group && group(entry.group, '') === null ? entry.group : null;
}
