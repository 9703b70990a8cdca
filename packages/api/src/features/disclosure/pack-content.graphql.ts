import { builder } from '../../graphql/builder.js';
import { billKindText, type PackContent } from './index.js';

type Rows<Key extends keyof PackContent> = PackContent[Key] extends readonly (infer Row)[] ? Row : never;
type Open = PackContent['open'];

const MonthType = builder.objectRef<Rows<'months'>>('DisclosedMonth').implement({
  description: 'One month of a disclosure, by the day of booking.',
  readers: 'parent',
  fields: (t) => ({
    month: t.exposeString('month', { description: '`2026-07`' }),
    batchedFen: t.expose('batchedFen', { type: 'Fen', description: 'In batches approved in it.' }),
    receivedFen: t.expose('receivedFen', { type: 'Fen', description: 'Came from sponsors.' }),
    spentFen: t.expose('spentFen', { type: 'Fen', description: 'Was spent on projects.' }),
  }),
});

const CountyType = builder.objectRef<Rows<'counties'>>('DisclosedCounty').implement({
  description: 'What the sales of one county’s goods made sponsors give, in the period’s batches.',
  readers: 'parent',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'GB/T 2260.' }),
    name: t.exposeString('name', { description: 'As it was called then.' }),
    lineCount: t.exposeInt('lineCount', { description: 'Yuan lines.' }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'Their sum.' }),
  }),
});

const DonorType = builder.objectRef<Rows<'donors'>>('DisclosedDonor').implement({
  description: 'Who gave. Those who refuse publication stand together as 未公开 (慈善法 art. 82).',
  readers: 'parent',
  fields: (t) => ({
    donor: t.exposeString('donor', { description: 'Name, or 未公开.' }),
    remittanceCount: t.exposeInt('remittanceCount', { description: 'In how many remittances.' }),
    receivedFen: t.expose('receivedFen', { type: 'Fen', description: 'Received in this pack.' }),
  }),
});

const ReceivedType = builder.objectRef<Rows<'received'>>('DisclosedRemittance').implement({
  description: 'Money received for one remittance.',
  readers: 'parent',
  fields: (t) => ({
    reference: t.exposeString('remittanceId', { description: '`AX202607-01`, as on the bank line.' }),
    batch: t.exposeString('batchId', { description: '`B202607`' }),
    donor: t.exposeString('donor', { description: 'Name, or 未公开.' }),
    agreementNumber: t.exposeString('agreementNumber', { nullable: true, description: 'Null where it would tell.' }),
    day: t.exposeString('day', { description: 'When it came, in Asia/Shanghai.' }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'Negative where a wrong match was taken back.' }),
    receiptDay: t.exposeString('receiptDay', {
      nullable: true,
      description: 'When its receipt was recorded; null before.',
    }),
  }),
});

const BatchRowType = builder.objectRef<Rows<'batches'>>('DisclosedBatch').implement({
  description: 'A batch of matched yuan with its Merkle root.',
  readers: 'parent',
  fields: (t) => ({
    number: t.exposeString('batchId', { description: '`B202607`' }),
    month: t.exposeString('month', { description: 'Of the accruals, `2026-07`.' }),
    approvedDay: t.exposeString('approvedDay', { description: 'In Asia/Shanghai.' }),
    isNew: t.exposeBoolean('isNew', {
      description: 'Approved in this period; else an earlier one whose money came now.',
    }),
    lineCount: t.exposeInt('lineCount', { description: 'Yuan lines.' }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'Their sum.' }),
    root: t.exposeString('root', { description: 'Merkle root over its lines, hex.' }),
    contentHash: t.exposeString('contentHash', { description: 'SHA-256 of what was approved, hex.' }),
  }),
});

const SpendType = builder.objectRef<Rows<'projects'>['spends'][number]>('DisclosedSpend').implement({
  description: 'Money spent, with what proves it. No beneficiary is named.',
  readers: 'parent',
  fields: (t) => ({
    day: t.exposeString('day', { description: 'In Asia/Shanghai.' }),
    what: t.exposeString('what', { description: 'What for.' }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'Negative where it was taken back.' }),
    beneficiaryCount: t.exposeInt('beneficiaryCount', { description: 'How many were helped.' }),
    evidence: t.exposeStringList('evidence', { description: 'SHA-256 of each file that proves it, hex.' }),
  }),
});

const ProjectType = builder.objectRef<Rows<'projects'>>('DisclosedProject').implement({
  description: 'What became of the money.',
  readers: 'parent',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Of the project.' }),
    purpose: t.exposeString('purpose', { description: 'What it is for.' }),
    budgetFen: t.expose('budgetFen', { type: 'Fen', description: 'What was decided for it.' }),
    spentFen: t.expose('spentFen', { type: 'Fen', description: 'In this pack.' }),
    spentTotalFen: t.expose('spentTotalFen', {
      type: 'Fen',
      description: 'From its beginning to the end of the period.',
    }),
    beneficiaryCount: t.exposeInt('beneficiaryCount', { description: 'Helped in this pack.' }),
    beneficiaryTotal: t.exposeInt('beneficiaryTotal', { description: 'Helped from its beginning.' }),
    spends: t.expose('spends', { type: [SpendType], description: 'By day.' }),
  }),
});

const OpenLineType = builder.objectRef<Open['bankLines'][number]>('DisclosedOpenLines').implement({
  description: 'Lines of the bank in one month that nobody has explained yet.',
  readers: 'parent',
  fields: (t) => ({
    month: t.exposeString('month', { description: '`2026-07`' }),
    count: t.exposeInt('count', { description: 'How many.' }),
    creditFen: t.expose('creditFen', { type: 'Fen', description: 'Came in by them.' }),
    debitFen: t.expose('debitFen', { type: 'Fen', description: 'Went out by them.' }),
  }),
});

const UnpaidType = builder.objectRef<Open['unpaid'][number]>('DisclosedUnpaid').implement({
  description: 'A remittance that is ordered and not, or not wholly, received.',
  readers: 'parent',
  fields: (t) => ({
    reference: t.exposeString('remittanceId', { description: '`AX202607-01`' }),
    approvedDay: t.exposeString('approvedDay', { description: 'Of its batch.' }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'To be remitted.' }),
    missingFen: t.expose('missingFen', { type: 'Fen', description: 'Still to come.' }),
  }),
});

const WithoutReceiptType = builder.objectRef<Open['withoutReceipt'][number]>('DisclosedWithoutReceipt').implement({
  description: 'A remittance that is received and whose receipt is not given yet.',
  readers: 'parent',
  fields: (t) => ({
    reference: t.exposeString('remittanceId', { description: '`AX202607-01`' }),
    receivedDay: t.exposeString('receivedDay', { description: 'When it was complete.' }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'Received.' }),
  }),
});

const OpenBillType = builder.objectRef<Open['bills'][number]>('DisclosedBillDifference').implement({
  description: 'What the payment providers’ bills say otherwise than the orders.',
  readers: 'parent',
  fields: (t) => ({
    kind: t.exposeString('kind', { description: 'In Chinese.' }),
    count: t.exposeInt('count', { description: 'How many.' }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'Their sum.' }),
  }),
});

const AgreementRowType = builder.objectRef<Rows<'agreements'>>('DisclosedAgreement').implement({
  description: 'An agreement in force within the period.',
  readers: 'parent',
  fields: (t) => ({
    number: t.exposeString('number', { nullable: true, description: 'Null where it would tell the donor.' }),
    donor: t.exposeString('donor', { description: 'Name, or 未公开.' }),
    amountFenPerUnit: t.expose('amountFenPerUnit', { type: 'Fen', description: 'Matched for one unit.' }),
    unit: t.exposeString('unit', { description: '`line`, `order` or `piece`.' }),
    capFen: t.expose('capFen', { type: 'Fen', description: 'The most that will ever be matched.' }),
    validFrom: t.exposeString('validFrom', { description: 'First day.' }),
    validUntil: t.exposeString('validUntil', { description: 'Last day.' }),
  }),
});

/** What a pack says, whoever may read the pack. */
export const PackContentType = builder.objectRef<PackContent>('DisclosureContent').implement({
  description: 'What a disclosure says: the same as its JSON file, whose SHA-256 is the pack’s hash.',
  readers: 'parent',
  fields: (t) => ({
    fundName: t.exposeString('fundName', { description: 'Of the fund.' }),
    openingFen: t.field({ type: 'Fen', description: 'Held at the beginning.', resolve: ({ fund }) => fund.openingFen }),
    receivedFen: t.field({ type: 'Fen', description: 'Came from sponsors.', resolve: ({ fund }) => fund.receivedFen }),
    spentFen: t.field({ type: 'Fen', description: 'Was spent on projects.', resolve: ({ fund }) => fund.spentFen }),
    closingFen: t.field({
      type: 'Fen',
      description: 'Held at the end: opening + received − spent.',
      resolve: ({ fund }) => fund.closingFen,
    }),
    lateReceivedFen: t.field({
      type: 'Fen',
      description: 'Of received: came before the period and was booked after its own disclosure.',
      resolve: ({ fund }) => fund.lateReceivedFen,
    }),
    lateSpentFen: t.field({ type: 'Fen', description: 'The same of spent.', resolve: ({ fund }) => fund.lateSpentFen }),
    months: t.expose('months', { type: [MonthType], description: 'In order.' }),
    counties: t.expose('counties', { type: [CountyType], description: 'The largest first.' }),
    donors: t.expose('donors', { type: [DonorType], description: 'The largest first, 未公开 last.' }),
    received: t.expose('received', { type: [ReceivedType], description: 'By reference.' }),
    batches: t.expose('batches', { type: [BatchRowType], description: 'By number.' }),
    projects: t.expose('projects', { type: [ProjectType], description: 'All that are under way or had spends.' }),
    openLines: t.field({ type: [OpenLineType], description: 'By month.', resolve: ({ open }) => [...open.bankLines] }),
    unpaid: t.field({ type: [UnpaidType], description: 'By reference.', resolve: ({ open }) => [...open.unpaid] }),
    withoutReceipt: t.field({
      type: [WithoutReceiptType],
      description: 'By reference.',
      resolve: ({ open }) => [...open.withoutReceipt],
    }),
    openBills: t.field({
      type: [OpenBillType],
      description: 'By kind.',
      resolve: ({ open }) => open.bills.map((one) => ({ ...one, kind: billKindText(one.kind) })),
    }),
    agreements: t.expose('agreements', { type: [AgreementRowType], description: 'In force within the period.' }),
    disclosedCount: t.int({
      description: 'Remittances whose way ends with this pack.',
      resolve: ({ discloses }) => discloses.length,
    }),
    yuanCount: t.int({ description: 'Yuan lines of its batches.', resolve: ({ yuan }) => yuan.count }),
    yuanFen: t.field({ type: 'Fen', description: 'Their sum.', resolve: ({ yuan }) => yuan.amountFen }),
    root: t.string({
      description: 'Merkle root over the batches’ roots, hex: a yuan’s proof leads here.',
      resolve: ({ yuan }) => yuan.root,
    }),
    journalBlock: t.int({
      nullable: true,
      description: 'The last block of the journal within the period.',
      resolve: ({ heads }) => heads.journal?.block ?? null,
    }),
    journalHash: t.string({
      nullable: true,
      description: 'Its hash, hex.',
      resolve: ({ heads }) => heads.journal?.hash ?? null,
    }),
    ledgerSeq: t.int({
      nullable: true,
      description: 'The last transaction of the fund’s books that was looked at.',
      resolve: ({ heads }) => heads.ledger?.seq ?? null,
    }),
    ledgerHash: t.string({
      nullable: true,
      description: 'Its hash, hex.',
      resolve: ({ heads }) => heads.ledger?.hash ?? null,
    }),
  }),
});
