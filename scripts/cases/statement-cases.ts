import {
  type BankProfile,
  guessDelimiter,
  guessProfile,
  READY_PROFILES,
  readStatement,
  StatementCheck,
  type StatementLine,
} from '@aixin/api/internals';
import { type Case, type CaseFolder, pieces } from './case.js';

type ProfileBody = BankProfile['body'];

interface Statement {
  readonly lines: readonly StatementLine[];
  readonly closingFen: number | null;
  readonly notes: readonly string[];
  readonly refused: { readonly code: string; readonly message: string } | null;
}

function ready(id: string): ProfileBody {
  const found = READY_PROFILES.find((one) => one._id === id);
  if (!found) throw new Error(`no ready profile is called ${id}`);
  return found.body;
}

function guessed(bytes: Buffer): ProfileBody {
  const text = bytes.toString('utf8');
  const delimiter = guessDelimiter(text);
  const rows = text.split(/\r?\n/).map((line) => line.split(delimiter));
  const profile = guessProfile(rows, { format: 'csv', delimiter });
  if (!profile) throw new Error('no definition could be guessed');
  return profile;
}

/** Layouts of which no ready profile is, as a person would define them. */
const OWN_PROFILES: Readonly<Record<string, ProfileBody>> = {
  'R4-texts-behind-the-sheet.xlsx': {
    format: 'xlsx',
    day: { name: '日期' },
    amount: { kind: 'signed', amount: { name: '金额' } },
    balance: { name: '余额' },
    counterparty: { name: '对方' },
    counterpartyAccount: null,
    memo: [{ name: '附言' }],
    bankSerial: null,
    ...{ skipRows: [], summaryRows: [], requiresSummary: false, facts: [] },
  },
  'R5-last-day-is-none.xlsx': {
    format: 'xlsx',
    day: { name: '交易时间' },
    amount: { kind: 'pair', credit: { name: '收入金额' }, debit: { name: '支出金额' } },
    balance: { name: '账户余额' },
    counterparty: { name: '对方户名' },
    counterpartyAccount: { name: '对方账号' },
    memo: [{ name: '交易用途' }, { name: '摘要' }],
    bankSerial: null,
    ...{ skipRows: [], summaryRows: ['总收入笔数', ...'0123456789'], requiresSummary: false, facts: [] },
  },
};

function profileOf({ profiles }: CaseFolder, file: string, bytes: Buffer): ProfileBody {
  const own = profiles[file];
  if (typeof own === 'string') return ready(own);
  if (own !== undefined) return own as ProfileBody;
  if (OWN_PROFILES[file]) return OWN_PROFILES[file];
  if (file.endsWith('.xml')) return ready('camt053');
  if (file.endsWith('.xlsx')) return ready('flag');
  return file.startsWith('B13') ? ready('signed') : guessed(bytes);
}

async function read(folder: CaseFolder, file: string): Promise<Statement> {
  const bytes = folder.bytes(file);
  const lines: StatementLine[] = [];
  const refuse = (code: string, message: string): Statement => ({
    ...{ lines: [], closingFen: null, notes: [] },
    refused: { code, message },
  });
  try {
    const statement = readStatement(pieces(bytes), profileOf(folder, file, bytes));
    const check = new StatementCheck();
    for await (const part of statement.lines) {
      for (const line of part) {
        lines.push(line);
        const fault = check.add(line);
        if (fault) return refuse(fault.code, fault.message);
      }
    }
    const end = check.finish(statement.facts());
    if ('code' in end) return refuse(end.code, end.message);
    return { lines, closingFen: end.closingFen, notes: statement.notes(), refused: null };
  } catch (error) {
    const { code = 'THROWN', message } = error as { code?: string; message: string };
    return refuse(code, message);
  }
}

function told({ lines, refused }: Statement): string {
  if (refused) return `${refused.code} ${refused.message}`;
  return lines
    .map((one) => [one.day, one.amountFen, one.counterparty, one.memo, one.bankSerial].filter(String).join(' '))
    .join('; ');
}

function statement(file: string, right: string, holds: (given: Statement) => boolean): Case {
  return {
    files: [file],
    right,
    judge: async (folder) => {
      const given = await read(folder, file);
      return { given: told(given), holds: holds(given) };
    },
  };
}

const fens = ({ lines }: Statement): string => lines.map((one) => one.amountFen).join();
const days = ({ lines }: Statement): string => lines.map((one) => one.day).join();
const memos = ({ lines }: Statement): string => lines.map((one) => one.memo).join();
/** Refused with a sentence in Chinese that says what to look at. */
const isRefused = ({ refused }: Statement, says: RegExp): boolean => refused !== null && says.test(refused.message);

/** Lines that are read, or a refusal whose sentence names the true cause. */
const readOr = (given: Statement, expected: string, says: RegExp): boolean =>
  given.refused ? says.test(given.refused.message) : fens(given) === expected;

export const statementCases: readonly Case[] = [
  statement('B1-comma-in-amount.csv', '拒绝并指出第 2 行：格数比表头多', (given) =>
    isRefused(given, /第 2 行.*(?:列|格|逗号)/),
  ),

  statement('B1-comma-in-name.csv', '拒绝并指出第 2 行：格数比表头多', (given) =>
    isRefused(given, /第 2 行.*(?:列|格|逗号)/),
  ),

  statement(
    'B12-batch-entry.xml',
    '一行 300.00，对方写作批量 3 笔，没有账号，附言保留',
    (given) =>
      fens(given) === '30000' &&
      /批量.*3.*笔/.test(given.lines[0]?.counterparty ?? '') &&
      given.lines[0]?.counterpartyAccount === '' &&
      memos(given).includes('丙公司捐赠'),
  ),
  statement('B13-first.csv', '两行 10.00、5.00', (given) => fens(given) === '1000,500'),
  statement('B13-second.csv', '三行 10.00、5.00、1.00', (given) => fens(given) === '1000,500,100'),
  statement('B13-with-balance-first.csv', '两行，余额 15.00', (given) => given.closingFen === 1_500),
  statement('B13-with-balance-second.csv', '三行，余额 16.00', (given) => given.closingFen === 1_600),
  statement('B15-flag-two-scripts.csv', '“贷 Cr”是收，“借 Dr”是支', (given) => fens(given) === '10000,-300'),

  statement('B2-date-format-31.xlsx', '日期格式 31 读作 2025-11-01', (given) => days(given).startsWith('2025-11-01')),

  statement('B3a-prefixed-elements.xlsx', '读出，或说明另存为标准 xlsx', (given) =>
    given.refused ? isRefused(given, /另存|标准/) : given.lines.length > 0,
  ),

  statement('B3b-cells-without-places.xlsx', '读出，或说明另存为标准 xlsx', (given) =>
    given.refused ? isRefused(given, /另存|标准/) : given.lines.length > 0,
  ),
  statement('B3c-text-in-runs.xlsx', '摘要是全文', (given) => memos(given).includes('捐赠 AX202611-01')),

  statement('B3c-text-with-reading-aid.xlsx', '摘要是正文，不是注音', (given) => memos(given) === '捐赠 AX202611-01'),

  statement('B3d-cover-sheet-first.xlsx', '读出第二张表，或说明表头不在第一张表', (given) =>
    given.refused ? isRefused(given, /第一张|工作表/) : given.lines.length > 0,
  ),

  statement('B3e-goes-on-in-second-sheet.xlsx', '四行都在，或说明不止一张表有流水', (given) =>
    readOr(given, '100,100,100,100', /张.*表|工作表/),
  ),

  statement('B3e-second-sheet-last-in-zip.xlsx', '四行都在，或说明不止一张表有流水', (given) =>
    readOr(given, '100,100,100,100', /张.*表|工作表/),
  ),
  statement('B3f-shared-texts-last-in-zip.xlsx', '摘要读出', (given) => !given.refused && memos(given) !== ''),

  statement('B3g-hidden-sheet-first.xlsx', '读看得见的那张表', (given) =>
    given.refused ? isRefused(given, /隐藏|工作表/) : !days(given).includes('2025-10-01'),
  ),
  statement('B4-usd.csv', '拒绝：不是人民币，指出行', (given) => isRefused(given, /第 2 行.*(?:币|货币)|美元/)),
  statement('B5-short-rows.csv', '三行都读出', (given) => fens(given) === '10000,-3000,1'),

  statement('B6-days-to-and-fro.csv', '读出，或不怪使用者、说明怎么办', (given) =>
    given.refused ? !given.refused.message.includes('不要改动') : fens(given) === '10000,-300,-1000,-700',
  ),
  statement('B7-totals-row.csv', '两行，合计行不当作流水', (given) => fens(given) === '10000,-200'),

  statement('B8-day-without-entry.xml', '说明这一段没有流水，不用导入', (given) => isRefused(given, /没有.*不用导入/)),
  statement('B9-blank-after-quote.csv', '引号后面的空白无害', (given) => fens(given) === '100000,-1800'),
  statement('R1-red-reversal.csv', '三行，红字按银行的口径合计', (given) => fens(given) === '10000,-10000,-3000'),

  statement('R2-direction-column.csv', '“支”是支出，不当作收入', (given) =>
    given.refused ? true : fens(given) === '10000,-3000',
  ),
  statement('R3-same-bytes-other-profile.csv', '两行 100.00、50.00', (given) => fens(given) === '10000,5000'),

  statement(
    'R4-texts-behind-the-sheet.xlsx',
    '对方和摘要都读出',
    (given) => memos(given) === 'AX202602-01,退款' && given.lines[1]?.counterparty === '某公司',
  ),

  statement('R5-last-day-is-none.xlsx', '4 月 31 日这一行被指出来', (given) =>
    isRefused(given, /第 \d+ 行.*(?:日期|04-31|4月31)/),
  ),
];
