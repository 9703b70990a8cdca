import { asker, post, tokenOf } from './shopper.js';
import { until } from './wait.js';
import type { FailureWorld } from './world.js';

/** The fund's administrators at the zone's front door, as their console would be: an answer, or an error. */
export interface Administrators {
  makeBatch(month: string, key: string): Promise<Decision>;
  approveBatch(batch: Decision): Promise<Decision>;
  /** Brings a statement as far as its preview. */
  preview(statement: { readonly bytes: Buffer; readonly key: string }): Promise<string>;
  /** Asks for a preview that is there to be posted. */
  post(statementId: string, key: string): Promise<void>;
  statementState(statementId: string): Promise<string>;
  draftPack(period: { readonly from: string; readonly until: string }, key: string): Promise<Decision>;
  publishPack(pack: Decision, key: string): Promise<void>;
}

/** What is decided on, as it was seen. */
export interface Decision {
  readonly id: string;
  readonly hash: string;
  readonly state: string;
}

const ACCOUNT = { name: '基金专户', bankName: '两江银行', number: '6222000000001234', profileId: 'signed' };

export async function administratorsOf(world: FailureWorld): Promise<Administrators> {
  const [maker, checker] = [asker(world, 'fund-maker'), asker(world, 'fund-checker')];
  const saved = await maker(
    'saveBankAccount',
    'SaveBankAccountInput',
    '... on BankAccountDone { account { accountId } }',
    {
      ...{ idempotencyKey: 'failure-account', ...ACCOUNT, openingFen: 0 },
    },
  );
  const { accountId } = granted(saved, 'account')['account'] as { accountId: string };
  const batchOf = (answer: Answer): Decision => {
    const { id, contentHash, state } = granted(answer, 'batch')['batch'] as Record<
      'id' | 'contentHash' | 'state',
      string
    >;
    return { id, hash: contentHash, state };
  };
  const BATCH = '... on BatchDone { batch { id contentHash state } }';
  const state = async (id: string): Promise<string> => {
    const query = 'query ($id: ID!) { bankImport(importId: $id) { state } }';
    const { bankImport } = (await post(world, 'fund-maker', { query, variables: { id } })) as {
      bankImport: { state: string } | null;
    };
    return bankImport?.state ?? 'GONE';
  };
  return {
    async makeBatch(month, key) {
      return batchOf(await maker('makeBatch', 'MakeBatchInput', BATCH, { idempotencyKey: key, month }));
    },
    async approveBatch({ id, hash }) {
      return batchOf(await checker('approveBatch', 'DecideBatchInput', BATCH, { batchId: id, contentHash: hash }));
    },
    async preview({ bytes, key }) {
      const fileId = await upload(world, bytes, key);
      const part = '... on StatementDone { statement { importId } }';
      const input = { idempotencyKey: key, accountId, fileId, profileId: 'signed' };
      const asked = granted(await maker('previewStatement', 'PreviewStatementInput', part, input), 'preview');
      return (asked['statement'] as { importId: string }).importId;
    },
    async post(statementId, key) {
      await until('the statement is read', async () => (await state(statementId)) === 'PREVIEWED');
      const part = '... on StatementDone { statement { importId } }';
      const input = { idempotencyKey: key, importId: statementId };
      granted(await maker('postStatement', 'StatementInput', part, input), 'posting');
    },
    statementState: state,
    async draftPack(period, key) {
      const part = '... on DraftDisclosureDone { draft { packId hash } }';
      const input = { idempotencyKey: key, ...period };
      const answer = granted(await maker('draftDisclosure', 'DraftDisclosureInput', part, input), 'pack');
      const { packId, hash } = answer['draft'] as Record<'packId' | 'hash', string>;
      return { id: packId, hash, state: 'DRAFT' };
    },
    async publishPack({ id, hash }, key) {
      const part = '... on PublishDisclosureDone { disclosure { id } }';
      const input = { idempotencyKey: key, packId: id, hash };
      granted(await checker('publishDisclosure', 'PublishDisclosureInput', part, input), 'publication');
    },
  };
}

type Answer = Readonly<Record<string, unknown>>;

function granted(answer: Answer, what: string): Answer {
  if (typeof answer['code'] === 'string') throw new Error(`${what}: ${answer['code']}`);
  return answer;
}

async function upload(world: FailureWorld, bytes: Buffer, name: string): Promise<string> {
  const response = await fetch(`${world.url()}/files?name=${name}.csv&purpose=statement`, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      authorization: `Bearer ${await tokenOf(world, 'fund-maker')}`,
    },
    body: new Uint8Array(bytes),
  });
  const { id, code } = (await response.json()) as { id?: string; code?: string };
  if (id === undefined) throw new Error(`the file was not taken: ${code ?? response.status}`);
  return id;
}
