import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { cleanText, parseDay, parseFen } from '../amounts.rules.js';
import type { StatementLine } from '../statement-lines.js';
import { MOST_ROW_CHARACTERS, type StatementFacts } from './raw-rows.js';
import { StatementFault } from './statement-fault.js';

/** What is given to the parser at a time. */
const PIECE_CHARACTERS = 65_536;
/** Of all texts of an entry and their places in it; a booking of a hundred payments has some tens of thousands. */
const MOST_ENTRY_CHARACTERS = 1_048_576;
/** A camt.053 is some fifteen elements deep. */
const MOST_DEPTH = 40;
const NAMESPACE = /^urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(?:0[2-9]|1[0-3])$/;

/**
 * The booked entries of an ISO 20022 bank-to-customer statement (camt.053.001.02 and later), one statement of one account
 * in CNY. Read as a stream; a document type, which could define entities, is refused.
 */
export async function* readCamt(
  text: AsyncIterable<string>,
  facts: StatementFacts,
): AsyncGenerator<readonly StatementLine[]> {
  const reader = new CamtReader(facts);
  for await (const piece of text) {
    const lines = reader.write(piece);
    if (lines.length > 0) yield lines;
  }
  yield reader.end();
}

type Texts = Map<string, string>;

class CamtReader {
  readonly #facts: StatementFacts;
  readonly #parser = new SaxesParser({ xmlns: false, position: true });
  readonly #path: string[] = [];
  #lines: StatementLine[] = [];
  #text = '';
  /** Texts and attributes inside of the entry or balance that is being read, by their path in it. */
  #texts: Texts = new Map();
  #entryCharacters = 0;
  #beganAt = 0;
  /** Payments in the entry that is being read. */
  #payments = 0;
  /** Elements that began or ended in the piece that is being parsed. */
  #tagCount = 0;
  #silentCharacters = 0;
  #statements = 0;
  #closed = false;

  constructor(facts: StatementFacts) {
    this.#facts = facts;
    this.#parser.on('error', () => {
      throw this.#fault('XML_BROKEN', '不是完整有效的 XML，文件可能被截断或改动过，请重新下载完整的文件。');
    });
    this.#parser.on('doctype', () => {
      throw this.#fault('XML_DOCTYPE', '文件里有 DOCTYPE 声明，银行账单不需要它，出于安全不予读取。');
    });
    this.#parser.on('opentag', (tag) => this.#open(tag));
    this.#parser.on('text', (text) => this.#add(text));
    this.#parser.on('cdata', (text) => this.#add(text));
    this.#parser.on('closetag', () => this.#close());
  }

  write(piece: string): StatementLine[] {
    for (let at = 0; at < piece.length; at += PIECE_CHARACTERS) this.#parse(piece.slice(at, at + PIECE_CHARACTERS));
    return this.#taken();
  }

  /** The parser keeps a text, an attribute or a comment until it ends, and tells of it only then. */
  #parse(piece: string): void {
    this.#tagCount = 0;
    this.#parser.write(piece);
    this.#silentCharacters = this.#tagCount === 0 ? this.#silentCharacters + piece.length : 0;
    if (this.#silentCharacters > MOST_ROW_CHARACTERS) throw this.#fault('ROW_TOO_LONG', '一个字段太长，不像银行账单。');
  }

  end(): StatementLine[] {
    if (!this.#closed) throw this.#fault('TRUNCATED', 'XML 没有结束，文件被截断，请重新下载完整的文件。');
    this.#parser.close();
    if (this.#statements === 0)
      throw new StatementFault('HEADER_MISSING', '文件里没有 camt.053 账单（BkToCstmrStmt/Stmt）。');
    return this.#taken();
  }

  #taken(): StatementLine[] {
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }

  #fault(code: string, message: string): StatementFault {
    return new StatementFault(code, message, this.#parser.line);
  }

  #open(tag: SaxesTagPlain): void {
    const name = localName(tag.name);
    this.#tagCount += 1;
    this.#path.push(name);
    this.#text = '';
    const depth = this.#path.length;
    if (depth > MOST_DEPTH) throw this.#fault('XML_TOO_DEEP', 'XML 的层次太深，不像银行账单。');
    if (depth === 1) {
      const declared = Object.entries(tag.attributes).find(([key]) => key === 'xmlns' || key.startsWith('xmlns:'))?.[1];
      if (name !== 'Document' || !NAMESPACE.test(declared ?? '')) {
        throw this.#fault(
          'HEADER_MISSING',
          '不是 camt.053 账单（ISO 20022 camt.053.001.02 及以后），请检查导出的格式。',
        );
      }
    }
    if (depth === 3 && name === 'Stmt') {
      this.#statements += 1;
      if (this.#statements > 1) throw this.#fault('SEVERAL_STATEMENTS', '一个文件里有多份账单，请每份分别导出。');
    }
    if (depth === 4) {
      this.#texts = new Map();
      this.#entryCharacters = 0;
      this.#payments = 0;
      this.#beganAt = this.#parser.line;
    }
    if (name === 'TxDtls') this.#payments += 1;
    const currency = tag.attributes['Ccy'];
    if (currency !== undefined && name === 'Amt' && depth <= 5 && currency !== 'CNY') {
      throw this.#fault('CURRENCY', `币种是 ${currency.slice(0, 8)}，这里只记人民币账户。`);
    }
  }

  #add(text: string): void {
    this.#text += text;
    if (this.#text.length > MOST_ROW_CHARACTERS) throw this.#fault('ROW_TOO_LONG', '一个字段太长，不像银行账单。');
  }

  #close(): void {
    const depth = this.#path.length;
    const name = this.#path[depth - 1];
    this.#tagCount += 1;
    if (depth > 4) this.#keep(this.#path.slice(4).join('/'));
    else if (depth === 4 && this.#path[1] === 'BkToCstmrStmt' && this.#path[2] === 'Stmt') this.#part(name ?? '');
    if (depth === 1) this.#closed = true;
    this.#path.pop();
    this.#text = '';
  }

  /** Several of one name (two lines of remittance text) are joined. */
  #keep(path: string): void {
    const text = cleanText(this.#text);
    if (text === '') return;
    const held = this.#texts.get(path);
    this.#entryCharacters += path.length + text.length;
    const isTooLong = held !== undefined && held.length + text.length > MOST_ROW_CHARACTERS;
    if (isTooLong || this.#entryCharacters > MOST_ENTRY_CHARACTERS) {
      throw this.#fault('ROW_TOO_LONG', '一笔明细太长，不像银行账单。');
    }
    this.#texts.set(path, held === undefined ? text : `${held} ${text}`);
  }

  #part(name: string): void {
    if (name === 'Acct') {
      const number = this.#texts.get('Id/IBAN') ?? this.#texts.get('Id/Othr/Id');
      if (number !== undefined) this.#facts.accountNumber = number;
      const currency = this.#texts.get('Ccy') ?? 'CNY';
      if (currency !== 'CNY')
        throw this.#fault('CURRENCY', `账户的币种是 ${currency.slice(0, 8)}，这里只记人民币账户。`);
    } else if (name === 'Bal') this.#balance();
    else if (name === 'TxsSummry') this.#summary();
    else if (name === 'Ntry') {
      const line = this.#entry();
      if (line) this.#lines.push(line);
    }
  }

  #balance(): void {
    const kind = this.#texts.get('Tp/CdOrPrtry/Cd');
    if (kind === 'OPBD' || kind === 'PRCD') this.#facts.openingFen = this.#amount();
    if (kind === 'CLBD') this.#facts.closingFen = this.#amount();
  }

  #summary(): void {
    const count = (path: string): number | undefined => {
      const text = this.#texts.get(path);
      return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
    };
    const sum = (path: string): number | undefined => parseFen(this.#texts.get(path) ?? '') ?? undefined;
    const said = {
      lineCount: count('TtlNtries/NbOfNtries'),
      creditCount: count('TtlCdtNtries/NbOfNtries'),
      creditFen: sum('TtlCdtNtries/Sum'),
      debitCount: count('TtlDbtNtries/NbOfNtries'),
      debitFen: sum('TtlDbtNtries/Sum'),
    };
    for (const [name, value] of Object.entries(said)) {
      if (value !== undefined) this.#facts[name as keyof typeof said] = value;
    }
  }

  #amount(): number {
    const amountFen = parseFen(this.#texts.get('Amt') ?? '');
    const way = this.#texts.get('CdtDbtInd');
    if (typeof amountFen !== 'number' || amountFen < 0 || (way !== 'CRDT' && way !== 'DBIT')) {
      throw new StatementFault('AMOUNT_INVALID', '金额或借贷方向（CdtDbtInd）看不懂。', this.#beganAt);
    }
    return way === 'CRDT' || amountFen === 0 ? amountFen : -amountFen;
  }

  #entry(): StatementLine | null {
    const of = (...paths: string[]): string => paths.map((path) => this.#texts.get(path)).find((one) => one) ?? '';
    // Only what is booked is in the balances.
    const status = of('Sts/Cd', 'Sts');
    if (status !== '' && status !== 'BOOK') return null;
    const amountFen = this.#amount();
    const day = parseDay(of('BookgDt/Dt', 'BookgDt/DtTm', 'ValDt/Dt', 'ValDt/DtTm'));
    if (day === undefined) throw new StatementFault('DAY_INVALID', '记账日期（BookgDt）看不懂。', this.#beganAt);
    if (amountFen === 0) return null;
    const details = 'NtryDtls/TxDtls';
    const other = amountFen > 0 ? 'Dbtr' : 'Cdtr';
    const names = of(`${details}/RltdPties/${other}/Nm`, `${details}/RltdPties/${other}/Pty/Nm`);
    const batchSize = Math.max(this.#payments, Number(/^\d{1,6}$/.exec(of('NtryDtls/Btch/NbOfTxs'))?.[0] ?? 0));
    const isBatch = batchSize > 1;
    const memo = [
      of(`${details}/RmtInf/Ustrd`),
      of(`${details}/RmtInf/Strd/CdtrRefInf/Ref`),
      of(`${details}/Refs/EndToEndId`).replace(/^NOTPROVIDED$/, ''),
      of('AddtlNtryInf', `${details}/AddtlTxInf`),
      // Of a booking of several payments nobody is the counterparty; who they are can still be read.
      isBatch ? names : '',
    ];
    return {
      ...{ lineNo: this.#beganAt, day, amountFen, balanceFen: null },
      counterparty: isBatch ? `批量 ${batchSize} 笔` : names,
      counterpartyAccount: isBatch
        ? ''
        : of(`${details}/RltdPties/${other}Acct/Id/IBAN`, `${details}/RltdPties/${other}Acct/Id/Othr/Id`),
      memo: memo.filter((text) => text !== '').join(' '),
      bankSerial: of('AcctSvcrRef', 'NtryRef', `${details}/Refs/AcctSvcrRef`),
    };
  }
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
