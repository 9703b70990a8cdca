import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  graphql,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';
import type { GraphqlContext } from '../../src/graphql/context.js';
import { schema } from '../../src/graphql/schema.js';
import type { Actor, Role, RoleName } from '../../src/kernel/authority.js';
import { type Heart, startHeart } from '../heart.js';

const ROLES: { readonly [Name in RoleName]: Role & { readonly name: Name } } = {
  member: { name: 'member' },
  secretary: { name: 'secretary', organisationId: 'o1' },
  'fund-maker': { name: 'fund-maker' },
  'fund-checker': { name: 'fund-checker' },
  supplier: { name: 'supplier', supplierId: 's1' },
  operator: { name: 'operator' },
  auditor: { name: 'auditor' },
  sponsor: { name: 'sponsor', sponsorId: '91500000MADEM0009B' },
};
const WHO = [...(Object.keys(ROLES) as RoleName[]), 'nobody'] as const;

const MAKER: readonly RoleName[] = ['fund-maker'];
const CHECKER: readonly RoleName[] = ['fund-checker'];
const MEMBER: readonly RoleName[] = ['member'];
const SELLERS: readonly RoleName[] = ['supplier', 'operator'];

/** Who may try each command. A new one must be added here, or the test says so. An auditor and a sponsor stand nowhere. */
const WRITERS: Record<string, readonly RoleName[]> = {
  acceptBankSuggestion: MAKER,
  approveAgreement: CHECKER,
  approveBatch: CHECKER,
  askBillBack: MAKER,
  askEndOfAgreement: [...MAKER, ...CHECKER],
  askStatementBack: MAKER,
  bookOutsideRefund: ['operator'],
  cancelOrder: MEMBER,
  changeCart: MEMBER,
  closeProject: [...MAKER, ...CHECKER],
  confirmReceipt: MEMBER,
  correctDisclosure: MAKER,
  decideOutsideRefund: ['operator'],
  decideProject: CHECKER,
  decideRefund: SELLERS,
  decideSpend: CHECKER,
  declineEndOfAgreement: [...MAKER, ...CHECKER],
  declineStatementBack: [...MAKER, ...CHECKER],
  discardStatement: MAKER,
  draftAgreement: MAKER,
  draftDisclosure: MAKER,
  endAgreement: CHECKER,
  escalateRefund: MEMBER,
  explainDifference: MAKER,
  fetchBill: MAKER,
  ignoreBankLine: MAKER,
  importBill: MAKER,
  makeBatch: MAKER,
  matchBankLines: MAKER,
  payOrder: MEMBER,
  placeOrder: MEMBER,
  postStatement: MAKER,
  previewStatement: MAKER,
  proposeProject: MAKER,
  publishDisclosure: CHECKER,
  recordReceipt: MAKER,
  recordSpend: MAKER,
  rejectAgreement: CHECKER,
  rejectBatch: [...MAKER, ...CHECKER],
  removeAddress: MEMBER,
  reopenBankLine: MAKER,
  requestRefund: MEMBER,
  restoreAddress: MEMBER,
  reverseSpend: MAKER,
  reviseAgreement: MAKER,
  saveAddress: MEMBER,
  saveBankAccount: MAKER,
  saveBankProfile: MAKER,
  shipParcel: SELLERS,
  submitAgreement: MAKER,
  takeBillBack: CHECKER,
  takeStatementBack: CHECKER,
  tryStuckNow: ['operator'],
  unmatchBankLine: MAKER,
  voidReceipt: MAKER,
  withdrawDisclosureDraft: [...MAKER, ...CHECKER],
  withdrawSpend: MAKER,
};

const commands = Object.values(schema.getMutationType()?.getFields() ?? {});
let heart: Heart;
let asked = 0;
beforeAll(async () => {
  heart = await startHeart('commands');
});
afterAll(() => heart.stop());

/** Something of the type, with what is required and nothing else. */
function anything(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return anything(type.ofType);
  if (isListType(type)) return [anything(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(required.map((field) => [field.name, anything(field.type)]));
  }
  const plain: Record<string, unknown> = { Boolean: true, Int: 1, Fen: 1, Instant: '2026-01-01T00:00:00.000Z' };
  return plain[type.name] ?? 'nothing-of-ours';
}

/** What the command says to somebody with this one role: the code of its refusal, or of its error. */
async function outcome(command: (typeof commands)[number], who: (typeof WHO)[number]): Promise<unknown[]> {
  // Another person each time: nobody is asked to wait.
  asked += 1;
  const actor: Actor =
    who === 'nobody' ? { kind: 'anonymous' } : { kind: 'person', memberId: `${who}-${asked}`, roles: [ROLES[who]] };
  const { base } = heart;
  const contextValue: GraphqlContext = {
    ...{ base, actor, requestId: 'commands', log: base.log, clientIp: `address-${asked}` },
    takesPlainJsonAlone: false,
    ...{ publicUrl: '', sandboxPayPage: null, outcome: { isPublic: false } },
  };
  const names = command.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const given = command.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const source = `mutation (${names}) { said: ${command.name}(${given}) { ... on Refusal { code } } }`;
  const variableValues = Object.fromEntries(command.args.map(({ name, type }) => [name, anything(type)]));
  const { data, errors } = await graphql({ schema, source, contextValue, variableValues });
  const { code } = (data?.['said'] ?? {}) as { code?: string };
  return [code, ...(errors?.map((error) => error.extensions['code'] ?? error.message) ?? [])];
}

describe('the commands', () => {
  it('are all known here, and none is an auditor’s or a sponsor’s', () => {
    expect(commands.map((command) => command.name).sort()).toEqual(Object.keys(WRITERS).sort());
    expect(Object.values(WRITERS).flat()).not.toContain('auditor');
    expect(Object.values(WRITERS).flat()).not.toContain('sponsor');
  });

  it.each(commands.map((command) => [command.name, command] as const))(
    '%s is refused to everybody else, whatever is in it',
    async (name, command) => {
      for (const who of WHO) {
        const said = await outcome(command, who);
        if (who === 'nobody') expect([who, said]).toEqual([who, ['SIGNED_OUT']]);
        else if (!WRITERS[name]?.includes(who)) expect([who, said]).toEqual([who, ['NOT_ALLOWED']]);
        else expect([who, said.includes('NOT_ALLOWED') || said.includes('SIGNED_OUT')]).toEqual([who, false]);
      }
    },
  );
});
