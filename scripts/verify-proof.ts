// `npm run verify-proof FILE [-- --pack PACKFILE | --root HEX]`: checks the proof of a matched yuan against what was
// published, with no access to the database or the network. Ends with 0 when it holds, 1 when not, 2 when asked wrongly.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { periodText, type Published, type Verdict, verifyProof, type YuanProof } from '@aixin/proof';

const USAGE = `用法：npm run verify-proof 证明文件 -- --pack 公示文件
      npm run verify-proof 证明文件 -- --root 公示根（64 位十六进制）
只给证明文件时，核对它本身，并打印公示根，供您与公开发布的比对。\n`;

interface Asked {
  readonly proofText: string;
  readonly published: Published;
}

const asked = readArguments(process.argv.slice(2));
if (asked) {
  const verdict = await verifyProof(asked.proofText, asked.published);
  process.stdout.write(linesOf(verdict).join('\n') + '\n');
  process.exitCode = verdict.fault === null ? 0 : 1;
} else {
  process.exitCode = 2;
}

function readArguments(args: readonly string[]): Asked | null {
  try {
    const options = { pack: { type: 'string' }, root: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [file, packFile = values.pack] = positionals;
    if (file === undefined || positionals.length > 2) throw new Error('没有写明证明文件，或写了太多文件。');
    return {
      proofText: readText(file),
      published: {
        ...(packFile === undefined ? {} : { packText: readText(packFile) }),
        ...(values.root === undefined ? {} : { rootHex: values.root }),
      },
    };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return null;
  }
}

/** Paths are meant from where the command was typed; npm itself runs at the project's root. */
function readText(file: string): string {
  return readFileSync(resolve(process.env['INIT_CWD'] ?? '.', file), 'utf8');
}

function linesOf(verdict: Verdict): string[] {
  const steps = verdict.steps.map(({ text, holds }) => `${holds ? '✓' : '✗'} ${text}`);
  const facts = verdict.proof && verdict.fault === null ? factsOf(verdict.proof, verdict.against) : [];
  const root = verdict.root === null ? [] : [`算出的公示根  ${verdict.root}`];
  return [...steps, '', ...facts, ...root, '', `${verdict.fault ?? '成立'}  ${verdict.message}`];
}

function factsOf({ line, pack }: YuanProof, against: Verdict['against']): string[] {
  const amount = `${line.amountFen < 0 ? '-' : ''}${yuan(Math.abs(line.amountFen))} 元`;
  return [
    `批次 ${line.batchId}  第 ${String(line['seq'])} 行  ${amount}`,
    `汇款编号 ${String(line['remittanceId'])}  协议 ${String(line['agreementId'])}`,
    `公示 ${pack.packId}  ${periodText(pack.period)}${against === 'pack' ? '' : '  （期号和日期未核对）'}`,
  ];
}

function yuan(fen: number): string {
  const digits = String(fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
