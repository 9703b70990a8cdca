import { builder } from '../../graphql/builder.js';
import { AgreementReasonInput, AgreementResult, done, local } from './agreement-commands.graphql.js';
import { askEnd, declineEnd, endAgreement } from './index.js';

builder.mutationFields((t) => ({
  askEndOfAgreement: t.field({
    type: AgreementResult,
    readers: 'public',
    description:
      'Asks to end it early: another person decides. Refusals: SIGNED_OUT, NOT_ALLOWED, REASON_INVALID, ' +
      'AGREEMENT_UNKNOWN, NOT_IN_FORCE, END_ASKED.',
    args: { input: t.arg({ type: AgreementReasonInput, required: true, description: 'Which, and why.' }) },
    resolve: async (_root, { input }, context) => done(context.base, await askEnd(context, local(input))),
  }),
  declineEndOfAgreement: t.field({
    type: AgreementResult,
    readers: 'public',
    description:
      'It is not ended: declined by a checker, or taken back by whoever asked. Refusals: SIGNED_OUT, NOT_ALLOWED, ' +
      'REASON_INVALID, AGREEMENT_UNKNOWN, END_NOT_ASKED.',
    args: { input: t.arg({ type: AgreementReasonInput, required: true, description: 'Which, and why.' }) },
    resolve: async (_root, { input }, context) => done(context.base, await declineEnd(context, local(input))),
  }),
  endAgreement: t.field({
    type: AgreementResult,
    readers: 'public',
    description:
      'Ends it early, as another person asked, whose reason is sent back as it was read: no new promise from now on; ' +
      'those shown are kept. Refusals: SIGNED_OUT, NOT_ALLOWED, REASON_INVALID, AGREEMENT_UNKNOWN, NOT_IN_FORCE, ' +
      'END_NOT_ASKED, SAME_PERSON, CONTENT_CHANGED.',
    args: { input: t.arg({ type: AgreementReasonInput, required: true, description: 'Which, and why.' }) },
    resolve: async (_root, { input }, context) => done(context.base, await endAgreement(context, local(input))),
  }),
}));
