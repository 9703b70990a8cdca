import { builder } from '../../graphql/builder.js';
import { key, statementDone, StatementResult } from './bank-commands.graphql.js';
import { askStatementBack, declineStatementBack, takeStatementBack } from './index.js';

const AskStatementBackInput = builder.inputType('AskStatementBackInput', {
  description: 'A statement that was posted by mistake.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: key }),
    importId: t.id({ required: true, description: 'As the list of imports names it.' }),
    reason: t.string({ required: true, description: '1 to 200 characters.' }),
  }),
});

const StatementBackInput = builder.inputType('StatementBackInput', {
  description: 'A statement that somebody asked back.',
  fields: (t) => ({ importId: t.id({ required: true, description: 'As the list of imports names it.' }) }),
});

builder.mutationFields((t) => ({
  askStatementBack: t.field({
    type: StatementResult,
    readers: 'public',
    description:
      'A maker asks that a posted statement leave the books; nothing changes until another person approves. Refusals: ' +
      'SIGNED_OUT, NOT_ALLOWED, KEY_INVALID, KEY_REUSED, REASON_INVALID, IMPORT_UNKNOWN, NOT_POSTED, BACK_ASKED, OVERLAPPED, ' +
      'DECIDED, RECEIPTED, DISCLOSED, SPENT (the message says what to do first).',
    args: { input: t.arg({ type: AskStatementBackInput, required: true, description: 'Which one, and why.' }) },
    resolve: async (_root, { input }, context) => statementDone(await askStatementBack(context, input)),
  }),
  declineStatementBack: t.field({
    type: StatementResult,
    readers: 'public',
    description:
      'Whoever asked withdraws, or a checker declines: the statement stands. Refusals: SIGNED_OUT, NOT_ALLOWED, ' +
      'IMPORT_UNKNOWN, BACK_NOT_ASKED.',
    args: { input: t.arg({ type: StatementBackInput, required: true, description: 'Which one.' }) },
    resolve: async (_root, { input }, context) => statementDone(await declineStatementBack(context, input)),
  }),
  takeStatementBack: t.field({
    type: StatementResult,
    readers: 'public',
    description:
      'A checker who did not ask approves: the statement’s lines leave the books by themselves. Twice is once. Refusals: ' +
      'SIGNED_OUT, NOT_ALLOWED, IMPORT_UNKNOWN, BACK_NOT_ASKED, SAME_PERSON, ACCOUNT_BUSY, OVERLAPPED, DECIDED, RECEIPTED, ' +
      'DISCLOSED, SPENT.',
    args: { input: t.arg({ type: StatementBackInput, required: true, description: 'Which one.' }) },
    resolve: async (_root, { input }, context) => statementDone(await takeStatementBack(context, input)),
  }),
}));
