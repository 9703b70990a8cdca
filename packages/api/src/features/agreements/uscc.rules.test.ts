import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normalUscc, usccCheckCharacter, usccFault } from './uscc.rules.js';

const ALPHABET = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
const code = fc
  .array(fc.constantFrom(...ALPHABET), { minLength: 17, maxLength: 17 })
  .map((characters) => characters.join(''))
  .map((body) => `${body}${usccCheckCharacter(body)}`);

describe('the code of an organisation (GB 32100-2015)', () => {
  it('takes the example of the standard', () => {
    expect(usccFault('91350100M000100Y43')).toBeNull();
  });

  it('holds after its check character was computed', () => {
    fc.assert(fc.property(code, (one) => usccFault(one) === null));
  });

  it('finds any one changed character', () => {
    fc.assert(
      fc.property(code, fc.nat(17), fc.constantFrom(...ALPHABET), (one, at, other) => {
        fc.pre(one[at] !== other);
        expect(usccFault(one.slice(0, at) + other + one.slice(at + 1))).toBe('CHECK');
      }),
    );
  });

  it('finds two neighbours that changed places, and any two of the first 17', () => {
    fc.assert(
      fc.property(code, fc.nat(17), fc.nat(17), (one, a, b) => {
        fc.pre(one[a] !== one[b] && (Math.abs(a - b) === 1 || Math.max(a, b) < 17));
        const characters = [...one];
        [characters[a], characters[b]] = [characters[b]!, characters[a]!];
        expect(usccFault(characters.join(''))).toBe('CHECK');
      }),
    );
  });

  it('reads small letters, full width, blanks and hyphens as what they mean', () => {
    fc.assert(
      fc.property(code, (one) => {
        expect(normalUscc(one.toLowerCase())).toBe(one);
        expect(normalUscc(` ${one.slice(0, 8)}-${one.slice(8)} `)).toBe(one);
        const wide = [...one].map((character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)).join('');
        expect(normalUscc(wide)).toBe(one);
      }),
    );
  });

  it.each([
    ['', 'LENGTH'],
    ['91350100M000100Y4', 'LENGTH'],
    ['91350100M000100Y433', 'LENGTH'],
    ['9135010OM000100Y43', 'CHARACTER'],
    ['91350100M000100Y4É', 'CHARACTER'],
  ])('names what is wrong with %j', (text, fault) => {
    expect(usccFault(normalUscc(text))).toBe(fault);
  });
});
