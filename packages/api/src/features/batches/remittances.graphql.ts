import { builder } from '../../graphql/builder.js';
import { globalId, localId } from '../../graphql/global-id.js';
import { requestLoader } from '../../graphql/loader.js';
import { anyOf, FUND_ROLES, roles, sponsorOf } from '../../graphql/readers.js';
import { hasRole, sponsorIdsOf } from '../../kernel/authority.js';
import { type PayTo, readBatches, readRemittances, type Remittance, REMITTANCE_STATES } from './index.js';

export const RemittanceStateType = builder.enumType('RemittanceState', {
  description: 'Where a remittance stands. DRAFT with its batch; NONE when nothing is to be remitted.',
  values: REMITTANCE_STATES,
});

const STATE_TEXTS: Readonly<Record<Remittance['state'], string>> = {
  DRAFT: '待复核',
  OPEN: '待汇款',
  REMITTED: '已到账，待开票据',
  RECEIPTED: '已开票据，待公示',
  DISCLOSED: '已公示',
  NONE: '无需汇款',
};

export const remittanceReaders = anyOf<Remittance>(
  roles(...FUND_ROLES),
  // What nobody has checked yet is the fund's own business.
  sponsorOf(({ state, sponsorId }) => (state === 'DRAFT' ? [] : [sponsorId])),
);

export const PayToType = builder.objectRef<PayTo>('PayTo').implement({
  description: 'The fund’s account for remittances.',
  readers: 'parent',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As people call it: 基金专户.' }),
    bankName: t.exposeString('bankName', { description: 'The bank that keeps it.' }),
    number: t.exposeString('number', { description: 'The whole number.' }),
  }),
});

/** Of all batches in one read, however many remittances ask. */
const payToOf = requestLoader<PayTo>(
  async (base) => new Map((await readBatches(base)).flatMap(({ _id, payTo }) => (payTo ? [[_id, payTo]] : []))),
);

export const RemittanceType = builder.objectRef<Remittance>('Remittance');

builder.node(RemittanceType, {
  name: 'Remittance',
  description: 'What one sponsor has to remit for one batch. Read by the fund, and once asked for by the sponsor.',
  readers: remittanceReaders,
  id: { resolve: (remittance) => remittance._id },
  loadOne: async (id, { base }) => (await readRemittances(base, { ids: [id], states: REMITTANCE_STATES }))[0] ?? null,
  fields: (t) => ({
    reference: t.exposeString('_id', { description: 'What the bank line must carry: `AX202610-01`.' }),
    batchNumber: t.exposeString('batchId', { description: 'Its batch, `B202610`.' }),
    agreementId: t.id({
      description: 'The agreement’s global id.',
      resolve: ({ agreementId }) => globalId('Agreement', agreementId),
    }),
    agreementNumber: t.exposeString('agreementNumber', { description: 'As on the paper.' }),
    sponsorName: t.exposeString('sponsorName', { description: 'The donor.' }),
    payTo: t.field({
      type: PayToType,
      nullable: true,
      description: 'The account to which it is remitted, frozen with its batch; null where none was named.',
      resolve: async ({ batchId }, _args, context) => (await payToOf(context).load(batchId)) ?? null,
    }),
    linesFen: t.expose('linesFen', { type: 'Fen', description: 'Sum of its lines; negative when refunds outweigh.' }),
    carriedInFen: t.expose('carriedInFen', { type: 'Fen', description: 'Zero or negative: left over from the last.' }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'To be remitted.' }),
    carriedOutFen: t.expose('carriedOutFen', { type: 'Fen', description: 'Zero or negative: goes into the next.' }),
    receivedFen: t.expose('receivedFen', { type: 'Fen', description: 'What the bank’s lines brought.' }),
    spentFen: t.expose('spentFen', { type: 'Fen', description: 'Spent of it on projects.' }),
    state: t.expose('state', { type: RemittanceStateType, description: 'Where it stands.' }),
    stateText: t.string({ description: 'The same in Chinese.', resolve: ({ state }) => STATE_TEXTS[state] }),
    approvedAt: t.expose('approvedAt', { type: 'Instant', nullable: true, description: 'When the sponsor was asked.' }),
    remittedDay: t.exposeString('remittedDay', {
      nullable: true,
      description: 'Asia/Shanghai day of the bank line that completed it, `2026-11-03`.',
    }),
    receiptedAt: t.expose('receiptedAt', { type: 'Instant', nullable: true, description: 'When its receipt came.' }),
    disclosedAt: t.expose('disclosedAt', { type: 'Instant', nullable: true, description: 'When it was published.' }),
  }),
});

builder.queryField('remittances', (t) =>
  t.field({
    type: [RemittanceType],
    readers: { name: 'the fund, a sponsor its own', allows: (actor) => actor.kind === 'person' },
    description: 'By reference, the oldest first: all for the fund, the own ones for a sponsor, none for others.',
    args: {
      states: t.arg({ type: [RemittanceStateType], description: 'Only those that stand here; drafts only if named.' }),
      agreementId: t.arg.id({ description: 'Only those of this agreement.' }),
    },
    resolve: async (_root, args, { base, actor }) => {
      const isOfTheFund = FUND_ROLES.some((name) => hasRole(actor, name));
      const found = await readRemittances(base, {
        ...(isOfTheFund ? {} : { sponsorIds: sponsorIdsOf(actor) }),
        ...(args.states ? { states: args.states } : {}),
        ...(args.agreementId ? { agreementIds: [localId('Agreement', args.agreementId)] } : {}),
      });
      return found.filter((remittance) => remittanceReaders.allows(actor, remittance));
    },
  }),
);
