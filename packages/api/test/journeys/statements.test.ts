import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { signedCsv } from '../statement-fixture.js';
import { type Answer, startWorld, type World } from '../world.js';
import { until } from './steps.js';

let world: World;
beforeAll(async () => {
  world = await startWorld('statements');
});
afterAll(() => world.stop());

let keyCount = 0;
const key = (): string => `statement-journey-${(keyCount += 1)}`;

async function upload(name: string, csv: string): Promise<string> {
  const response = await fetch(`${world.url}/files?purpose=statement&name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      authorization: `Bearer ${await world.portal.token('fund-maker')}`,
    },
    body: csv,
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as { id: string }).id;
}

const RESULT = '{ ... on StatementDone { statement { importId state } } ... on Refusal { code message path } }';
const DONE = '{ ... on BankAccountDone { account { accountId } } ... on Refusal { code message path } }';

async function mutate(who: string, field: string, type: string, input: object): Promise<Answer> {
  const selection = field === 'saveBankAccount' ? DONE : RESULT;
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) ${selection} }`;
  const { data, errors } = await world.ask(who, query, { input: { idempotencyKey: key(), ...input } });
  expect(errors).toBe(undefined);
  return data[field];
}

async function ended(importId: string, state: string): Promise<Answer> {
  let one: Answer;
  await until(async () => {
    const { data } = await world.ask(
      'auditor',
      `query ($id: ID!) { bankImport(importId: $id) { state progress { linesRead linesPosted } refusal { code message lineNo }
        preview { lineCount newCount duplicateCount creditFen debitFen checks problems }
        firstLines(first: 2) { lineNo day amountFen counterparty } } }`,
      { id: importId },
    );
    one = data.bankImport;
    return one.state === state;
  });
  return one;
}

it('a maker brings a statement, looks at it, posts it, and the same file again adds nothing', async () => {
  const account = { name: '基金专户', bankName: '两江银行', number: '622200001234', profileId: 'signed' };
  const saved = await mutate('fund-maker', 'saveBankAccount', 'SaveBankAccountInput', account);
  const accountId: string = saved.account.accountId;
  expect(await mutate('auditor', 'saveBankAccount', 'SaveBankAccountInput', account)).toMatchObject({
    code: 'NOT_ALLOWED',
  });

  const csv = signedCsv([
    { day: '2026-11-03', amountFen: 12_345, memo: '结息' },
    { day: '2026-11-04', amountFen: 500, counterparty: '张三丰', memo: '不明' },
    { day: '2026-11-04', amountFen: -20, memo: '手续费' },
  ]);
  const fileId = await upload('十一月.csv', csv);
  const input = { accountId, fileId, profileId: 'signed' };
  const begun = await mutate('fund-maker', 'previewStatement', 'PreviewStatementInput', input);
  const { importId } = begun.statement;
  const previewed = await ended(importId, 'PREVIEWED');
  expect(previewed).toMatchObject({
    preview: { lineCount: 3, newCount: 3, duplicateCount: 0, creditFen: 12_845, debitFen: 20 },
    progress: { linesRead: 3, linesPosted: 0 },
    firstLines: [
      { lineNo: 2, day: '2026-11-03' },
      { lineNo: 3, counterparty: '个人 · 张*' },
    ],
  });
  expect(await mutate('fund-checker', 'postStatement', 'StatementInput', { importId })).toMatchObject({
    code: 'NOT_ALLOWED',
  });

  await mutate('fund-maker', 'postStatement', 'StatementInput', { importId });
  expect(await ended(importId, 'POSTED')).toMatchObject({ progress: { linesPosted: 3 } });

  const again = await mutate('fund-maker', 'previewStatement', 'PreviewStatementInput', {
    ...input,
    idempotencyKey: key(),
  });
  const second = await ended(again.statement.importId, 'PREVIEWED');
  expect(second.preview).toMatchObject({ newCount: 0, duplicateCount: 3 });
  await mutate('fund-maker', 'postStatement', 'StatementInput', { importId: again.statement.importId });
  await ended(again.statement.importId, 'POSTED');

  const { data } = await world.ask(
    'fund-checker',
    '{ bankAccounts { closingFen postedToDay } bankImports { edges { node { state } } } }',
  );
  expect(data).toEqual({
    bankAccounts: [{ closingFen: 12_825, postedToDay: '2026-11-04' }],
    bankImports: { edges: [{ node: { state: 'POSTED' } }, { node: { state: 'POSTED' } }] },
  });
  const denied = await world.ask('member', '{ bankAccounts { name } }');
  expect(denied.errors?.[0]?.extensions.code).toBe('NOT_ALLOWED');
});

it('a file that was cut off is refused with the line and what to do', async () => {
  const account = { name: '另一账户', bankName: '两江银行', number: '622200005678' };
  const saved = await mutate('fund-maker', 'saveBankAccount', 'SaveBankAccountInput', account);
  const csv = signedCsv([
    { day: '2026-11-03', amountFen: 100 },
    { day: '2026-11-04', amountFen: 200 },
  ]).slice(0, -25);
  const fileId = await upload('残缺.csv', `${csv}"`);
  const input = { accountId: saved.account.accountId, fileId, profileId: 'signed' };
  const begun = await mutate('fund-maker', 'previewStatement', 'PreviewStatementInput', input);
  const refused = await ended(begun.statement.importId, 'REFUSED');
  expect(refused).toMatchObject({ preview: null, firstLines: [] });
  expect(refused.refusal.message).toMatch(/第 3 行/);
});

it('asks a person who presses too often to wait', async () => {
  const press = () => mutate('auditor', 'postStatement', 'StatementInput', { importId: 'nothing' });
  const said = await Promise.all(Array.from({ length: 121 }, press));
  expect(new Set(said.map(({ code }) => code))).toEqual(new Set(['NOT_ALLOWED', 'RATE_LIMITED']));
});
