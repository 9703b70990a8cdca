import { checkAddress, hasGlyph, printedText, shownCounterparty } from '@aixin/api/internals';
import type { Case, CaseFolder } from './case.js';

function linesOf({ bytes }: CaseFolder, file: string): string[] {
  return bytes(file)
    .toString('utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '');
}

function texts(
  file: string,
  right: string,
  answer: (line: string) => string,
  holds: (line: string, given: string) => boolean,
): Case {
  return {
    files: [file],
    right,
    judge: (folder) => {
      const lines = linesOf(folder, file);
      const given = lines.map(answer);
      const isRight = lines.length > 0 && lines.every((line, at) => holds(line, given[at] ?? ''));
      return { given: given.join('; '), holds: isRight };
    },
  };
}

const shownMobile = (mobile: string): string => {
  const input = { recipient: '张三', mobile, region: '重庆市渝中区', detail: '一号' };
  const checked = checkAddress(input, undefined);
  return 'refused' in checked ? checked.message : checked.mobile;
};

export const textCases: readonly Case[] = [
  texts(
    'E1-names.txt',
    '字库没有的字写明编码，不印空框，也不丢字',
    printedText,
    (line, given) =>
      [...line].every((one) => given.includes(one) || given.includes(codeOf(one)) || isHidden(one)) &&
      [...given].every((one) => hasGlyph(one.codePointAt(0) ?? 0)),
  ),
  texts(
    'E2-counterparties.txt',
    '个人只显示姓：个人 · 迪*',
    shownCounterparty,
    (line, given) => given === `个人 · ${[...line][0] ?? ''}*`,
  ),
  texts('S4-mobile-numbers.txt', '都是 13800138000', shownMobile, (_line, given) => given === '13800138000'),
];

function codeOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
}

function isHidden(character: string): boolean {
  return /\p{Cf}|\p{Cc}/u.test(character);
}
