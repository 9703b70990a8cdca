import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitByLargestRemainder } from './index.js';
import { mulDiv } from './split.js';

const sum = (parts: readonly number[]): number => parts.reduce((total, part) => total + part, 0);

describe('splitting a whole', () => {
  it('gives what is left to the largest remainders', () => {
    expect(splitByLargestRemainder(10, [1, 1, 2])).toEqual([3, 2, 5]);
    expect(splitByLargestRemainder(100, [6, 3, 1])).toEqual([60, 30, 10]);
    expect(splitByLargestRemainder(7, [10, 45, 45])).toEqual([1, 3, 3]);
    expect(splitByLargestRemainder(2, [500, 13_600])).toEqual([0, 2]);
  });

  it('prefers the earlier of two equal remainders', () => {
    expect(splitByLargestRemainder(1, [1, 1])).toEqual([1, 0]);
    expect(splitByLargestRemainder(5, [1, 1, 1])).toEqual([2, 2, 1]);
  });

  it('treats weights that are all 0 as equal, and gives nothing to a single 0', () => {
    expect(splitByLargestRemainder(3, [0, 0])).toEqual([2, 1]);
    expect(splitByLargestRemainder(3, [0, 5])).toEqual([0, 3]);
  });

  it('splits nothing over nobody, and refuses to split something over nobody', () => {
    expect(splitByLargestRemainder(0, [])).toEqual([]);
    expect(() => splitByLargestRemainder(1, [])).toThrow('nothing to split 1 over');
  });

  it('refuses fractions, negative figures and unsafe sums', () => {
    expect(() => splitByLargestRemainder(1.5, [1])).toThrow('total must be a whole number from 0');
    expect(() => splitByLargestRemainder(-1, [1])).toThrow(RangeError);
    expect(() => splitByLargestRemainder(1, [0.5])).toThrow('weight must be');
    expect(() => splitByLargestRemainder(1, [-1])).toThrow(RangeError);
    expect(() => splitByLargestRemainder(1, [Number.MAX_SAFE_INTEGER, 1])).toThrow('sum of weights must be');
  });

  it('always sums to the whole, within one of the exact share, whatever the size', () => {
    const whole = fc.oneof(fc.nat(50), fc.integer({ min: 0, max: 10 ** 14 }));
    fc.assert(
      fc.property(whole, fc.array(whole, { minLength: 1, maxLength: 20 }), (total, weights) => {
        const parts = splitByLargestRemainder(total, weights);
        expect(sum(parts)).toBe(total);
        const weightSum = BigInt(sum(weights));
        for (const [index, part] of parts.entries()) {
          if (weightSum === 0n) continue;
          const off = BigInt(part) * weightSum - BigInt(total) * BigInt(weights[index]!);
          expect(off > -weightSum && off < weightSum).toBe(true);
        }
      }),
    );
  });
});

describe('multiplying and dividing whole numbers', () => {
  it('keeps the remainder of a product beyond 2^53', () => {
    const value = Number.MAX_SAFE_INTEGER;
    expect(mulDiv({ value, numerator: 3, denominator: 4 })).toEqual({ quotient: 6_755_399_441_055_743, remainder: 1 });
  });

  it('is exact on both roads', () => {
    const whole = fc.oneof(fc.nat(1000), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }));
    fc.assert(
      fc.property(
        whole,
        whole,
        fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        (value, numerator, denominator) => {
          fc.pre(numerator <= denominator);
          const product = BigInt(value) * BigInt(numerator);
          const { quotient, remainder } = mulDiv({ value, numerator, denominator });
          expect(BigInt(quotient)).toBe(product / BigInt(denominator));
          expect(BigInt(remainder)).toBe(product % BigInt(denominator));
        },
      ),
    );
  });
});
