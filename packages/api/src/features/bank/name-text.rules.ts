/** Characters that nobody sees: zero width, soft hyphen, marks of direction, byte order mark. */
const HIDDEN = /[\p{Cf}\p{Cc}\u115f\u1160\u3164\uffa0\u2800]/gu;
/** Said of a name, and no part of it. */
const SAID_OF_IT = /[（(](?:个人|个人账户|本人|自然人|私人|对私|储蓄)[)）]/gu;
/** Six characters that banks write between the parts of one name. */
const NAME_DOTS = /[•‧・∙⋅･·]/gu;

/** A counterparty's name without what nobody sees and without （个人）; one dot, `·`, for all that stand for it. */
export function nameText(name: string): string {
  return name.replace(HIDDEN, '').replace(SAID_OF_IT, '').replace(NAME_DOTS, '·').trim();
}
