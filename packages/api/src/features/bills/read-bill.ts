import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { alipayReader } from './alipay.rules.js';
import type { BillReader, BillSummary } from './bill-format.rules.js';
import { type BillLine, isFault } from './bill-line.rules.js';
import { type BillText, billTexts } from './bill-text.js';
import { paperSentence } from './known-papers.rules.js';
import { wechatFlowReader } from './wechat-flow.rules.js';
import { wechatTradeReader } from './wechat-trade.rules.js';

/** Lines are handed on in batches: one write, one look into the database each. */
const BATCH_LINES = 1_000;
/** A line of a bill is some 500 characters. A million columns, or a quote that never ends, stop here. */
const MOST_RECORD_BYTES = 64 * 1_024;
/** A day of the busiest shop is far below; the numbers seen are kept in memory, to notice one that comes twice. */
const MOST_LINES = 1_000_000;

/**
 * Reads a bill of WeChat Pay or Alipay from its bytes, in bounded memory. Gives its lines in batches, then what it says of
 * itself: only then is it known to be whole, its sums agree. Refusals: `BILL_UNKNOWN` (no bill that we know),
 * `BILL_UNREADABLE`, `BILL_NOT_TEXT`, `BILL_ZIP`: each names what is wrong, and the line where it is at one.
 */
export async function* readBill(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly BillLine[], BillSummary | Refusal> {
  const seen = new Set<string>();
  let reader: BillReader | undefined;
  let lastLine = 0;
  const texts = billTexts(bytes);
  for (;;) {
    const text = await nextText(texts, lastLine);
    if (isRefusal(text)) return text;
    if (text === null) break;
    const { reader: found, delimiter } = readerOf(text.title);
    // The second file of a zip goes to the reader of the first, which sees by its title which one it is.
    reader?.take({ line: 1, cells: [text.title] });
    reader ??= found;
    if (!reader || !found) return unknownPaper(text.title);
    const records = billRecords(text, delimiter);
    for (let batch = await records.next(); ; batch = await records.next()) {
      if (batch.done) {
        if (isRefusal(batch.value)) return batch.value;
        lastLine = batch.value;
        break;
      }
      const lines = takeAll(reader, batch.value, seen);
      if (isRefusal(lines)) return lines;
      if (lines.length > 0) yield lines;
    }
  }
  const summary = reader?.end(lastLine);
  if (!summary) return refuse('BILL_UNKNOWN', '文件里没有账单，请重新选择。', { path: 'fileId' });
  return isFault(summary) ? unreadable(null, summary.fault) : summary;
}

function unknownPaper(title: string): Refusal {
  const sentence = paperSentence(title) ?? '这不是微信支付或支付宝的账单，请从商户平台重新下载后原样上传。';
  return refuse('BILL_UNKNOWN', sentence, { path: 'fileId' });
}

/** The next file of the bill; null after the last. */
async function nextText(texts: ReturnType<typeof billTexts>, lastLine: number): Promise<BillText | Refusal | null> {
  try {
    return (await texts.next()).value;
  } catch (error) {
    const known = sayWhy(error, lastLine);
    if (!known) throw error;
    return known;
  }
}

function readerOf(title: string): { reader: BillReader | undefined; delimiter: string } {
  const wechat = wechatTradeReader(title) ?? wechatFlowReader(title);
  // WeChat Pay writes a back-tick before each cell and quotes nothing: only a comma with a back-tick divides.
  return wechat ? { reader: wechat, delimiter: ',`' } : { reader: alipayReader(title), delimiter: ',' };
}

interface ParsedRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

function takeAll(reader: BillReader, records: readonly ParsedRecord[], seen: Set<string>): BillLine[] | Refusal {
  const lines: BillLine[] = [];
  for (const record of records) {
    const line = reader.take(record);
    if (line === null) continue;
    if (isFault(line)) return unreadable(record.line, line.fault);
    const id = `${line.kind}.${line.identity}`;
    if (seen.has(id)) return unreadable(record.line, '这一笔在账单里出现了两次，文件被改动过，请重新下载');
    if (seen.size >= MOST_LINES) return unreadable(record.line, `一份账单最多 ${MOST_LINES} 笔，请按天下载`);
    seen.add(id);
    lines.push(line);
  }
  return lines;
}

/** The records after the first line, in batches; then the number of the last line. */
async function* billRecords(
  text: BillText,
  delimiter: string,
): AsyncGenerator<readonly ParsedRecord[], number | Refusal> {
  const parser = parse({
    ...{ delimiter, info: true, skip_empty_lines: true, relax_column_count: true, relax_quotes: true },
    quote: delimiter === ',' ? '"' : null,
    max_record_size: MOST_RECORD_BYTES,
  });
  const flow = pipeline(Readable.from(withoutEndless(text.rest())), parser).catch(ignoreHere);
  let lastLine = 1;
  let batch: ParsedRecord[] = [];
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      lastLine = info.lines + 1;
      batch.push({ line: lastLine, cells: record });
      if (batch.length < BATCH_LINES) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    const known = sayWhy(error, lastLine);
    if (!known) throw error;
    return known;
  } finally {
    parser.destroy();
    await flow;
  }
  if (batch.length > 0) yield batch;
  return lastLine;
}

class EndlessLine extends Error {
  readonly line: number;

  constructor(line: number) {
    super('a line of a bill does not end');
    this.line = line;
  }
}

/** The parser counts only what stands in the cells: of nothing but commas it would make a row of any length. */
async function* withoutEndless(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let line = 2;
  let length = 0;
  for await (const piece of pieces) {
    for (let from = 0; ; line += 1) {
      const newline = piece.indexOf('\n', from);
      length += (newline < 0 ? piece.length : newline) - from;
      if (length > MOST_RECORD_BYTES) throw new EndlessLine(line);
      if (newline < 0) break;
      length = 0;
      from = newline + 1;
    }
    yield piece;
  }
}

/** The loop over the records meets the same error. */
function ignoreHere(): void {}

function sayWhy(error: unknown, lastLine: number): Refusal | null {
  if (error instanceof CsvError || error instanceof EndlessLine) {
    const line = error instanceof EndlessLine ? error.line : lastLine + 1;
    return unreadable(line, '这一行太长或引号不成对，不是账单原来的样子，请重新下载');
  }
  const code = (error as { code?: unknown }).code;
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return refuse('BILL_NOT_TEXT', `第 ${lastLine + 1} 行起的文字编码不对，文件已损坏或被另存过，请重新下载。`, {
      path: 'fileId',
      details: { line: lastLine + 1 },
    });
  }
  if (typeof code === 'string' && code.startsWith('Z_')) return brokenZip();
  return error instanceof Error && /uncompressed|bytes in the stream/.test(error.message) ? brokenZip() : null;
}

function brokenZip(): Refusal {
  return refuse('BILL_ZIP', '压缩包已损坏，请重新下载。', { path: 'fileId' });
}

function unreadable(line: number | null, why: string): Refusal {
  const message = line === null ? `${why}。` : `第 ${line} 行：${why}。`;
  return refuse('BILL_UNREADABLE', message, { path: 'fileId', ...(line === null ? {} : { details: { line } }) });
}
