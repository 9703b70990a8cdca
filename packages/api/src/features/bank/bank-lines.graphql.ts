import { builder } from '../../graphql/builder.js';
import { globalId } from '../../graphql/global-id.js';
import { requestLoader } from '../../graphql/loader.js';
import { FUND_ROLES, roles } from '../../graphql/readers.js';
import {
  acceptText,
  type BankLine,
  LINE_STATES,
  type LineAllocation,
  type LineSuggestion,
  type Part,
  readAccountTitles,
  reasonText,
  restFen,
  shownAccount,
  shownCounterparty,
  shownMemo,
  standingAllocations,
  suggestionText,
  suggestionTitle,
} from './index.js';

export const fundReaders = roles(...FUND_ROLES);

export const BankLineStateType = builder.enumType('BankLineState', {
  description: 'MATCHED and IGNORED are explained; SUGGESTED waits for a yes, OPEN for a decision.',
  values: LINE_STATES,
});

export const LINE_STATE_TEXTS: Readonly<Record<BankLine['state'], string>> = {
  MATCHED: '已核对',
  SUGGESTED: '建议',
  OPEN: '待处理',
  IGNORED: '已忽略',
};

const BankLinePartType = builder.objectRef<Part>('BankLinePart').implement({
  description: 'So much of a line for a remittance, or for a spend.',
  readers: 'parent',
  fields: (t) => ({
    lineId: t.id({ description: 'Of the line.', resolve: ({ lineId }) => globalId('BankLine', lineId) }),
    targetName: t.string({
      description: 'The remittance’s reference, or the spend’s number.',
      resolve: ({ remittanceId, spendId }) => remittanceId ?? spendId ?? '',
    }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'Positive.' }),
  }),
});

const BankSuggestionType = builder.objectRef<LineSuggestion>('BankSuggestion').implement({
  description: 'What could explain the line, alone or with others. Nothing is done before a person accepts it.',
  readers: 'parent',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Sent back with the acceptance, so that what is accepted was seen.' }),
    title: t.string({ description: 'In Chinese: 建议：两行合为一笔.', resolve: (one) => suggestionTitle(one) }),
    text: t.string({ description: 'What speaks for it, in Chinese.', resolve: (one) => suggestionText(one) }),
    acceptText: t.string({ description: 'What the button says.', resolve: (one) => acceptText(one) }),
    parts: t.field({
      type: [BankLinePartType],
      description: 'What would go where.',
      resolve: (one) => one.parts,
    }),
  }),
});

const BankAllocationType = builder.objectRef<LineAllocation>('BankAllocation').implement({
  description: 'What the line was given to; what was taken back stays to be read.',
  readers: 'parent',
  fields: (t) => ({
    targetName: t.string({
      description: 'The remittance’s reference, or the spend’s number.',
      resolve: ({ remittanceId, spendId }) => remittanceId ?? spendId ?? '',
    }),
    amountFen: t.field({
      type: 'Fen',
      description: 'Positive.',
      resolve: (one) => Math.abs(one.amountFen),
    }),
    at: t.expose('at', { type: 'Instant', description: 'When.' }),
    reversedAt: t.field({
      type: 'Instant',
      nullable: true,
      description: 'When it was taken back.',
      resolve: ({ reversed }) => reversed?.at ?? null,
    }),
  }),
});

const accountTitles = requestLoader(readAccountTitles);

export const BankLineType = builder.objectRef<BankLine>('BankLine').implement({
  description: 'A line of a bank statement with what explains it.',
  readers: fundReaders,
  fields: (t) => ({
    id: t.globalID({ description: 'Opaque.', resolve: ({ _id }) => ({ type: 'BankLine', id: _id }) }),
    accountName: t.string({
      description: 'Whose statement it is on: 基金专户（尾号 1234）.',
      resolve: async ({ accountId }, _args, context) => (await accountTitles(context).load(accountId)) ?? '',
    }),
    day: t.exposeString('day', { description: '`2026-11-04`' }),
    lineNumber: t.exposeInt('lineNo', { description: 'Where it stands in its file.' }),
    counterparty: t.string({
      description: 'Who stands opposite; persons by their family name only.',
      resolve: ({ counterparty }) => shownCounterparty(counterparty),
    }),
    counterpartyAccount: t.string({
      description: 'The last four digits of their account, 尾号 7890; empty where the bank gives none.',
      resolve: ({ counterpartyAccount }) => shownAccount(counterpartyAccount),
    }),
    memo: t.string({
      description: 'As the bank gives it. ID numbers, mobiles and card numbers are masked.',
      resolve: ({ memo }) => shownMemo(memo),
    }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'Positive for money that came.' }),
    restFen: t.field({
      type: 'Fen',
      description: 'What nothing explains yet, signed alike.',
      resolve: (line) => restFen(line),
    }),
    balanceFen: t.expose('balanceFen', { type: 'Fen', nullable: true, description: 'Behind it, where the bank says.' }),
    state: t.expose('state', { type: BankLineStateType, description: 'Where it stands.' }),
    stateText: t.string({
      description: 'The same in Chinese.',
      resolve: ({ state }) => LINE_STATE_TEXTS[state],
    }),
    reason: t.string({
      description: 'Why it stands there, in Chinese.',
      resolve: ({ reason, suggestion, _id }) => (reason ? reasonText(reason, suggestion, _id) : ''),
    }),
    suggestion: t.expose('suggestion', {
      type: BankSuggestionType,
      nullable: true,
      description: 'Only where the line is SUGGESTED.',
    }),
    allocations: t.field({
      type: [BankAllocationType],
      description: 'What it was given to, oldest first.',
      resolve: ({ allocations }) => allocations,
    }),
    isAllocated: t.boolean({
      description: 'Something of it is given away now: `unmatchBankLine` takes it back.',
      resolve: (line) => standingAllocations(line).length > 0,
    }),
  }),
});
