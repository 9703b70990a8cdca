import { decodeText } from './formats/decode-text.js';
import type { Bytes, RawRow, StatementFacts } from './formats/raw-rows.js';
import { readCamt } from './formats/read-camt.js';
import { readCsv } from './formats/read-csv.js';
import { readXlsx } from './formats/read-xlsx.js';
import { RowMapper } from './map-rows.js';
import { isWholeText } from '../../kernel/text.js';
import { StatementFault } from './formats/statement-fault.js';
import type { ProfileBody, TableProfile } from './profiles.rules.js';
import type { Statement, StatementLine } from './statement-lines.js';

/** A file as lines, by a profile. What is wrong with it is thrown as a `StatementFault` while the lines are read. */
export function readStatement(bytes: Bytes, profile: ProfileBody): Statement {
  if (profile.format === 'camt053') {
    const facts: StatementFacts = {};
    return { lines: readCamt(decodeText(bytes, 'auto'), facts), facts: () => facts, notes: () => [] };
  }
  const mapper = new RowMapper(profile);
  let facts: StatementFacts = {};
  const hidden: string[] = [];
  const lines = async function* (): AsyncGenerator<readonly StatementLine[]> {
    for await (const rows of rawRows(bytes, profile, hidden)) yield mapper.map(rows);
    facts = mapper.finish();
  };
  return { lines: lines(), facts: () => facts, notes: () => [...mapper.notes(), ...hidden] };
}

function rawRows(bytes: Bytes, profile: TableProfile, hidden: string[]): AsyncIterable<readonly RawRow[]> {
  return profile.format === 'xlsx'
    ? wholeRows(
        readXlsx(bytes, ({ name, rowCount }) => {
          hidden.push(`隐藏的工作表“${name}”有 ${rowCount} 行，没有读取；里面如果有流水，请取消隐藏后重新导入。`);
        }),
      )
    : readCsv(decodeText(bytes, profile.encoding), profile.delimiter);
}

/** A workbook may spell half of a character (`_xD800_`); a text file cannot, its bytes are decoded without mercy. */
async function* wholeRows(parts: AsyncIterable<readonly RawRow[]>): AsyncGenerator<readonly RawRow[]> {
  for await (const rows of parts) {
    const broken = rows.find((row) => !row.cells.every(isWholeText));
    if (broken) throw new StatementFault('BROKEN_TEXT', '有不完整的字符，请重新导出。', broken.lineNo);
    yield rows;
  }
}
