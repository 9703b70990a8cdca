// Money is integer fen: whatever rounds it, or reads it as a floating number, loses or makes a fen somewhere.
// Splitting is done by the largest remainder, in one function per package, which are excepted in eslint.config.mjs.

const MONEY_WORDS = new Set(['fen', 'amount', 'amounts', 'price', 'prices', 'yuan']);
const ROUNDING = new Set(['round', 'floor', 'ceil', 'trunc', 'fround']);

/** `amountFen` has the words amount and fen; `offender` has neither. @param {string} name */
function isMoneyName(name) {
  const words = name.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/);
  return words.some((word) => MONEY_WORDS.has(word.toLowerCase()));
}

/** @type {import('eslint').Rule.RuleModule} */
export const noRoundedMoney = {
  meta: {
    type: 'problem',
    docs: { description: 'Money is integer fen: never rounded, never parsed as a float' },
    messages: {
      rounded:
        '"{{name}}" is money: integer fen is never rounded. Split it by the largest remainder (see the glossary: fen).',
      parsed: '"{{name}}" is money: a float loses fen. Parse it digit by digit into integer fen.',
    },
    schema: [],
  },
  create(context) {
    const text = context.sourceCode;

    /** The first money name inside an expression. @param {any} node */
    const moneyIn = (node) => {
      if (!node) return undefined;
      return text.getTokens(node).find((token) => token.type === 'Identifier' && isMoneyName(token.value))?.value;
    };

    return {
      CallExpression(node) {
        const { callee } = node;
        const name = moneyIn(node.arguments[0]);
        if (callee.type === 'Identifier' && callee.name === 'parseFloat') {
          if (name) context.report({ node, messageId: 'parsed', data: { name } });
          return;
        }
        if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
        const method = callee.property.name;
        const owner = callee.object.type === 'Identifier' ? callee.object.name : '';
        if (owner === 'Math' && ROUNDING.has(method) && name)
          context.report({ node, messageId: 'rounded', data: { name } });
        if (owner === 'Number' && method === 'parseFloat' && name)
          context.report({ node, messageId: 'parsed', data: { name } });
        if (method === 'toFixed' || method === 'toPrecision') {
          const rounded = moneyIn(callee.object);
          if (rounded) context.report({ node, messageId: 'rounded', data: { name: rounded } });
        }
      },
    };
  },
};
