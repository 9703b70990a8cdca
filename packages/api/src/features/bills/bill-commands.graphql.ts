import { builder } from '../../graphql/builder.js';
import { resultUnion } from '../../graphql/refusal.graphql.js';
import { isRefusal } from '../../kernel/refusal.js';
import { BillDifferenceType, type ShownDifference, shownDifferences } from './bill-differences.graphql.js';
import { BillDayType, BillImportType } from './bills.graphql.js';
import {
  type BillDay,
  billDayId,
  type BillFetched,
  type BillImported,
  type BillImport,
  askBillBack,
  explainDifference,
  fetchBill,
  importBill,
  readBillDays,
  takeBillBack,
} from './index.js';

const ImportBillInput = builder.inputType('ImportBillInput', {
  description: 'A bill that was uploaded.',
  fields: (t) => ({ fileId: t.id({ required: true, description: 'As the upload answered it, of purpose `bill`.' }) }),
});

const FetchBillInput = builder.inputType('FetchBillInput', {
  description: 'A day whose bills are fetched from the provider.',
  fields: (t) => ({
    day: t.string({ required: true, description: 'In Asia/Shanghai, `2026-11-22`; it must be over.' }),
  }),
});

const ExplainDifferenceInput = builder.inputType('ExplainDifferenceInput', {
  description: 'Why there is a difference.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: 'Of this press of the button, 8 to 100 characters.' }),
    differenceId: t.id({ required: true, description: 'Which one.' }),
    reason: t.string({ required: true, description: '1 to 200 characters.' }),
  }),
});

const ImportBillDone = builder
  .objectRef<BillImported & { readonly days: readonly BillDay[] }>('ImportBillDone')
  .implement({
    description: 'The bill is in, and its days are compared.',
    readers: 'parent',
    fields: (t) => ({
      import: t.expose('import', { type: BillImportType, description: 'What was imported.' }),
      isRepeated: t.exposeBoolean('before', { description: 'The same file was imported before: nothing was added.' }),
      days: t.field({ type: [BillDayType], description: 'Its days as they are now.', resolve: (one) => [...one.days] }),
    }),
  });

const FetchBillDone = builder.objectRef<BillFetched>('FetchBillDone').implement({
  description: 'The day’s bills are in, and the day is compared.',
  readers: 'parent',
  fields: (t) => ({
    day: t.expose('day', { type: BillDayType, description: 'As it is now.' }),
    addedCount: t.exposeInt('addedCount', { description: 'Lines that no earlier bill had brought.' }),
  }),
});

const AskBillBackInput = builder.inputType('AskBillBackInput', {
  description: 'A bill that was imported by mistake.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: 'Of this press of the button, 8 to 100 characters.' }),
    importId: t.id({ required: true, description: 'As the day lists it.' }),
    reason: t.string({ required: true, description: '1 to 200 characters.' }),
  }),
});

const TakeBillBackInput = builder.inputType('TakeBillBackInput', {
  description: 'A bill that somebody else asked back.',
  fields: (t) => ({ importId: t.id({ required: true, description: 'As the day lists it.' }) }),
});

const BillBackDone = builder.objectRef<{ readonly import: BillImport }>('BillBackDone').implement({
  description: 'The file with how far its way back is.',
  readers: 'parent',
  fields: (t) => ({ import: t.expose('import', { type: BillImportType, description: 'As it is now.' }) }),
});

const ExplainDifferenceDone = builder.objectRef<{ difference: ShownDifference }>('ExplainDifferenceDone').implement({
  description: 'The difference with what was said.',
  readers: 'parent',
  fields: (t) => ({
    difference: t.expose('difference', { type: BillDifferenceType, description: 'As it is now.' }),
  }),
});

builder.mutationFields((t) => ({
  importBill: t.field({
    type: resultUnion('ImportBillResult', ImportBillDone),
    readers: 'public',
    description:
      'Imports a bill of WeChat Pay or Alipay and compares its days; the same file or days again add nothing. Refusals: ' +
      'FILE_UNKNOWN, BILL_UNKNOWN, BILL_UNREADABLE, BILL_NOT_TEXT, BILL_ZIP, BILL_EMPTY, BILL_TOO_LONG, BILL_TOO_EARLY, ' +
      'BILL_CONFLICT, BILL_OTHER_MERCHANT, SIGNED_OUT, NOT_ALLOWED.',
    args: { input: t.arg({ type: ImportBillInput, required: true, description: 'Which file.' }) },
    resolve: async (_root, { input }, context) => {
      const imported = await importBill(context, { fileId: input.fileId });
      if (isRefusal(imported)) return imported;
      const ids = imported.import.days.map((day) => billDayId({ ...imported.import, day }));
      return { ...imported, days: [...(await readBillDays(context.base, ids)).values()] };
    },
  }),
  fetchBill: t.field({
    type: resultUnion('FetchBillResult', FetchBillDone),
    readers: 'public',
    description:
      'Fetches a day’s bills from the provider, keeps them and compares the day. Again: nothing is added. Refusals: ' +
      'DAY_INVALID, BILL_TOO_EARLY, PAYMENT_…, those of importBill.',
    args: { input: t.arg({ type: FetchBillInput, required: true, description: 'Which day.' }) },
    resolve: (_root, { input }, context) => fetchBill(context, { day: input.day }),
  }),
  askBillBack: t.field({
    type: resultUnion('AskBillBackResult', BillBackDone),
    readers: 'public',
    description:
      'Asks that a bill that was imported by mistake be taken back; nothing changes until another person does it. Refusals: ' +
      'REASON_INVALID, KEY_INVALID, KEY_REUSED, BILL_UNKNOWN, BILL_ASKED_BACK, SIGNED_OUT, NOT_ALLOWED.',
    args: { input: t.arg({ type: AskBillBackInput, required: true, description: 'Which file, and why.' }) },
    resolve: async (_root, { input }, context) => {
      const asked = await askBillBack(context, input);
      return isRefusal(asked) ? asked : { import: asked };
    },
  }),
  takeBillBack: t.field({
    type: resultUnion('TakeBillBackResult', BillBackDone),
    readers: 'public',
    description:
      'Takes a bill back that another person asked for: its days become what the other files tell, and are compared anew. ' +
      'Refusals: BILL_UNKNOWN, BILL_NOT_ASKED_BACK, SAME_PERSON, SIGNED_OUT, NOT_ALLOWED.',
    args: { input: t.arg({ type: TakeBillBackInput, required: true, description: 'Which file.' }) },
    resolve: async (_root, { input }, context) => {
      const taken = await takeBillBack(context, input);
      return isRefusal(taken) ? taken : { import: taken };
    },
  }),
  explainDifference: t.field({
    type: resultUnion('ExplainDifferenceResult', ExplainDifferenceDone),
    readers: 'public',
    description:
      'Says why there is a difference; what was said before stays. Refusals: REASON_INVALID, KEY_INVALID, KEY_REUSED, ' +
      'DIFFERENCE_UNKNOWN, DIFFERENCE_RESOLVED, DIFFERENCE_CHANGED, SIGNED_OUT, NOT_ALLOWED.',
    args: { input: t.arg({ type: ExplainDifferenceInput, required: true, description: 'Which one, and why.' }) },
    resolve: async (_root, { input }, context) => {
      const explained = await explainDifference(context, input);
      if (isRefusal(explained)) return explained;
      const [difference] = await shownDifferences(context.base, [explained]);
      if (!difference) throw new Error('a difference that was just explained is not shown');
      return { difference };
    },
  }),
}));
