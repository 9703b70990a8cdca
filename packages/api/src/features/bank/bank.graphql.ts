import { builder } from '../../graphql/builder.js';
import { connectionType, pageArgs } from '../../graphql/connection.js';
import { decodeCursor, encodeCursor, firstOf, pageOf } from '../../graphql/paging.js';
import { fundReaders } from './bank-lines.graphql.js';
import { StatementBackType } from './statement-back.graphql.js';
import {
  type BankAccount,
  type BankImport,
  type BankProfile,
  type ImportPreview,
  type ImportProgress,
  type ImportRefusal,
  IMPORT_STATES,
  type RowFault,
  type StatementLine,
  guessProfileOf,
  readBankAccounts,
  readFirstLines,
  readImport,
  readImports,
  readProfiles,
  shownAccount,
  shownCounterparty,
  shownMemo,
} from './index.js';

const ImportStateType = builder.enumType('BankImportState', {
  description:
    'PREVIEWING, POSTING and TAKING_BACK go on by themselves; PREVIEWED waits for a maker, BACK_ASKED for a checker; the ' +
    'others are ends.',
  values: IMPORT_STATES,
});

const STATE_TEXTS: Readonly<Record<BankImport['state'], string>> = {
  PREVIEWING: '正在读取',
  PREVIEWED: '等待确认',
  REFUSED: '不能导入',
  POSTING: '正在入账',
  POSTED: '已入账',
  BACK_ASKED: '已入账，等待同意撤回',
  TAKING_BACK: '正在撤回',
  TAKEN_BACK: '已撤回',
  DISCARDED: '已放弃',
};

export const BankAccountType = builder.objectRef<BankAccount>('BankAccount').implement({
  description: 'An account of the fund at a bank.',
  readers: fundReaders,
  fields: (t) => ({
    accountId: t.id({ description: 'As the commands take it.', resolve: ({ _id }) => _id }),
    name: t.exposeString('name', { description: 'As people call it.' }),
    bankName: t.exposeString('bankName', { description: 'Where.' }),
    number: t.exposeString('number', { description: 'Digits.' }),
    profileId: t.exposeString('profileId', { nullable: true, description: 'The profile that reads its statements.' }),
    openingFen: t.expose('openingFen', {
      type: 'Fen',
      nullable: true,
      description: 'What stood on it before the first statement; null where the first statement says so.',
    }),
    postedToDay: t.string({
      nullable: true,
      description: 'The last day that a posted statement covers.',
      resolve: ({ spans }) => spans.at(-1)?.toDay ?? null,
    }),
    closingFen: t.field({
      type: 'Fen',
      nullable: true,
      description: 'What stood on it then.',
      resolve: ({ spans }) => spans.at(-1)?.closingFen ?? null,
    }),
  }),
});

const ProgressType = builder.objectRef<ImportProgress>('BankImportProgress').implement({
  description: 'How far it is.',
  readers: 'parent',
  fields: (t) => ({
    bytesRead: t.exposeFloat('bytesRead', { description: 'Of the file.' }),
    totalBytes: t.exposeFloat('totalBytes', { description: 'The file’s size.' }),
    linesRead: t.exposeInt('linesRead', { description: 'Lines read and checked.' }),
    linesPosted: t.exposeInt('linesPosted', { description: 'Lines in the books.' }),
  }),
});

const PreviewLineType = builder.objectRef<StatementLine>('BankPreviewLine').implement({
  description: 'A line as it would be posted.',
  readers: 'parent',
  fields: (t) => ({
    lineNo: t.exposeInt('lineNo', { description: 'Where it stands in the file.' }),
    day: t.exposeString('day', { description: '`2026-11-03`' }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'Credits positive, debits negative.' }),
    balanceFen: t.expose('balanceFen', { type: 'Fen', nullable: true, description: 'Behind it.' }),
    counterparty: t.string({
      description: 'A person’s name is masked.',
      resolve: ({ counterparty }) => shownCounterparty(counterparty),
    }),
    counterpartyAccount: t.string({
      description: 'Masked.',
      resolve: ({ counterpartyAccount }) => shownAccount(counterpartyAccount),
    }),
    memo: t.string({
      description: 'What the bank says of it. ID numbers, mobiles and card numbers are masked.',
      resolve: ({ memo }) => shownMemo(memo),
    }),
    bankSerial: t.exposeString('bankSerial', { description: 'The bank’s own number.' }),
  }),
});

export const PreviewType = builder.objectRef<ImportPreview>('BankImportPreview').implement({
  description: 'What the whole file says, checked before anything is posted.',
  readers: 'parent',
  fields: (t) => ({
    lineCount: t.exposeInt('lineCount', { description: 'Lines in it.' }),
    newCount: t.exposeInt('newCount', { description: 'Lines that would be added.' }),
    duplicateCount: t.exposeInt('duplicateCount', { description: 'Lines that stand already.' }),
    creditCount: t.exposeInt('creditCount', { description: 'Lines of money that came.' }),
    creditFen: t.expose('creditFen', { type: 'Fen', description: 'Their sum.' }),
    debitCount: t.exposeInt('debitCount', { description: 'Lines of money that went.' }),
    debitFen: t.expose('debitFen', { type: 'Fen', description: 'Their sum, positive.' }),
    newCreditFen: t.expose('newCreditFen', { type: 'Fen', description: 'Of the new lines, what came.' }),
    newDebitFen: t.expose('newDebitFen', { type: 'Fen', description: 'Of the new lines, what went; positive.' }),
    fromDay: t.exposeString('fromDay', { nullable: true, description: 'Of the first line in time.' }),
    toDay: t.exposeString('toDay', { nullable: true, description: 'Of the last.' }),
    openingFen: t.expose('openingFen', { type: 'Fen', nullable: true, description: 'Before the first line.' }),
    closingFen: t.expose('closingFen', { type: 'Fen', nullable: true, description: 'Behind the last.' }),
    checks: t.stringList({ description: 'What was held against what and agreed.', resolve: (one) => [...one.checks] }),
    problems: t.stringList({ description: 'What a person should know.', resolve: (one) => [...one.problems] }),
  }),
});

const RowFaultType = builder.objectRef<RowFault>('BankRowFault').implement({
  description: 'A row of a file that could not be read.',
  readers: 'parent',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable, for programs: `AMOUNT_INVALID`.' }),
    message: t.exposeString('message', { description: 'In Chinese, with what to do; begins with the line.' }),
    lineNo: t.exposeInt('lineNo', { nullable: true, description: 'The line of the text or the row of the sheet.' }),
  }),
});

const ImportRefusalType = builder.objectRef<ImportRefusal>('BankImportRefusal').implement({
  description: 'Why a file cannot be imported.',
  readers: 'parent',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable, for programs: `BALANCE_BROKEN`.' }),
    message: t.exposeString('message', { description: 'In Chinese, with what to do.' }),
    lineNo: t.exposeInt('lineNo', { nullable: true, description: 'The line at which it shows.' }),
    rows: t.field({
      type: [RowFaultType],
      description:
        'Every strange row, in the order of the file: the first hundred. None where the file itself is refused.',
      resolve: ({ rows }) => rows ?? [],
    }),
    rowCount: t.int({
      description: 'How many rows are strange, listed or not.',
      resolve: ({ rowCount }) => rowCount ?? 0,
    }),
  }),
});

/** As many as a person looks at before confirming. */
const USUAL_LINES = 20;

export const BankImportType = builder.objectRef<BankImport>('BankImport').implement({
  description: 'A statement on its way into the books.',
  readers: fundReaders,
  fields: (t) => ({
    importId: t.id({ description: 'As the commands take it.', resolve: ({ _id }) => _id }),
    accountId: t.id({ description: 'Of the account.', resolve: ({ accountId }) => accountId }),
    fileName: t.exposeString('fileName', { description: 'As it was brought.' }),
    profileId: t.exposeString('profileId', { description: 'The profile that read it; empty for one being made.' }),
    state: t.expose('state', { type: ImportStateType, description: 'Where it stands.' }),
    stateText: t.string({ description: 'The same in Chinese.', resolve: ({ state }) => STATE_TEXTS[state] }),
    at: t.expose('at', { type: 'Instant', description: 'When it was brought.' }),
    postedAt: t.expose('postedAt', {
      type: 'Instant',
      nullable: true,
      description: 'When all of it was in the books.',
    }),
    back: t.field({
      type: StatementBackType,
      nullable: true,
      description: 'How it leaves the books again; null while nobody asked for it.',
      resolve: ({ back }) => back ?? null,
    }),
    progress: t.expose('progress', { type: ProgressType, description: 'How far it is.' }),
    preview: t.expose('preview', { type: PreviewType, nullable: true, description: 'Once all of it was read.' }),
    refusal: t.expose('refusal', { type: ImportRefusalType, nullable: true, description: 'Where it is refused.' }),
    firstLines: t.field({
      type: [PreviewLineType],
      description: 'The first lines as they would be posted.',
      args: { first: t.arg.int({ defaultValue: USUAL_LINES, description: 'How many, 1 to 100.' }) },
      resolve: ({ _id, preview }, args, { base }) =>
        preview ? readFirstLines(base, _id, firstOf(args, USUAL_LINES)) : [],
    }),
  }),
});

export const BankProfileType = builder.objectRef<BankProfile>('BankProfile').implement({
  description: 'How one bank’s statements are read.',
  readers: fundReaders,
  fields: (t) => ({
    profileId: t.id({ description: 'As the commands take it.', resolve: ({ _id }) => _id }),
    name: t.exposeString('name', { description: 'As people call it.' }),
    definition: t.string({
      description: 'Encoding, columns and rules as JSON; `previewStatement` takes it back, changed or not.',
      resolve: ({ body }) => JSON.stringify(body),
    }),
    revision: t.exposeInt('revision', { description: 'Grows with each change; 0 for a ready one.' }),
    testedFile: t.string({
      nullable: true,
      description: 'The file with which it was last tested.',
      resolve: ({ tested }) => tested?.fileName ?? null,
    }),
    testedAt: t.field({
      type: 'Instant',
      nullable: true,
      description: 'When.',
      resolve: ({ tested }) => tested?.at ?? null,
    }),
    tested: t.field({
      type: PreviewType,
      nullable: true,
      description: 'What that preview showed.',
      resolve: ({ tested }) => tested?.preview ?? null,
    }),
  }),
});

const ImportConnection = connectionType<BankImport, object>(BankImportType, 'BankImport', () => ({}));

const USUAL_IMPORTS = 20;

builder.queryFields((t) => ({
  bankAccounts: t.field({
    type: [BankAccountType],
    readers: fundReaders,
    description: 'The fund’s accounts.',
    resolve: (_root, _args, { base }) => readBankAccounts(base),
  }),
  bankProfiles: t.field({
    type: [BankProfileType],
    readers: fundReaders,
    description: 'Kept profiles, and ready ones to begin with.',
    resolve: (_root, _args, { base }) => readProfiles(base),
  }),
  guessedBankProfile: t.string({
    nullable: true,
    readers: fundReaders,
    description: 'A definition out of the header of a file that was brought; null where none looks like a header.',
    args: { fileId: t.arg.id({ required: true, description: 'As the upload gave it.' }) },
    resolve: async (_root, { fileId }, { base }) => {
      const guessed = await guessProfileOf(base, fileId);
      return guessed ? JSON.stringify(guessed) : null;
    },
  }),
  bankImport: t.field({
    type: BankImportType,
    nullable: true,
    readers: fundReaders,
    description: 'One statement with its state and progress; null when there is none.',
    args: { importId: t.arg.id({ required: true, description: 'As `previewStatement` gave it.' }) },
    resolve: (_root, { importId }, { base }) => readImport(base, importId),
  }),
  bankImports: t.field({
    type: ImportConnection,
    readers: fundReaders,
    description: 'Statements, the newest first.',
    args: pageArgs(USUAL_IMPORTS),
    resolve: async (_root, args, { base }) => {
      const first = firstOf(args, USUAL_IMPORTS);
      const [atMs, importId] = decodeCursor(args.after) ?? [];
      const after = typeof atMs === 'number' && typeof importId === 'string' ? { atMs, importId } : null;
      const found = await readImports(base, { first, after });
      return pageOf({
        nodes: found.slice(0, first),
        cursorOf: (one) => encodeCursor(one.at.getTime(), one._id),
        hasNextPage: found.length > first,
        hasPreviousPage: after !== null,
      });
    },
  }),
}));
