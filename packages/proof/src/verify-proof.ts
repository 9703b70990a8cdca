/**
 * Checks the proof of a matched yuan against what was published, with no database and no network. This folder imports
 * nothing: the command, the page and a stranger's copy are the same. The format is told in docs/proof.md.
 */
import { sha256 } from './sha256.js';

/** What was found to be wrong; null where everything holds. */
export type Fault =
  /** The file is no proof, or a byte of it stands where none may. */
  | 'UNREADABLE'
  /** The line is not the one whose hash the proof names. */
  | 'LINE_CHANGED'
  /** Line and path do not lead to the root that the proof names. */
  | 'PATH_CHANGED'
  /** It was held against another pack or root than its own; or it names this very pack, which does not hold it. */
  | ('NOT_THIS_PACK' | 'NOT_IN_PACK')
  /** The pack's file was changed: it is not the one whose hash the proof names. */
  | 'PACK_CHANGED';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One batch line: an amount that a sponsor gave for one sale, and no buyer. */
export interface YuanLine {
  readonly batchId: string;
  readonly amountFen: number;
  readonly [key: string]: string | number | boolean | null;
}

export interface YuanProof {
  readonly v: 1;
  readonly kind: 'aixin-yuan';
  readonly line: YuanLine;
  readonly lineHash: string;
  /** From the line to the root of its page, from there to the batch's, from there to the pack's. */
  readonly path: { readonly page: string; readonly batch: string; readonly pack: string };
  /** The published disclosure that holds it: its hash is that of its whole file. */
  readonly pack: { readonly packId: string; readonly period: Period; readonly root: string; readonly hash: string };
}

/** Days in Asia/Shanghai, both included. */
export interface Period {
  readonly from: string;
  readonly until: string;
}

export interface Step {
  /** What was checked, in plain Chinese. */
  readonly text: string;
  readonly holds: boolean;
}

export interface Verdict {
  readonly fault: Fault | null;
  /** One sentence in plain Chinese: what it means, or what is wrong and where. */
  readonly message: string;
  /** In the order in which they were checked; the last one failed where there is a fault. */
  readonly steps: readonly Step[];
  readonly proof: YuanProof | null;
  /** What it was held against. `nothing`: only against itself; the root must be compared with the published one. */
  readonly against: 'pack' | 'root' | 'nothing';
  /** The root to which line and path lead; null where it did not come so far. */
  readonly root: string | null;
}

/** What was published: the pack's file, or only the root as it was printed. */
export interface Published {
  readonly packText?: string;
  readonly rootHex?: string;
}

/** Far more than a true proof, and little enough to be read by anything. */
const MOST_PROOF_CHARS = 100_000;
const HEX_HASH = /^[0-9a-f]{64}$/;
const HASH_BYTES = 32;
/** A side and a hash. */
const STEP_BYTES = 1 + HASH_BYTES;
/** A tree of 2^40 leaves; a longer path is no path. */
const MOST_STEPS = 40;

export async function verifyProof(proofText: string, published: Published = {}): Promise<Verdict> {
  const { packText, rootHex } = published;
  const steps: Step[] = [];
  const against = packText !== undefined ? 'pack' : rootHex !== undefined ? 'root' : 'nothing';
  let root: string | null = null;
  let proof: YuanProof | null = null;
  const end = (fault: Fault | null, message: string): Verdict => ({ fault, message, steps, proof, against, root });
  const holds = (text: string, held: boolean): boolean => {
    steps.push({ text, holds: held });
    return held;
  };

  proof = readProof(proofText);
  if (!holds('证明文件的格式', proof !== null) || !proof) {
    return end('UNREADABLE', '这不是一份完好的证明文件：格式不对，或有字节被改动、增删。请重新取得原件。');
  }
  const lineHash = toHex(await sha256(utf8(canonicalText(proof.line))));
  if (!holds('这一笔的内容与它的指纹', lineHash === proof.lineHash)) {
    return end('LINE_CHANGED', '这一笔的内容被改动过：内容与文件里写明的指纹不符。');
  }
  const roots = await rootsOf(proof);
  root = roots.pack;
  if (!holds('从这一笔逐级算到公示根', roots.pack === proof.pack.root)) {
    return end('PATH_CHANGED', '证明里的路径、指纹或公示根被改动过：从这一笔算不到文件里写明的公示根。');
  }
  if (rootHex !== undefined && !holds('与您输入的公示根', cleanHex(rootHex) === roots.pack)) {
    return end('NOT_THIS_PACK', '这份证明不属于这个公示根：算出的根与您输入的不同。请核对公示的期号。');
  }
  if (packText !== undefined) {
    const pack = readPack(packText);
    if (!holds('公示文件的格式', pack !== null) || !pack) return end('PACK_CHANGED', NO_PACK);
    if (!holds(`公示文件是 ${proof.pack.packId} 这一期`, pack.packId === proof.pack.packId)) {
      return end('NOT_THIS_PACK', otherPack(proof, pack));
    }
    const packHash = toHex(await sha256(utf8(packText.trimEnd())));
    if (!holds('公示文件与它的指纹', packHash === proof.pack.hash)) return end('PACK_CHANGED', PACK_CHANGED);
    const problem = packProblem(pack, { proof, roots });
    if (!holds('公示文件里的批次和公示根', problem === null)) return end('NOT_IN_PACK', problem ?? '');
  }
  return end(null, { nothing: UNHELD, root: HELD_BY_ROOT, pack: HELD }[against]);
}

const HELD = '这一笔就在公示之内，自公示以来一个字节也没有变。';
const HELD_BY_ROOT =
  '这一笔就在您输入的公示根之内，它的内容一个字节也没有变。期号和起止日期不在公示根里：要一并核对，请放入公示文件。';
const NO_PACK = '放入的不是公示文件，或它的格式被改动过。请从公示页重新下载。';
const PACK_CHANGED = '公示文件被改动过，或证明里写的公示指纹被改动过：两者不符。请从公示页重新下载公示文件。';
const UNHELD = '证明本身前后一致。请再把下面的公示根与公开发布的逐字比对，或放入公示文件，才算核对完成。';

/** The proof that this text is, byte for byte; null where it is none. */
function readProof(text: string): YuanProof | null {
  const value = parsed(text.length > MOST_PROOF_CHARS ? '' : text);
  // Written in one way only, so that a byte that means nothing cannot be changed either.
  if (!isObject(value) || safeCanonical(value) !== text.trimEnd()) return null;
  const { v, kind, line, lineHash, path, pack } = value;
  if (Object.keys(value).length !== 6 || v !== 1 || kind !== 'aixin-yuan') return null;
  if (!isObject(line) || typeof line['batchId'] !== 'string' || !Number.isSafeInteger(line['amountFen'])) return null;
  if (!Object.values(line).every((part) => part === null || typeof part !== 'object')) return null;
  if (!Object.values(line).every((part) => typeof part !== 'string' || isName(part))) return null;
  if (!isObject(path) || Object.keys(path).length !== 3) return null;
  if (![path['page'], path['batch'], path['pack']].every((part) => typeof part === 'string' && isPath(part)))
    return null;
  if (!isObject(pack) || Object.keys(pack).length !== 4 || !isName(pack['packId'])) return null;
  if (!isPeriod(pack['period']) || !isHash(pack['root']) || !isHash(pack['hash'])) return null;
  return isHash(lineHash) ? (value as unknown as YuanProof) : null;
}

interface Roots {
  readonly page: string;
  readonly batch: string;
  readonly pack: string;
}

async function rootsOf({ lineHash, path }: YuanProof): Promise<Roots> {
  const page = await climb(lineHash, path.page);
  const batch = await climb(page, path.batch);
  return { page, batch, pack: await climb(batch, path.pack) };
}

/** RFC 6962: a leaf is hashed behind a 0, two nodes behind a 1; each step brings a neighbour and its side. */
async function climb(leafHash: string, path: string): Promise<string> {
  let node = await sha256(joined(LEAF, fromHex(leafHash)));
  const bytes = fromBase64(path) ?? new Uint8Array();
  for (let at = 0; at < bytes.length; at += STEP_BYTES) {
    const neighbour = bytes.subarray(at + 1, at + STEP_BYTES);
    node = await sha256(bytes[at] === 0 ? joined(NODE, neighbour, node) : joined(NODE, node, neighbour));
  }
  return toHex(node);
}

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** Whole steps, each beginning with 0 (the neighbour stands left) or 1 (right), in base64 as it is usually written. */
function isPath(text: string): boolean {
  const bytes = fromBase64(text);
  if (!bytes || bytes.length % STEP_BYTES !== 0 || bytes.length > MOST_STEPS * STEP_BYTES) return false;
  for (let at = 0; at < bytes.length; at += STEP_BYTES) if (bytes[at]! > 1) return false;
  return true;
}

interface Pack {
  readonly packId: string;
  readonly period: Period;
  readonly root: string;
  readonly batches: readonly { readonly batchId: string; readonly root: string }[];
}

/** The parts of a pack that a proof needs; null where it is no pack. */
function readPack(text: string): Pack | null {
  const value = parsed(text);
  if (!isObject(value) || safeCanonical(value) !== text.trimEnd()) return null;
  const { packId, period, yuan, batches } = value;
  if (!isName(packId) || !isPeriod(period) || !isObject(yuan) || !isHash(yuan['root'])) return null;
  if (!Array.isArray(batches)) return null;
  const found = batches.flatMap((batch: Json) =>
    isObject(batch) && typeof batch['batchId'] === 'string' && isHash(batch['root'])
      ? [{ batchId: batch['batchId'], root: batch['root'] }]
      : [],
  );
  return found.length === batches.length ? { packId, period, root: yuan['root'], batches: found } : null;
}

function packProblem(pack: Pack, { proof, roots }: { proof: YuanProof; roots: Roots }): string | null {
  const { batchId } = proof.line;
  if (periodText(pack.period) !== periodText(proof.pack.period)) return otherPack(proof, pack);
  if (pack.root !== roots.pack) return `公示 ${pack.packId} 的公示根与这份证明算出的不同：这一笔不在这份公示里。`;
  const batch = pack.batches.find((one) => one.batchId === batchId);
  if (batch?.root === roots.batch) return null;
  return `公示 ${pack.packId} 里没有这一笔的批次 ${batchId}，或批次的根不同。`;
}

function otherPack(proof: YuanProof, pack: Pack): string {
  const [asked, given] = [proof.pack, pack].map((one) => `${one.packId}（${periodText(one.period)}）`);
  return `证明属于公示 ${asked ?? ''}，放入的是 ${given ?? ''}。请换成同一期的公示文件。`;
}

export function periodText(period: Period): string {
  return `${period.from} 至 ${period.until}`;
}

/** RFC 8785 for the JSON that is sealed here: keys sorted, no blanks, whole numbers. */
export function canonicalText(value: Json): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new RangeError('only whole numbers are sealed');
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  const object = value as Readonly<Record<string, Json>>;
  const keys = Object.keys(object).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalText(object[key]!)}`).join(',')}}`;
}

function safeCanonical(value: Json): string | null {
  try {
    return canonicalText(value);
  } catch {
    return null;
  }
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

function isObject(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPeriod(value: Json | undefined): value is { from: string; until: string } {
  if (!isObject(value) || Object.keys(value).length !== 2) return false;
  return isName(value['from']) && isName(value['until']);
}

/** A text that is what it looks like: a verdict is printed beside it, and signs that steer a terminal could forge one. */
function isName(value: Json | undefined): value is string {
  return typeof value === 'string' && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(value);
}

function isHash(value: Json | undefined): value is string {
  return typeof value === 'string' && HEX_HASH.test(value);
}

/** As people copy it: with blanks, line breaks, capitals. */
function cleanHex(text: string): string {
  return text.replace(/\s+/g, '').toLowerCase();
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}

function fromBase64(text: string): Uint8Array | null {
  try {
    const bytes = atob(text);
    // The last character may carry bits that mean nothing: they must be 0.
    return btoa(bytes) === text ? Uint8Array.from(bytes, (char) => char.charCodeAt(0)) : null;
  } catch {
    return null;
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
