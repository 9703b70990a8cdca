import { builder } from '../../graphql/builder.js';
import { resultUnion } from '../../graphql/refusal.graphql.js';
import { isRefusal, type Refusal } from '../../kernel/refusal.js';
import { BankAccountType, BankImportType, BankProfileType } from './bank.graphql.js';
import {
  type BankAccount,
  type BankImport,
  type BankProfile,
  discardStatement,
  postStatement,
  previewStatement,
  saveAccount,
  saveProfile,
} from './index.js';

export const key = 'Of this press of the button; 8 to 100 characters.';

const SaveBankAccountInput = builder.inputType('SaveBankAccountInput', {
  description: 'A new account, or another name or profile for a known one.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: key }),
    accountId: t.id({ description: 'The account to change. Left out, a new one is made.' }),
    name: t.string({ required: true, description: '1 to 40 characters.' }),
    bankName: t.string({ required: true, description: '1 to 40 characters.' }),
    number: t.string({
      required: true,
      description: '6 to 32 digits, with blanks and hyphens or without; of a known account it stays as it is.',
    }),
    profileId: t.id({ description: 'The profile that reads its statements.' }),
    openingFen: t.field({ type: 'Fen', description: 'Of a new account: what stood on it before the first statement.' }),
  }),
});

const SaveBankProfileInput = builder.inputType('SaveBankProfileInput', {
  description: 'A profile, as a preview has used it.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: key }),
    profileId: t.id({ description: 'The profile to change. Left out, a new one is made.' }),
    name: t.string({ required: true, description: '1 to 40 characters.' }),
    importId: t.id({ required: true, description: 'The preview that succeeded with it.' }),
  }),
});

const PreviewStatementInput = builder.inputType('PreviewStatementInput', {
  description: 'A file, the account whose it is, and how to read it.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: key }),
    accountId: t.id({ required: true, description: 'Whose statement it is.' }),
    fileId: t.id({ required: true, description: 'As the upload gave it, with purpose `statement`.' }),
    profileId: t.id({ description: 'A kept or ready profile.' }),
    definition: t.string({ description: 'Or one that is being made, as JSON.' }),
    gapReason: t.string({ description: 'Why statements in between are missing: the gap is then not refused.' }),
    alikeReason: t.string({
      description:
        'Why lines of the same day and amount as posted ones are others (`LOOK_ALIKE`): they are then taken.',
    }),
  }),
});

const StatementInput = builder.inputType('StatementInput', {
  description: 'A statement.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: key }),
    importId: t.id({ required: true, description: 'As `previewStatement` gave it.' }),
  }),
});

const AccountDone = builder.objectRef<{ account: BankAccount }>('BankAccountDone').implement({
  description: 'The account as it is now.',
  readers: 'parent',
  fields: (t) => ({ account: t.expose('account', { type: BankAccountType, description: 'As saved.' }) }),
});

const ProfileDone = builder.objectRef<{ profile: BankProfile }>('BankProfileDone').implement({
  description: 'The profile as it is now.',
  readers: 'parent',
  fields: (t) => ({ profile: t.expose('profile', { type: BankProfileType, description: 'As saved.' }) }),
});

const StatementDone = builder.objectRef<{ statement: BankImport }>('StatementDone').implement({
  description: 'The statement as it is now; reading and posting go on by themselves.',
  readers: 'parent',
  fields: (t) => ({ statement: t.expose('statement', { type: BankImportType, description: 'As it is now.' }) }),
});

export const StatementResult = resultUnion('StatementResult', StatementDone);

export const statementDone = (one: BankImport | Refusal): { statement: BankImport } | Refusal =>
  isRefusal(one) ? one : { statement: one };

builder.mutationFields((t) => ({
  saveBankAccount: t.field({
    type: resultUnion('SaveBankAccountResult', AccountDone),
    readers: 'public',
    description:
      'A maker adds or renames an account of the fund. Refusals: SIGNED_OUT, NOT_ALLOWED, KEY_INVALID, KEY_REUSED, ' +
      'ACCOUNT_INVALID (path names the field), ACCOUNT_EXISTS, ACCOUNT_UNKNOWN, PROFILE_UNKNOWN.',
    args: { input: t.arg({ type: SaveBankAccountInput, required: true, description: 'What to save.' }) },
    resolve: async (_root, { input }, context) => {
      const saved = await saveAccount(context, input);
      return isRefusal(saved) ? saved : { account: saved };
    },
  }),
  saveBankProfile: t.field({
    type: resultUnion('SaveBankProfileResult', ProfileDone),
    readers: 'public',
    description:
      'A maker keeps a profile with which a preview has succeeded. Refusals: SIGNED_OUT, NOT_ALLOWED, KEY_INVALID, ' +
      'KEY_REUSED, PROFILE_INVALID, PROFILE_UNKNOWN, PROFILE_UNTESTED.',
    args: { input: t.arg({ type: SaveBankProfileInput, required: true, description: 'What to save.' }) },
    resolve: async (_root, { input }, context) => {
      const saved = await saveProfile(context, input);
      return isRefusal(saved) ? saved : { profile: saved };
    },
  }),
  previewStatement: t.field({
    type: StatementResult,
    readers: 'public',
    description:
      'A maker has a statement read and checked as a whole; nothing is posted. Ask `bankImport` how far it is. Refusals: ' +
      'SIGNED_OUT, NOT_ALLOWED, KEY_INVALID, KEY_REUSED, ACCOUNT_UNKNOWN, FILE_UNKNOWN, PROFILE_UNKNOWN, PROFILE_INVALID ' +
      '(path names the place), REASON_INVALID. What is wrong with the file stands in the import itself.',
    args: { input: t.arg({ type: PreviewStatementInput, required: true, description: 'What to read, and how.' }) },
    resolve: async (_root, { input }, context) => statementDone(await previewStatement(context, input)),
  }),
  postStatement: t.field({
    type: StatementResult,
    readers: 'public',
    description:
      'A maker confirms a preview: its new lines go into the books. Twice is once. Refusals: SIGNED_OUT, NOT_ALLOWED, ' +
      'KEY_INVALID, IMPORT_UNKNOWN, NOT_PREVIEWED, PREVIEW_STALE.',
    args: { input: t.arg({ type: StatementInput, required: true, description: 'Which one.' }) },
    resolve: async (_root, { input }, context) => statementDone(await postStatement(context, input)),
  }),
  discardStatement: t.field({
    type: StatementResult,
    readers: 'public',
    description: 'A maker puts a preview away. Refusals: SIGNED_OUT, NOT_ALLOWED, IMPORT_UNKNOWN, ALREADY_POSTED.',
    args: { input: t.arg({ type: StatementInput, required: true, description: 'Which one.' }) },
    resolve: async (_root, { input }, context) => statementDone(await discardStatement(context, input)),
  }),
}));
