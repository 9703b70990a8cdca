import { builder } from '../../graphql/builder.js';
import { connectionType, pageArgs } from '../../graphql/connection.js';
import { localId } from '../../graphql/global-id.js';
import { decodeCursor, encodeCursor, firstOf, pageOf } from '../../graphql/paging.js';
import { FUND_ROLES, roles } from '../../graphql/readers.js';
import { resultUnion } from '../../graphql/refusal.graphql.js';
import { type Actor, hasRole, sponsorIdsOf } from '../../kernel/authority.js';
import type { Base } from '../../kernel/context.js';
import { isRefusal, type Refusal } from '../../kernel/refusal.js';
import { catalogue } from '../catalogue/index.js';
import { SupplierType } from '../catalogue/product-parts.graphql.js';
import { agreementReaders, AgreementStateType, AgreementType, MatchUnitType } from './agreements.graphql.js';
import {
  type Agreement,
  approveAgreement,
  draftAgreement,
  knownSponsorName,
  listAgreements,
  normalUscc,
  rejectAgreement,
  reviseAgreement,
  showAgreement,
  type ShownAgreement,
  submitAgreement,
  type TermsInput,
  usccFault,
  usccFaultText,
} from './index.js';

builder.objectField(AgreementType, 'suppliers', (t) =>
  t.field({
    type: [SupplierType],
    description: 'Covers products of these suppliers; empty: of any, where another property is given.',
    resolve: (agreement, _args, { base }) =>
      (agreement.properties?.supplierIds ?? []).flatMap((id) => catalogue(base).supplier(id) ?? []),
  }),
);

const AgreementConnection = connectionType<ShownAgreement, { readonly totalCount: number }>(
  AgreementType,
  'Agreement',
  (t) => ({ totalCount: t.exposeInt('totalCount', { description: 'All that the filter lets through.' }) }),
);

builder.queryField('agreements', (t) =>
  t.field({
    type: AgreementConnection,
    nullable: true,
    readers: roles(...FUND_ROLES, 'sponsor'),
    description: 'Agreements in every state, the latest first; a sponsor sees its own that came into force.',
    args: { ...pageArgs(50), state: t.arg({ type: AgreementStateType, description: 'Only those that stand here.' }) },
    resolve: async (_root, args, { base, actor }) => {
      const all = (await readable(base, actor)).filter((one) => !args.state || one.state === args.state);
      const [after] = decodeCursor(args.after) ?? [];
      const start = after === undefined ? 0 : all.findIndex((one) => one._id === after) + 1;
      const first = firstOf(args, 50);
      return {
        ...pageOf({
          nodes: all.slice(start, start + first),
          cursorOf: (agreement) => encodeCursor(agreement._id),
          hasNextPage: start + first < all.length,
          hasPreviousPage: start > 0,
        }),
        totalCount: all.length,
      };
    },
  }),
);

builder.queryField('agreement', (t) =>
  t.field({
    type: AgreementType,
    nullable: true,
    readers: roles(...FUND_ROLES, 'sponsor'),
    description: 'One agreement. Null when it is not there or not the sponsor’s own.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: async (_root, args, { base, actor }) =>
      (await readable(base, actor)).find((one) => one._id === localId('Agreement', args.id)) ?? null,
  }),
);

/** What somebody may read, the latest beginning first. A draft is the fund's own business. */
async function readable(base: Base, actor: Actor): Promise<ShownAgreement[]> {
  const isOfTheFund = FUND_ROLES.some((name) => hasRole(actor, name));
  const found = await listAgreements(base, isOfTheFund ? {} : { sponsorUscc: sponsorIdsOf(actor) });
  return found
    .filter((one) => isOfTheFund || agreementReaders.allows(actor, one))
    .sort((a, b) => b.validFrom.getTime() - a.validFrom.getTime() || (a._id < b._id ? 1 : -1));
}

interface CheckedUscc {
  readonly code: string;
  readonly fault: ReturnType<typeof usccFault>;
}

const UsccCheckType = builder.objectRef<CheckedUscc>('UsccCheck').implement({
  description: 'What a 统一社会信用代码 looks like to the rule of GB 32100-2015.',
  readers: 'parent',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'As the standard writes it: capitals, ordinary width, no blanks.' }),
    isValid: t.boolean({
      description: 'Eighteen characters of the alphabet, the last of which is the right one.',
      resolve: ({ fault }) => fault === null,
    }),
    message: t.string({
      nullable: true,
      description: 'What is wrong with it, in Chinese; null: nothing.',
      resolve: ({ fault }) => fault && usccFaultText(fault),
    }),
    knownName: t.string({
      nullable: true,
      description: 'The name under which this sponsor signed last; null for a new one.',
      resolve: ({ code, fault }, _args, { base }) => (fault ? null : knownSponsorName(base, code)),
    }),
  }),
});

builder.queryField('usccCheck', (t) =>
  t.field({
    type: UsccCheckType,
    readers: roles(...FUND_ROLES),
    description: 'Checks a code while it is written.',
    args: { code: t.arg.string({ required: true, description: 'As it was typed.' }) },
    resolve: (_root, args) => {
      const code = normalUscc(args.code.slice(0, MOST_TYPED));
      return { code, fault: usccFault(code) };
    },
  }),
);
const MOST_TYPED = 64;

const AgreementTermsInput = builder.inputType('AgreementTermsInput', {
  description: 'What sponsor and fund have agreed.',
  fields: (t) => ({
    number: t.string({ required: true, description: 'The number on the paper, 2 to 40 characters; used once.' }),
    sponsorUscc: t.string({ required: true, description: 'The sponsor’s 统一社会信用代码.' }),
    sponsorName: t.string({ required: true, description: '2 to 60 characters.' }),
    publishesName: t.boolean({ defaultValue: true, description: 'False: the name is not published (art. 82).' }),
    fundName: t.string({ required: true, description: '2 to 60 characters.' }),
    amountFen: t.field({ type: 'Fen', defaultValue: 100, description: 'For one unit, 1 to 100,000.' }),
    unit: t.field({ type: MatchUnitType, defaultValue: 'line', description: 'What one unit is.' }),
    capFen: t.field({ type: 'Fen', required: true, description: 'The most that will ever be matched.' }),
    monthlyCapFen: t.field({ type: 'Fen', description: 'The most of one month; left out: only the total counts.' }),
    firstDay: t.string({ required: true, description: 'First day in Asia/Shanghai, `2026-01-01`.' }),
    lastDay: t.string({ required: true, description: 'Last day in Asia/Shanghai, `2026-12-31`; ten years at most.' }),
    listedProductIds: t.idList({ defaultValue: [], description: 'Products covered by themselves.' }),
    countyCodes: t.stringList({ defaultValue: [], description: 'And products of these counties …' }),
    categoryKeys: t.stringList({ defaultValue: [], description: '… and of these categories …' }),
    supplierIds: t.idList({ defaultValue: [], description: '… and of these suppliers, where given.' }),
    fileIds: t.idList({ defaultValue: [], description: 'The paper: uploaded files, 20 at most.' }),
    replacesId: t.id({ description: 'The agreement whose place it takes.' }),
  }),
});

function termsOf(terms: typeof AgreementTermsInput.$inferInput): TermsInput {
  const { number, sponsorUscc, sponsorName, fundName, capFen, firstDay, lastDay } = terms;
  return {
    ...{ number, sponsorUscc, sponsorName, fundName, capFen, firstDay, lastDay },
    publishesName: terms.publishesName ?? true,
    amountFenPerUnit: terms.amountFen ?? 100,
    unit: terms.unit ?? 'line',
    monthlyCapFen: terms.monthlyCapFen ?? null,
    productIds: (terms.listedProductIds ?? []).map((id) => localId('Product', id)),
    countyCodes: terms.countyCodes ?? [],
    categoryKeys: terms.categoryKeys ?? [],
    supplierIds: (terms.supplierIds ?? []).map((id) => localId('Supplier', id)),
    fileIds: terms.fileIds ?? [],
    replacesId: terms.replacesId ? localId('Agreement', terms.replacesId) : null,
  };
}

const idempotencyKey = { required: true, description: 'Of this press of the button, 8 to 100 characters.' } as const;
const agreementId = { required: true, description: 'Which one.' } as const;
const reason = { required: true, description: 'Why, 1 to 200 characters.' } as const;
const terms = { type: AgreementTermsInput, required: true, description: 'All of them.' } as const;

const DraftAgreementInput = builder.inputType('DraftAgreementInput', {
  description: 'A new agreement.',
  fields: (t) => ({ idempotencyKey: t.string(idempotencyKey), terms: t.field(terms) }),
});
const ReviseAgreementInput = builder.inputType('ReviseAgreementInput', {
  description: 'A draft, written anew.',
  fields: (t) => ({ idempotencyKey: t.string(idempotencyKey), agreementId: t.id(agreementId), terms: t.field(terms) }),
});
const SubmitAgreementInput = builder.inputType('SubmitAgreementInput', {
  description: 'A draft that is ready.',
  fields: (t) => ({ idempotencyKey: t.string(idempotencyKey), agreementId: t.id(agreementId) }),
});
const ApproveAgreementInput = builder.inputType('ApproveAgreementInput', {
  description: 'An agreement that was checked.',
  fields: (t) => ({
    idempotencyKey: t.string(idempotencyKey),
    agreementId: t.id(agreementId),
    contentHash: t.string({ required: true, description: 'Of the terms that the checker has read.' }),
  }),
});
export const AgreementReasonInput = builder.inputType('AgreementReasonInput', {
  description: 'An agreement, and why.',
  fields: (t) => ({
    idempotencyKey: t.string(idempotencyKey),
    agreementId: t.id(agreementId),
    reason: t.string(reason),
  }),
});

const AgreementDone = builder.objectRef<{ agreement: ShownAgreement }>('AgreementDone').implement({
  description: 'The agreement as it is now.',
  readers: 'parent',
  fields: (t) => ({ agreement: t.expose('agreement', { type: AgreementType, description: 'As it is now.' }) }),
});
export const AgreementResult = resultUnion('AgreementResult', AgreementDone);

export async function done(base: Base, outcome: Agreement | Refusal): Promise<{ agreement: ShownAgreement } | Refusal> {
  return isRefusal(outcome) ? asAsked(outcome) : { agreement: await showAgreement(base, outcome) };
}

/** What the command calls otherwise than the input does. */
const INPUT_NAMES: Readonly<Record<string, string>> = { amountFenPerUnit: 'amountFen', productIds: 'listedProductIds' };

function asAsked(refusal: Refusal): Refusal {
  const name = refusal.path === undefined ? undefined : INPUT_NAMES[refusal.path];
  return name === undefined ? refusal : { ...refusal, path: name };
}

export const local = <Input extends { agreementId: string }>(input: Input): Input => ({
  ...input,
  agreementId: localId('Agreement', input.agreementId),
});

const DRAFT_REFUSALS =
  'KEY_INVALID, KEY_REUSED, TERMS_INVALID (path names the field), USCC_INVALID, PRODUCT_UNKNOWN, REPLACED_UNKNOWN, ' +
  'FILE_UNKNOWN, NUMBER_TAKEN';

builder.mutationFields((t) => ({
  draftAgreement: t.field({
    type: AgreementResult,
    readers: 'public',
    description: `Writes a draft; the maker’s. Refusals: SIGNED_OUT, NOT_ALLOWED, ${DRAFT_REFUSALS}.`,
    args: { input: t.arg({ type: DraftAgreementInput, required: true, description: 'What was agreed.' }) },
    resolve: async (_root, { input }, context) =>
      done(context.base, await draftAgreement(context, { ...input, terms: termsOf(input.terms) })),
  }),
  reviseAgreement: t.field({
    type: AgreementResult,
    readers: 'public',
    description: `Writes a draft anew. Refusals: those of a draft, AGREEMENT_UNKNOWN, NOT_DRAFT, TOO_MANY_CHANGES.`,
    args: { input: t.arg({ type: ReviseAgreementInput, required: true, description: 'Which, and how.' }) },
    resolve: async (_root, { input }, context) =>
      done(context.base, await reviseAgreement(context, { ...local(input), terms: termsOf(input.terms) })),
  }),
  submitAgreement: t.field({
    type: AgreementResult,
    readers: 'public',
    description: 'Hands a draft to the checker. Refusals: SIGNED_OUT, NOT_ALLOWED, AGREEMENT_UNKNOWN, NOT_DRAFT.',
    args: { input: t.arg({ type: SubmitAgreementInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, context) => done(context.base, await submitAgreement(context, local(input))),
  }),
  approveAgreement: t.field({
    type: AgreementResult,
    readers: 'public',
    description:
      'Brings it into force; by a person who did not make it. Refusals: SIGNED_OUT, NOT_ALLOWED, AGREEMENT_UNKNOWN, ' +
      'NOT_SUBMITTED, SAME_PERSON, CONTENT_CHANGED, TERM_OVER, OVERLAP.',
    args: { input: t.arg({ type: ApproveAgreementInput, required: true, description: 'Which, as it was read.' }) },
    resolve: async (_root, { input }, context) => done(context.base, await approveAgreement(context, local(input))),
  }),
  rejectAgreement: t.field({
    type: AgreementResult,
    readers: 'public',
    description:
      'Gives it back to its maker. Refusals: SIGNED_OUT, NOT_ALLOWED, REASON_INVALID, AGREEMENT_UNKNOWN, ' +
      'NOT_SUBMITTED, SAME_PERSON.',
    args: { input: t.arg({ type: AgreementReasonInput, required: true, description: 'Which, and why.' }) },
    resolve: async (_root, { input }, context) => done(context.base, await rejectAgreement(context, local(input))),
  }),
}));
