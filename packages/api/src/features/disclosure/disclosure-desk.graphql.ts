import { builder } from '../../graphql/builder.js';
import { localId } from '../../graphql/global-id.js';
import { FUND_ROLES, roles } from '../../graphql/readers.js';
import { resultUnion } from '../../graphql/refusal.graphql.js';
import { isRefusal, type Refusal } from '../../kernel/refusal.js';
import { DisclosureType } from './disclosure.graphql.js';
import {
  correctPack,
  type Deadline,
  draftPack,
  type Fault,
  type Pack,
  type PackContent,
  type Period,
  publishPack,
  readDeadline,
  readDrafts,
  readReminders,
  type Reminder,
  withdrawDraft,
} from './index.js';
import { PackContentType } from './pack-content.graphql.js';

const fundReaders = roles(...FUND_ROLES);

const FaultType = builder.objectRef<Fault>('DisclosureFault').implement({
  description: 'Something in the books that must be put right before they can be disclosed.',
  readers: 'parent',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable, for programs.' }),
    text: t.exposeString('text', { description: 'In plain Chinese: what, and what to do.' }),
  }),
});

const DraftType = builder.objectRef<Pack>('DisclosureDraft').implement({
  description: 'A disclosure that waits for the other person. Nobody outside the fund reads it.',
  readers: fundReaders,
  fields: (t) => ({
    packId: t.globalID({
      description: 'Give it to `publishDisclosure`.',
      resolve: ({ _id }) => ({ type: 'Disclosure', id: _id }),
    }),
    number: t.exposeString('_id', { description: 'As it will be called.' }),
    from: t.exposeString('from', { description: 'First day in Asia/Shanghai.' }),
    until: t.exposeString('until', { description: 'Last day.' }),
    hash: t.exposeString('hash', { description: 'Of its content; the checker sends the one that was seen.' }),
    correctsNumber: t.exposeString('correctsId', { nullable: true, description: 'The pack it corrects.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it corrects.' }),
    draftedAt: t.expose('draftedAt', { type: 'Instant', description: 'When it was made.' }),
    isOwn: t.boolean({
      description: 'Made by the person who asks: somebody else has to publish it.',
      resolve: ({ draftedBy }, _args, { actor }) => actor.kind === 'person' && actor.memberId === draftedBy,
    }),
    faults: t.field({
      type: [FaultType],
      description: 'What keeps it from being published.',
      resolve: ({ faults }) => [...faults],
    }),
    content: t.field({
      type: PackContentType,
      description: 'All that it will say.',
      resolve: ({ json }) => JSON.parse(json) as PackContent,
    }),
  }),
});

const PeriodType = builder.objectRef<Period>('DisclosurePeriod').implement({
  description: 'Days in Asia/Shanghai, both included.',
  readers: 'parent',
  fields: (t) => ({
    from: t.exposeString('from', { description: 'First day.' }),
    until: t.exposeString('until', { description: 'Last day.' }),
  }),
});

const ReminderType = builder.objectRef<Reminder>('DisclosureReminder').implement({
  description: 'A reminder of the deadline that was given.',
  readers: 'parent',
  fields: (t) => ({
    daysBefore: t.int({ description: 'Days before the deadline; 0 once it had passed.', resolve: ({ step }) => step }),
    at: t.expose('at', { type: 'Instant', description: 'When.' }),
  }),
});

interface Desk {
  readonly deadline: Deadline | null;
}

const DeskType = builder.objectRef<Desk>('DisclosureDesk').implement({
  description: 'Where the fund’s people make and publish disclosures.',
  readers: fundReaders,
  fields: (t) => ({
    nextFrom: t.string({
      nullable: true,
      description: 'The day on which the next period begins; null before the fund’s first batch.',
      resolve: ({ deadline }) => deadline?.nextFrom ?? null,
    }),
    proposed: t.field({
      type: PeriodType,
      nullable: true,
      description: 'What a maker would take today; null while no day of it is over.',
      resolve: ({ deadline }) => deadline?.proposed ?? null,
    }),
    deadline: t.string({
      nullable: true,
      description: 'The last day for the next disclosure: three months after the last period’s end.',
      resolve: ({ deadline }) => deadline?.day ?? null,
    }),
    daysLeft: t.int({
      nullable: true,
      description: 'Until then; negative when it has passed.',
      resolve: ({ deadline }) => deadline?.daysLeft ?? null,
    }),
    reminders: t.field({
      type: [ReminderType],
      description: 'Given for this deadline, the nearest first.',
      resolve: ({ deadline }, _args, { base }) => (deadline ? readReminders(base, deadline.day) : []),
    }),
    drafts: t.field({
      type: [DraftType],
      description: 'That of the next period, and corrections that wait.',
      resolve: (_desk, _args, { base }) => readDrafts(base),
    }),
  }),
});

builder.queryField('disclosureDesk', (t) =>
  t.field({
    type: DeskType,
    nullable: true,
    readers: 'public',
    description: 'Drafts and deadline. Null when the person is neither of the fund nor auditor.',
    resolve: async (_root, _args, { base, actor }) =>
      fundReaders.allows(actor, undefined) ? { deadline: await readDeadline(base) } : null,
  }),
);

const DraftInput = builder.inputType('DraftDisclosureInput', {
  description: 'Of which days.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: 'Of this press of the button; 8 to 100 characters.' }),
    from: t.string({ required: true, description: 'The day after the last period, `2026-10-01`.' }),
    until: t.string({ required: true, description: 'At most three months later, and over: `2026-12-31`.' }),
  }),
});

const CorrectInput = builder.inputType('CorrectDisclosureInput', {
  description: 'Which one, and why.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: 'Of this press of the button; 8 to 100 characters.' }),
    disclosureId: t.id({ required: true, description: 'The one that holds today.' }),
    reason: t.string({ required: true, description: '1 to 200 characters. It is published.' }),
  }),
});

const PublishInput = builder.inputType('PublishDisclosureInput', {
  description: 'Which draft, as it was seen.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: 'Of this press of the button; 8 to 100 characters.' }),
    packId: t.id({ required: true, description: 'As the draft gave it.' }),
    hash: t.string({ required: true, description: 'Of the draft that was read.' }),
  }),
});

const DraftDone = builder.objectRef<{ draft: Pack }>('DraftDisclosureDone').implement({
  description: 'The draft as it stands.',
  readers: 'parent',
  fields: (t) => ({
    draft: t.expose('draft', { type: DraftType, description: 'To be read and published by another.' }),
  }),
});

const PublishDone = builder.objectRef<{ disclosure: Pack }>('PublishDisclosureDone').implement({
  description: 'It is out.',
  readers: 'parent',
  fields: (t) => ({
    disclosure: t.expose('disclosure', { type: DisclosureType, description: 'As everybody reads it.' }),
  }),
});

const DraftResult = resultUnion('DraftDisclosureResult', DraftDone);

builder.mutationField('draftDisclosure', (t) =>
  t.field({
    type: DraftResult,
    readers: 'public',
    description:
      'Makes the draft of the next period out of the books, in the place of any before; by a fund-maker. Refusals: ' +
      'SIGNED_OUT, NOT_ALLOWED, PERIOD_INVALID, PERIOD_GAP, PERIOD_NOT_OVER, PERIOD_TOO_LONG, PACK_PUBLISHED, BOOKS_BUSY, ' +
      'KEY_INVALID, KEY_REUSED.',
    args: { input: t.arg({ type: DraftInput, required: true, description: 'Of which days.' }) },
    resolve: async (_root, { input }, context) => asDraft(await draftPack(context, input)),
  }),
);

builder.mutationField('correctDisclosure', (t) =>
  t.field({
    type: DraftResult,
    readers: 'public',
    description:
      'Makes the draft of a correction, which is published as such; by a fund-maker. Refusals: SIGNED_OUT, NOT_ALLOWED, ' +
      'PACK_UNKNOWN, PACK_CORRECTED, REASON_INVALID, PACK_PUBLISHED, BOOKS_BUSY, KEY_INVALID, KEY_REUSED.',
    args: { input: t.arg({ type: CorrectInput, required: true, description: 'Which one, and why.' }) },
    resolve: async (_root, { input: { disclosureId, ...rest } }, context) =>
      asDraft(await correctPack(context, { ...rest, packId: localId('Disclosure', disclosureId) })),
  }),
);

builder.mutationField('publishDisclosure', (t) =>
  t.field({
    type: resultUnion('PublishDisclosureResult', PublishDone),
    readers: 'public',
    description:
      'Publishes a draft as it was seen; by a fund-checker who did not make it. Refusals: SIGNED_OUT, NOT_ALLOWED, ' +
      'SAME_PERSON, PACK_UNKNOWN, PACK_PUBLISHED, PACK_CHANGED, PACK_OUTDATED, PACK_BLOCKED, BOOKS_BUSY, KEY_INVALID, KEY_REUSED.',
    args: { input: t.arg({ type: PublishInput, required: true, description: 'Which draft.' }) },
    resolve: async (_root, { input: { packId, ...rest } }, context) => {
      const published = await publishPack(context, { ...rest, packId: localId('Disclosure', packId) });
      return isRefusal(published) ? published : { disclosure: published };
    },
  }),
);

const WithdrawInput = builder.inputType('WithdrawDisclosureInput', {
  description: 'Which draft, as it was seen.',
  fields: (t) => ({
    packId: t.id({ required: true, description: 'As the draft gave it.' }),
    hash: t.string({ required: true, description: 'Of the draft that was read.' }),
  }),
});

const WithdrawDone = builder.objectRef<{ number: string }>('WithdrawDisclosureDone').implement({
  description: 'The draft is gone; the same books give it again.',
  readers: 'parent',
  fields: (t) => ({ number: t.exposeString('number', { description: 'Of the draft.' }) }),
});

builder.mutationField('withdrawDisclosureDraft', (t) =>
  t.field({
    type: resultUnion('WithdrawDisclosureResult', WithdrawDone),
    readers: 'public',
    description:
      'Puts a draft away; by a fund-maker or fund-checker. Refusals: SIGNED_OUT, NOT_ALLOWED, PACK_UNKNOWN, ' +
      'PACK_PUBLISHED, PACK_CHANGED.',
    args: { input: t.arg({ type: WithdrawInput, required: true, description: 'Which draft.' }) },
    resolve: async (_root, { input: { packId, hash } }, context) => {
      const gone = await withdrawDraft(context, { packId: localId('Disclosure', packId), hash });
      return isRefusal(gone) ? gone : { number: gone._id };
    },
  }),
);

function asDraft(pack: Pack | Refusal): { draft: Pack } | Refusal {
  return isRefusal(pack) ? pack : { draft: pack };
}
