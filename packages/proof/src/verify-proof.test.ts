import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fixture, hashed, lineOf, treeOf } from '../test/fixture.js';
import { plainSha256 } from './sha256.js';
import { canonicalText, type Json, verifyProof, type YuanProof } from './verify-proof.js';

const flip = (text: string, at: number, by: number): string => {
  const bytes = Buffer.from(text);
  bytes[at % bytes.length]! ^= 1 << (by % 8);
  return bytes.toString('utf8');
};

describe('the proof of a matched yuan', () => {
  it('holds against its pack, against the published root, and by itself with the root still to compare', async () => {
    for (const [count, index] of [
      [1, 0],
      [2, 1],
      [700, 699],
      [1_024, 513],
    ] as const) {
      const { proofText, packText, root } = fixture(count, index);
      const [byPack, byRoot, alone] = [
        await verifyProof(proofText, { packText }),
        await verifyProof(`${proofText}\n`, { rootHex: ` ${root.slice(0, 32).toUpperCase()}\n${root.slice(32)}` }),
        await verifyProof(proofText),
      ];
      expect([byPack.fault, byRoot.fault, alone.fault]).toEqual([null, null, null]);
      expect([byPack.against, byRoot.against, alone.against]).toEqual(['pack', 'root', 'nothing']);
      expect(alone.root).toBe(root);
      expect(alone.message).toContain('再把下面的公示根');
      expect(byPack.steps.every((step) => step.holds)).toBe(true);
    }
  });

  it('falls with any bit of the proof, whichever it is', async () => {
    const { proofText, packText } = fixture(700, 77);
    await fc.assert(
      fc.asyncProperty(fc.nat(proofText.length * 2), fc.nat(7), async (at, by) => {
        const verdict = await verifyProof(flip(proofText, at, by), { packText });
        expect(verdict.fault).not.toBeNull();
        expect(verdict.steps.at(-1)?.holds).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('falls with any bit of the pack, which is then what is named', async () => {
    const { proofText, packText } = fixture(9, 3);
    await fc.assert(
      fc.asyncProperty(fc.nat(packText.length * 2), fc.nat(7), async (at, by) => {
        const verdict = await verifyProof(proofText, { packText: flip(packText, at, by) });
        // A changed name makes it the pack of another period.
        expect(['PACK_CHANGED', 'NOT_THIS_PACK']).toContain(verdict.fault);
        expect(verdict.message).toContain('公示');
      }),
      { numRuns: 300 },
    );
  });

  it('names what was changed', async () => {
    const { proofText, packText, root } = fixture(9, 3);
    const faultOf = async (text: string, published = { packText }): Promise<string | null> =>
      (await verifyProof(text, published)).fault;
    const proof = JSON.parse(proofText) as YuanProof;
    const dearer = canonicalText({ ...proof, line: { ...lineOf(4), amountFen: 999 } } as object as Json);
    expect(await faultOf(dearer)).toBe('LINE_CHANGED');
    const forgedHash = hashed(canonicalText({ ...lineOf(4), amountFen: 999 })).toString('hex');
    expect(await faultOf(canonicalText({ ...(JSON.parse(dearer) as object), lineHash: forgedHash }))).toBe(
      'PATH_CHANGED',
    );
    const path = { ...proof.path, batch: treeOf([hashed('a'), hashed('b')], 0).path };
    expect(await faultOf(canonicalText({ ...proof, path } as object as Json))).toBe('PATH_CHANGED');
    expect(await faultOf(proofText, { packText: fixture(9, 3, 'P2027Q1').packText })).toBe('NOT_THIS_PACK');
    expect(await faultOf(proofText, { packText: fixture(8, 3).packText })).toBe('PACK_CHANGED');
    // A pack that somebody made up, and a proof that was told its hash.
    const forgedPack = packText.replace(root, 'ab'.repeat(32));
    const toldHash = { ...proof.pack, hash: hashed(forgedPack).toString('hex') };
    const told = canonicalText({ ...proof, pack: toldHash } as object as Json);
    expect(await faultOf(told, { packText: forgedPack })).toBe('NOT_IN_PACK');
    expect(
      (await verifyProof(proofText, { rootHex: root.replace(/^./, (one) => (one === '0' ? '1' : '0')) })).fault,
    ).toBe('NOT_THIS_PACK');
  });

  it('is no proof when it is written in another way, or is anything else', async () => {
    const { proofText } = fixture(9, 3);
    const more = canonicalText({ ...(JSON.parse(proofText) as object), note: '' });
    const texts = ['', '{}', 'null', '[]', 'x'.repeat(200_000), JSON.stringify(JSON.parse(proofText), null, 2), more];
    for (const text of [...texts, proofText.replace('"amountFen":101', '"amountFen":101.5')]) {
      expect((await verifyProof(text)).fault).toBe('UNREADABLE');
    }
  });

  it('is no proof when a text in it could steer the terminal that it is printed on', async () => {
    const { proofText, packText } = fixture(9, 3);
    const proof = JSON.parse(proofText) as YuanProof;
    const forged = `B202610\u001b[2J\u001b[H成立`;
    const line = { ...lineOf(4), remittanceId: forged };
    const lineHash = hashed(canonicalText(line)).toString('hex');
    for (const one of [
      { ...proof, line, lineHash },
      { ...proof, pack: { ...proof.pack, packId: forged } },
      { ...proof, pack: { ...proof.pack, period: { from: '2026-10-01', until: '\u202e' } } },
    ]) {
      expect((await verifyProof(canonicalText(one as object as Json))).fault).toBe('UNREADABLE');
    }
    const pack = { ...(JSON.parse(packText) as object), packId: forged };
    expect((await verifyProof(proofText, { packText: canonicalText(pack as Json) })).fault).toBe('PACK_CHANGED');
  });

  it('is no proof, and no fault of the program, however deep or odd its JSON is', async () => {
    const { proofText, packText } = fixture(9, 3);
    const deep = '['.repeat(49_000) + ']'.repeat(49_000);
    const odd = [
      '{"__proto__":{"v":1}}',
      '[[[',
      '1e999',
      '"\\ud800"',
      proofText.replace('{', '{"__proto__":null,'),
      deep,
    ];
    for (const text of odd) expect((await verifyProof(text, { packText })).fault).toBe('UNREADABLE');
    for (const text of [...odd, '['.repeat(3_000_000)]) {
      expect((await verifyProof(proofText, { packText: text })).fault).toBe('PACK_CHANGED');
    }
  });

  it('is what docs/proof.md tells a stranger, vectors and example', async () => {
    const page = await readFile(new URL('../../../docs/proof.md', import.meta.url), 'utf8');
    const vectors = [...page.matchAll(/^\| (\d+) \| `([0-9a-f]{64})` \|$/gm)].map(([, count, root]) => [
      Number(count),
      root,
    ]);
    expect(vectors).toHaveLength(4);
    for (const [count, root] of vectors) {
      const leaves = Array.from({ length: Number(count) }, (_, n) => hashed(`leaf ${n}`));
      expect(treeOf(leaves, 0).root.toString('hex')).toBe(root);
    }
    const [proofText = '', packText = ''] = [...page.matchAll(/```json\n(.+)\n```/g)].map(([, text]) => text ?? '');
    expect((await verifyProof(proofText, { packText })).fault).toBeNull();
    const changed = proofText.replace('"amountFen":102', '"amountFen":103');
    expect((await verifyProof(changed, { packText })).fault).toBe('LINE_CHANGED');
  });

  it('hashes without a secure page as the machine itself does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(Buffer.from(plainSha256(bytes)).toString('hex')).toBe(hashed(Buffer.from(bytes)).toString('hex'));
      }),
    );
  });
});
