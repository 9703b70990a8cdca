import { canonicalJson, sha256, sealedText } from '../src/kernel/canonical.js';
import { createMerkleRange, merkleRoot } from '../src/kernel/merkle.js';
import { type Pack, type PackContent, packHeadStore, packSeal, packStore } from '../src/features/disclosure/index.js';
import type { LedgerFacts } from './check-ledger.js';
import { Findings, isSameInstant } from './check.js';
import type { BatchFacts } from './facts.js';
import type { Snapshot } from './snapshot.js';

export interface Books {
  readonly blockHashes: ReadonlyMap<number, string>;
  readonly ledger: LedgerFacts;
  readonly facts: BatchFacts;
}

/**
 * I14: what was published is the bytes whose hash is in the chain, one pack after the other without a gap; its batches,
 * its root and its heads are those of the books, and what it says it discloses is disclosed.
 */
export async function checkPacks(snapshot: Snapshot, books: Books): Promise<Findings> {
  const findings = new Findings();
  const contents = new Map<string, PackContent>();
  const published: Pack[] = [];
  for await (const pack of snapshot.read(packStore, { sort: { _id: 1 } })) {
    const content = readContent(pack);
    findings.expect(content !== null, {
      invariant: 'I14',
      subject: `pack ${pack._id}`,
      message: 'was changed: its bytes do not have its hash',
    });
    const isPublished = pack.state === 'PUBLISHED';
    findings.expect(isPublished ? pack.seal !== null : pack.state === 'DRAFT' && pack.seal === null, {
      invariant: 'I14',
      subject: `pack ${pack._id}`,
      message: 'is published and has no seal, or the other way round',
    });
    if (!isPublished) continue;
    published.push(pack);
    if (content) contents.set(pack._id, content);
  }
  published.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
  await checkChain(snapshot, { findings, published });
  const journalRoots = rootsOver(books.blockHashes, [...contents.values()]);
  for (const pack of published) {
    const content = contents.get(pack._id);
    if (!content) continue;
    for (const message of [...contentProblems(pack, content), ...bookProblems(content, { ...books, journalRoots })]) {
      findings.expect(false, { invariant: 'I14', subject: `pack ${pack._id}`, message });
    }
  }
  checkDisclosed(findings, { facts: books.facts, contents, published });
  return findings;
}

/** The content, where its bytes are those of the hash and the only ones that say it. */
function readContent({ json, hash }: Pack): PackContent | null {
  try {
    const content = JSON.parse(json) as PackContent;
    return sha256(json) === hash && canonicalJson(content) === json ? content : null;
  } catch {
    return null;
  }
}

async function checkChain(
  snapshot: Snapshot,
  { findings, published }: { findings: Findings; published: readonly Pack[] },
): Promise<void> {
  let last = { seq: 0, packId: '', hash: '' };
  for (const pack of published) {
    const expect = (holds: boolean, message: string): void =>
      findings.expect(holds, { invariant: 'I14', subject: `pack ${pack._id}`, message });
    expect(pack.seq === last.seq + 1, `number ${pack.seq ?? 'none'} follows ${last.seq}`);
    expect(pack.prevHash === last.hash, 'does not name the hash of the pack before');
    expect(sealedText(() => packSeal(pack)) === pack.seal, 'was changed: its seal does not fit');
    expect(pack.publishedBy !== pack.draftedBy, 'was published by who drafted it');
    last = { seq: pack.seq ?? 0, packId: pack._id, hash: pack.hash };
  }
  let found = published.length === 0;
  for await (const { _id, seq, packId, hash } of snapshot.read(packHeadStore)) {
    found = _id === 'packs' && seq === last.seq && packId === last.packId && hash === last.hash;
  }
  findings.expect(found, { invariant: 'I14', subject: 'pack head', message: 'is not the pack published last' });
}

function contentProblems(pack: Pack, content: PackContent): string[] {
  const { packId, period, corrects, prev, batches, yuan } = content;
  const sums = {
    count: batches.reduce((sum, batch) => sum + batch.lineCount, 0),
    amountFen: batches.reduce((sum, batch) => sum + batch.amountFen, 0),
    root: sealedText(() => merkleRoot(batches.map((batch) => batch.root))),
  };
  const checks: [boolean, string][] = [
    [packId === pack._id && period.from === pack.from && period.until === pack.until, 'is of another id or period'],
    [(corrects?.packId ?? null) === pack.correctsId && (corrects?.reason ?? null) === pack.reason, 'corrects another'],
    [(prev?.hash ?? '') === pack.prevHash, 'names another pack before it'],
    [canonicalJson(sums) === canonicalJson(yuan), 'its batches do not give its root and its sums'],
    [addsUp(content), 'opening + received − spent is not closing, or its rows do not give its sums'],
  ];
  return checks.filter(([holds]) => !holds).map(([, message]) => message);
}

function addsUp({ fund, received, months, projects }: PackContent): boolean {
  const sum = (amounts: readonly number[]): number => amounts.reduce((total, one) => total + one, 0);
  const spends = projects.flatMap((project) => project.spends);
  return (
    fund.openingFen + fund.receivedFen - fund.spentFen === fund.closingFen &&
    sum(received.map((row) => row.amountFen)) === fund.receivedFen &&
    sum(months.map((row) => row.receivedFen)) === fund.receivedFen &&
    sum(spends.map((row) => row.amountFen)) === fund.spentFen &&
    sum(months.map((row) => row.spentFen)) === fund.spentFen
  );
}

function bookProblems(
  { batches, heads, discloses }: PackContent,
  { facts, ledger, blockHashes, journalRoots }: Books & { journalRoots: ReadonlyMap<number, string> },
): string[] {
  const problems = batches.flatMap((row) => {
    const batch = facts.batches.get(row.batchId);
    const { root, contentHash, lineCount, amountFen } = row;
    const isSame =
      batch?.state === 'APPROVED' &&
      batch.root === root &&
      batch.contentHash === contentHash &&
      batch.lineCount === lineCount &&
      batch.amountFen === amountFen;
    return isSame ? [] : [`published the batch ${row.batchId} otherwise than it stands`];
  });
  const { journal } = heads;
  if (
    journal &&
    (blockHashes.get(journal.block) !== journal.hash || journalRoots.get(journal.block) !== journal.root)
  ) {
    problems.push(`its journal head is not block ${journal.block}`);
  }
  if (heads.ledger && ledger.hashes.get(heads.ledger.seq) !== heads.ledger.hash) {
    problems.push(`its ledger head is not transaction ${heads.ledger.seq}`);
  }
  for (const remittanceId of discloses) {
    if (facts.remittances.get(remittanceId)?.state !== 'DISCLOSED') {
      problems.push(`discloses the remittance ${remittanceId}, which is not disclosed`);
    }
  }
  return problems;
}

/** The journal's root at the blocks that packs name. */
function rootsOver(
  blockHashes: ReadonlyMap<number, string>,
  contents: readonly PackContent[],
): ReadonlyMap<number, string> {
  const named = new Set(contents.map((content) => content.heads.journal?.block));
  const range = createMerkleRange();
  const roots = new Map<number, string>();
  for (const [block, hash] of blockHashes) {
    range.append(hash);
    if (named.has(block)) roots.set(block, range.root());
  }
  return roots;
}

function checkDisclosed(
  findings: Findings,
  input: { facts: BatchFacts; contents: ReadonlyMap<string, PackContent>; published: readonly Pack[] },
): void {
  const published = new Map(input.published.map((pack) => [pack._id, pack]));
  for (const { _id, packId, disclosedAt } of input.facts.remittances.values()) {
    if (packId === null && disclosedAt === null) continue;
    const isNamed = input.contents.get(packId ?? '')?.discloses.includes(_id) === true;
    const isThen = isSameInstant(published.get(packId ?? '')?.publishedAt, disclosedAt);
    findings.expect(isNamed && isThen, {
      invariant: 'I14',
      subject: `remittance ${_id}`,
      message: `says that the pack ${packId ?? 'of no name'} disclosed it then`,
    });
  }
}
