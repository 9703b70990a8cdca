import { builder } from '../../graphql/builder.js';
import { localId } from '../../graphql/global-id.js';
import { resultUnion } from '../../graphql/refusal.graphql.js';
import { isRefusal, type Refusal } from '../../kernel/refusal.js';
import { BankLineType } from './bank-lines.graphql.js';
import {
  acceptSuggestion,
  type BankLine,
  IGNORE_CATEGORIES,
  ignoreLine,
  matchLines,
  reopenLine,
  unmatchLine,
} from './index.js';

const CategoryType = builder.enumType('BankIgnoreCategory', {
  description: 'Where the books keep a line that is no remittance and no spend.',
  values: {
    INTEREST: { value: IGNORE_CATEGORIES[0], description: 'The account’s interest.' },
    BANK_FEES: { value: IGNORE_CATEGORIES[1], description: 'The bank’s fees.' },
    FOREIGN: { value: IGNORE_CATEGORIES[2], description: 'Money that is not the fund’s.' },
  },
});

const keyField = { required: true, description: 'Of this press of the button, 8 to 100 characters.' } as const;
const lineField = { required: true, description: 'The line.' } as const;

const AcceptInput = builder.inputType('AcceptBankSuggestionInput', {
  description: 'A suggestion as it was seen.',
  fields: (t) => ({
    idempotencyKey: t.string(keyField),
    lineId: t.id(lineField),
    suggestionKey: t.string({ required: true, description: 'As the suggestion gave it.' }),
  }),
});

const PartInput = builder.inputType('BankLinePartInput', {
  description: 'So much of a line for one remittance or one spend.',
  fields: (t) => ({
    lineId: t.id(lineField),
    reference: t.string({ description: 'Of the remittance, `AX202610-01`; for money that came.' }),
    spendNumber: t.string({ description: 'Of the spend; for money that went.' }),
    amountFen: t.field({ type: 'Fen', required: true, description: 'Positive.' }),
  }),
});

const MatchInput = builder.inputType('MatchBankLinesInput', {
  description: 'Many lines to many remittances or spends.',
  fields: (t) => ({
    idempotencyKey: t.string(keyField),
    parts: t.field({ type: [PartInput], required: true, description: '1 to 100, each pair once.' }),
  }),
});

const IgnoreInput = builder.inputType('IgnoreBankLineInput', {
  description: 'A line to be put aside, with the reason.',
  fields: (t) => ({
    idempotencyKey: t.string(keyField),
    lineId: t.id(lineField),
    category: t.field({ type: CategoryType, required: true, description: 'Where the books keep it.' }),
    reason: t.string({ required: true, description: '1 to 200 characters.' }),
  }),
});

const LineInput = builder.inputType('BankLineInput', {
  description: 'One line.',
  fields: (t) => ({ idempotencyKey: t.string(keyField), lineId: t.id(lineField) }),
});

const DoneType = builder.objectRef<{ lines: readonly BankLine[] }>('BankLinesDone').implement({
  description: 'The lines that were changed, as they are now. Others may have new suggestions.',
  readers: 'parent',
  fields: (t) => ({
    lines: t.field({ type: [BankLineType], description: 'As they are now.', resolve: ({ lines }) => [...lines] }),
  }),
});
const Result = resultUnion('BankLinesResult', DoneType);
const done = (lines: readonly BankLine[] | Refusal) => (isRefusal(lines) ? lines : { lines });
const lineId = (id: string): string => localId('BankLine', id);

builder.mutationFields((t) => ({
  acceptBankSuggestion: t.field({
    type: Result,
    readers: 'public',
    description: 'Accepts what is suggested for a line and its fellows. `fund-maker`.',
    args: { input: t.arg({ type: AcceptInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, context) =>
      done(await acceptSuggestion(context, { ...input, lineId: lineId(input.lineId) })),
  }),
  matchBankLines: t.field({
    type: Result,
    readers: 'public',
    description: 'Gives lines to remittances or spends as a person says. `fund-maker`.',
    args: { input: t.arg({ type: MatchInput, required: true, description: 'What goes where.' }) },
    resolve: async (_root, { input }, context) => {
      const parts = input.parts.map((part) => ({
        lineId: lineId(part.lineId),
        remittanceId: part.reference ?? null,
        spendId: part.spendNumber ?? null,
        amountFen: part.amountFen,
      }));
      return done(await matchLines(context, { idempotencyKey: input.idempotencyKey, parts }));
    },
  }),
  ignoreBankLine: t.field({
    type: Result,
    readers: 'public',
    description: 'Puts a line, or what is left of it, aside. `fund-maker`.',
    args: { input: t.arg({ type: IgnoreInput, required: true, description: 'Which, and why.' }) },
    resolve: async (_root, { input }, context) =>
      done(await ignoreLine(context, { ...input, lineId: lineId(input.lineId) })),
  }),
  unmatchBankLine: t.field({
    type: Result,
    readers: 'public',
    description: 'Takes back what a line was given to, by a correction in the books. `fund-maker`.',
    args: { input: t.arg({ type: LineInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, context) =>
      done(await unmatchLine(context, { ...input, lineId: lineId(input.lineId) })),
  }),
  reopenBankLine: t.field({
    type: Result,
    readers: 'public',
    description: 'Opens an ignored line again. `fund-maker`.',
    args: { input: t.arg({ type: LineInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, context) =>
      done(await reopenLine(context, { ...input, lineId: lineId(input.lineId) })),
  }),
}));
