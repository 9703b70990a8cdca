import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { piecesOf } from '../../../../test/statement-fixture.js';
import { type EncodingChoice, decodeText } from './decode-text.js';

async function textOf(bytes: Uint8Array, choice: EncodingChoice = 'auto', size = 7): Promise<string> {
  let text = '';
  for await (const piece of decodeText(piecesOf(bytes, size), choice)) text += piece;
  return text;
}

const SAMPLE = '日期,摘要\n2026-11-03,消费帮扶𠮷\n';

describe('the encoding of a file', () => {
  it('is found out: UTF-8 with and without its mark, GB18030, UTF-16 with its mark', async () => {
    expect(await textOf(Buffer.from(SAMPLE))).toBe(SAMPLE);
    expect(await textOf(Buffer.from(`\ufeff${SAMPLE}`))).toBe(SAMPLE);
    expect(await textOf(iconv.encode(SAMPLE, 'gb18030'))).toBe(SAMPLE);
    expect(await textOf(iconv.encode(SAMPLE, 'utf-16le', { addBOM: true }))).toBe(SAMPLE);
  });

  it('is refused where it is not the one the profile names', async () => {
    await expect(textOf(Buffer.from(SAMPLE), 'gb18030')).rejects.toMatchObject({ code: 'WRONG_ENCODING' });
    await expect(textOf(iconv.encode(SAMPLE, 'gb18030'), 'utf-8')).rejects.toMatchObject({
      code: 'WRONG_ENCODING',
      lineNo: 1,
    });
    await expect(textOf(Buffer.from([0xfe, 0xff, 0, 0x41]))).rejects.toMatchObject({ code: 'WRONG_ENCODING' });
  });

  it('is refused with the line in which it breaks, however the pieces are cut', async () => {
    const good = Buffer.from('日期,摘要\n'.repeat(9_000));
    const bad = Buffer.concat([good, Buffer.from([0x31, 0xff, 0x0a]), good]);
    for (const size of [997, 4_096, 65_536]) {
      await expect(textOf(bad, 'utf-8', size)).rejects.toMatchObject({ code: 'WRONG_ENCODING', lineNo: 9_001 });
    }
    const cut = good.subarray(0, good.length - 2);
    await expect(textOf(cut, 'utf-8')).rejects.toMatchObject({ code: 'WRONG_ENCODING', lineNo: 9_000 });
  });

  it('holds no NUL bytes and is not empty', async () => {
    await expect(textOf(Buffer.from('a,b\n1,\0\n'))).rejects.toMatchObject({ code: 'NUL_BYTES', lineNo: 2 });
    await expect(textOf(Buffer.alloc(0))).rejects.toMatchObject({ code: 'EMPTY_FILE' });
  });
});
