import { Readable } from 'node:stream';
import {
  type Base,
  type Context,
  isRefusal,
  postStatement,
  previewStatement,
  runPosting,
  runPreview,
  saveAccount,
  saveFile,
  systemContext,
} from '@aixin/api/internals';
import { granted } from '../granted.js';
import { OPENING_FEN, type SeedLine, statementOf } from './fund-bank.js';

/** The lines of some days, brought as a person brings them: file, preview, posting. */
export async function bringStatement(input: {
  readonly base: Base;
  readonly maker: Context;
  readonly lines: readonly SeedLine[];
  readonly days: { readonly from: string; readonly until: string };
}): Promise<void> {
  const { base, maker, lines, days } = input;
  if (!lines.some((line) => line.day >= days.from && line.day <= days.until)) return;
  const account = await saveAccount(maker, {
    ...{ idempotencyKey: 'seed-bank-account', name: '基金专户', bankName: '两江银行', number: '6222000000001234' },
    ...{ profileId: 'signed', openingFen: OPENING_FEN },
  });
  const uploadedBy = maker.actor.kind === 'person' ? maker.actor.memberId : '';
  const stream = Readable.from([statementOf(lines, days)]);
  const file = await saveFile(base, {
    ...{ name: `两江银行流水 ${days.from} 至 ${days.until}.csv`, purpose: 'statement', uploadedBy, stream },
  });
  if (isRefusal(account) || isRefusal(file)) throw new Error('the demo has no account for its statements');
  const asked = { accountId: account._id, fileId: file.fileId, profileId: 'signed' };
  const read = await previewStatement(maker, { idempotencyKey: `seed-preview-${days.from}`, ...asked });
  if (isRefusal(read)) throw new Error(`the demo's statement: ${read.code}`);
  const system = systemContext(base, 'seed');
  const previewed = read.state === 'PREVIEWING' ? await runPreview(system, read._id) : read;
  if (!isRefusal(previewed) && previewed.refusal) throw new Error(`the demo's statement: ${previewed.refusal.message}`);
  const posting = await postStatement(maker, { idempotencyKey: `seed-post-${days.from}`, importId: read._id });
  if (isRefusal(posting)) throw new Error(`the demo's statement of ${days.from}: ${posting.code}`);
  if (posting.state === 'POSTING') granted(await runPosting(system, read._id), `statement of ${days.from}`);
}
