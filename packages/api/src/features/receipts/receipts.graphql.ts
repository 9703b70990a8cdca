import { builder } from '../../graphql/builder.js';
import { connectionType, pageArgs } from '../../graphql/connection.js';
import { localId } from '../../graphql/global-id.js';
import { requestLoader } from '../../graphql/loader.js';
import { decodeCursor, encodeCursor, firstOf, pageOf } from '../../graphql/paging.js';
import { anyOf, FUND_ROLES, roles, sponsorOf } from '../../graphql/readers.js';
import { resultUnion } from '../../graphql/refusal.graphql.js';
import { type Actor, hasRole, sponsorIdsOf } from '../../kernel/authority.js';
import { isRefusal, type Refusal } from '../../kernel/refusal.js';
import { RemittanceType } from '../batches/remittances.graphql.js';
import { readRemittances, type Remittance } from '../batches/index.js';
import { storedFiles, StoredFileType } from '../files/files.graphql.js';
import {
  readReceipt,
  readReceipts,
  readReceiptsOf,
  type Receipt,
  RECEIPT_STATES,
  recordReceipt,
  voidReceipt,
} from './index.js';

const ReceiptStateType = builder.enumType('ReceiptState', {
  description: 'VALID counts; VOIDED does not and says why.',
  values: RECEIPT_STATES,
});

const receiptsOfRemittances = requestLoader<Receipt>(readReceiptsOf);
const remittancesById = requestLoader<Remittance>(
  async (base, ids) => new Map((await readRemittances(base, { ids })).map((one) => [one._id, one])),
);

export const ReceiptType = builder.objectRef<Receipt>('Receipt');

builder.node(ReceiptType, {
  name: 'Receipt',
  description: 'A 公益事业捐赠票据 that the fund gave a sponsor for a remittance. Never edited: voided and given anew.',
  readers: anyOf<Receipt>(
    roles(...FUND_ROLES),
    sponsorOf((receipt) => [receipt.sponsorId]),
  ),
  id: { resolve: (receipt) => receipt._id },
  loadOne: (id, { base }) => readReceipt(base, id),
  fields: (t) => ({
    number: t.exposeString('number', { description: '票据号码' }),
    checkCode: t.exposeString('checkCode', { description: '校验码' }),
    issuedDay: t.exposeString('issuedDay', { description: '开票日期, `2026-11-03`.' }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'What the remittance had received.' }),
    sponsorName: t.exposeString('sponsorName', { description: 'The donor on the paper.' }),
    agreementNumber: t.exposeString('agreementNumber', { description: 'As on the paper.' }),
    reference: t.exposeString('remittanceId', { description: 'Its remittance, `AX202610-01`.' }),
    state: t.expose('state', { type: ReceiptStateType, description: 'Whether it counts.' }),
    recordedAt: t.expose('recordedAt', { type: 'Instant', description: 'When it was recorded here.' }),
    voidedAt: t.expose('voidedAt', { type: 'Instant', nullable: true, description: 'When it ceased to count.' }),
    voidReason: t.exposeString('voidReason', { nullable: true, description: 'Why.' }),
    correctionReason: t.exposeString('correctionReason', {
      nullable: true,
      description: 'Why the one before it was wrong.',
    }),
    corrects: t.field({
      type: ReceiptType,
      nullable: true,
      description: 'The voided one that it stands in the place of.',
      resolve: ({ correctsId }, _args, { base }) => (correctsId === null ? null : readReceipt(base, correctsId)),
    }),
    file: t.field({
      type: StoredFileType,
      nullable: true,
      description: 'Its picture or PDF.',
      resolve: ({ fileId }, _args, context) => storedFiles(context).load(fileId),
    }),
    remittance: t.field({
      type: RemittanceType,
      nullable: true,
      description: 'What it was given for.',
      resolve: ({ remittanceId }, _args, context) => remittancesById(context).load(remittanceId),
    }),
  }),
});

builder.objectField(RemittanceType, 'receipt', (t) =>
  t.field({
    type: ReceiptType,
    nullable: true,
    description: 'The receipt that counts for it; null while there is none.',
    resolve: (remittance, _args, context) => receiptsOfRemittances(context).load(remittance._id),
  }),
);

const ReceiptConnection = connectionType<Receipt, object>(ReceiptType, 'Receipt', () => ({}));

builder.queryField('receipts', (t) =>
  t.field({
    type: ReceiptConnection,
    nullable: true,
    readers: roles(...FUND_ROLES, 'sponsor'),
    description: 'The latest first, voided ones among them: all for the fund, the own ones for a sponsor.',
    args: { ...pageArgs(50), state: t.arg({ type: ReceiptStateType, description: 'Only those that stand here.' }) },
    resolve: async (_root, args, { base, actor }) => {
      const first = firstOf(args, 50);
      const [atMs, receiptId] = decodeCursor(args.after) ?? [];
      const found = await readReceipts(base, {
        ...ownOnly(actor),
        ...(args.state ? { state: args.state } : {}),
        ...(typeof atMs === 'number' && typeof receiptId === 'string' ? { before: { atMs, receiptId } } : {}),
        limit: first + 1,
      });
      return pageOf({
        nodes: found.slice(0, first),
        cursorOf: (receipt) => encodeCursor(receipt.recordedAt.getTime(), receipt._id),
        hasNextPage: found.length > first,
        hasPreviousPage: atMs !== undefined,
      });
    },
  }),
);

function ownOnly(actor: Actor): { sponsorIds?: string[] } {
  return FUND_ROLES.some((name) => hasRole(actor, name)) ? {} : { sponsorIds: sponsorIdsOf(actor) };
}

const ReceiptCorrectionInput = builder.inputType('ReceiptCorrectionInput', {
  description: 'The wrong receipt, which is voided, and why.',
  fields: (t) => ({
    receiptId: t.id({ required: true, description: 'Its id.' }),
    reason: t.string({ required: true, description: '1 to 200 characters.' }),
  }),
});

const RecordReceiptInput = builder.inputType('RecordReceiptInput', {
  description: 'A receipt as it stands on the paper.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: 'Of this press of the button, 8 to 100 characters.' }),
    remittanceId: t.id({ required: true, description: 'A remittance that is REMITTED.' }),
    number: t.string({ required: true, description: '票据号码, 8 to 20 digits.' }),
    checkCode: t.string({ required: true, description: '校验码, 4 to 20 letters or digits.' }),
    issuedDay: t.string({
      required: true,
      description: '开票日期, `2026-11-03`: not before the money, not after today.',
    }),
    amountFen: t.field({ type: 'Fen', required: true, description: 'What the remittance has received.' }),
    fileId: t.id({ required: true, description: 'Its picture or PDF: a StoredFile for the purpose `receipt`.' }),
    corrects: t.field({ type: ReceiptCorrectionInput, description: 'Left out for the first of a remittance.' }),
  }),
});

const VoidReceiptInput = builder.inputType('VoidReceiptInput', {
  description: 'A receipt that should not be there.',
  fields: (t) => ({
    receiptId: t.id({ required: true, description: 'Its id.' }),
    reason: t.string({ required: true, description: '1 to 200 characters.' }),
  }),
});

const ReceiptResult = resultUnion(
  'ReceiptResult',
  builder.objectRef<{ receipt: Receipt }>('ReceiptDone').implement({
    description: 'The receipt as it is now.',
    readers: 'parent',
    fields: (t) => ({ receipt: t.expose('receipt', { type: ReceiptType, description: 'As it is now.' }) }),
  }),
);
const done = (receipt: Receipt | Refusal): { receipt: Receipt } | Refusal =>
  isRefusal(receipt) ? receipt : { receipt };

builder.mutationFields((t) => ({
  recordReceipt: t.field({
    type: ReceiptResult,
    readers: 'public',
    description:
      'Records a receipt. `fund-maker`. Refusals: NOT_REMITTED, ALREADY_RECEIPTED, RECEIPT_INVALID (path names the ' +
      'field), AMOUNT_DIFFERS, NUMBER_TAKEN, FILE_UNKNOWN, REMITTANCE_UNKNOWN, RECEIPT_UNKNOWN, REASON_INVALID, ' +
      'KEY_INVALID, KEY_REUSED.',
    args: { input: t.arg({ type: RecordReceiptInput, required: true, description: 'What stands on it.' }) },
    resolve: async (_root, { input }, context) => {
      const corrects = input.corrects
        ? { receiptId: localId('Receipt', input.corrects.receiptId), reason: input.corrects.reason }
        : null;
      const remittanceId = localId('Remittance', input.remittanceId);
      return done(await recordReceipt(context, { ...input, remittanceId, corrects }));
    },
  }),
  voidReceipt: t.field({
    type: ReceiptResult,
    readers: 'public',
    description:
      'Voids a receipt; its remittance waits for one again. `fund-maker`. Refusals: RECEIPT_UNKNOWN, REASON_INVALID, ' +
      'DISCLOSED.',
    args: { input: t.arg({ type: VoidReceiptInput, required: true, description: 'Which, and why.' }) },
    resolve: async (_root, { input }, context) =>
      done(await voidReceipt(context, { ...input, receiptId: localId('Receipt', input.receiptId) })),
  }),
}));
