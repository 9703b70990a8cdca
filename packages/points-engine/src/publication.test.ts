import { describe, expect, it } from '@jest/globals';
import { checkPublication } from './index.js';
import type { VersionJson } from './index.js';
import { policyOf, rule, shanghai, version } from './testing/fixtures.js';

const begun = version({ version: '2026-09', effectiveFrom: '2026-09-01' });
const next = version({ version: '2027-01', effectiveFrom: '2027-01-01' });
const NOW_MS = shanghai('2026-11-24T10:00');

function check(published: VersionJson[], candidate: VersionJson[], nowMs = NOW_MS) {
  return checkPublication({ published: policyOf(...published), candidate: policyOf(...candidate), nowMs });
}

describe('publishing a policy', () => {
  it('may add, change and drop versions that have not begun', () => {
    expect(check([begun], [begun])).toEqual([]);
    expect(check([begun], [begun, next])).toEqual([]);
    expect(check([begun, next], [{ ...next, rules: [rule({ points: 9 })] }, begun])).toEqual([]);
    expect(check([begun, next], [begun])).toEqual([]);
  });

  it('may write the same content in another order of keys', () => {
    const reordered = Object.fromEntries(Object.entries(begun).reverse()) as unknown as VersionJson;
    expect(check([begun], [reordered])).toEqual([]);
  });

  it('may not change a version that has begun', () => {
    expect(check([next, begun], [next, { ...begun, rules: [rule({ points: 3 })] }])).toEqual([
      { path: 'versions[1]', message: '规则 2026-09 版已经生效，不能修改；请另建新版' },
    ]);
    expect(check([begun], [{ ...begun, rules: [rule(), rule({ ruleId: 'more' })] }])).toHaveLength(1);
  });

  it('may not move a version that has begun into the future', () => {
    expect(check([begun], [{ ...begun, effectiveFrom: '2027-02-01' }])).toEqual([
      { path: 'versions[0]', message: '规则 2026-09 版已经生效，不能修改；请另建新版' },
    ]);
  });

  it('may not drop a version that has begun', () => {
    expect(check([begun, next], [next])).toEqual([{ path: 'versions', message: '规则 2026-09 版已经生效，不能删除' }]);
  });

  it('may not begin a version now or in the past', () => {
    const today = version({ version: 'today', effectiveFrom: '2026-11-24' });
    expect(check([begun], [begun, today])).toEqual([
      { path: 'versions[1]', message: '规则 today 版的生效日期必须在今天以后' },
    ]);
    expect(check([begun], [begun, today], shanghai('2026-11-24T00:00'))).toHaveLength(1);
    expect(check([begun], [begun, today], shanghai('2026-11-24T00:00') - 1)).toEqual([]);
  });

  it('may not bring a version that had not begun into the past', () => {
    expect(check([begun, next], [begun, { ...next, effectiveFrom: '2026-10-01' }])).toEqual([
      { path: 'versions[1]', message: '规则 2027-01 版的生效日期必须在今天以后' },
    ]);
  });
});
