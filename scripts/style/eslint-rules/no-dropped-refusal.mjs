// A refusal is data, so the language lets it fall silently: `await cancelOrder(ctx, id);` goes on as if it had been done.
// Whoever does not want the answer reads it all the same, and logs what was refused.

/** A promise of it, a list of it, a list of promises of it: two levels and one to spare. */
const MAX_DEPTH = 4;

/**
 * By its shape (`refused: true` and a code), so that an intersection with more details counts too.
 * @param {import('typescript').TypeChecker} checker @param {import('typescript').Type} type
 */
function isRefusal(checker, type) {
  if (!type.getProperty('code')) return false;
  const refused = type.getProperty('refused');
  return refused !== undefined && checker.typeToString(checker.getTypeOfSymbol(refused)) === 'true';
}

/**
 * Whether a value of this type is, or holds as promise or list, what a command refuses with.
 * @param {import('typescript').TypeChecker} checker @param {import('typescript').Type} type @returns {boolean}
 */
function holdsRefusal(checker, type, depth = 0) {
  if (depth > MAX_DEPTH) return false;
  /** @param {import('typescript').Type} one */
  const deeper = (one) => holdsRefusal(checker, one, depth + 1);
  if (type.isUnion()) return type.types.some(deeper);
  if (isRefusal(checker, type)) return true;
  const isWrapped = type.getSymbol()?.getName() === 'Promise' || checker.isArrayType(type) || checker.isTupleType(type);
  return isWrapped && checker.getTypeArguments(/** @type {import('typescript').TypeReference} */ (type)).some(deeper);
}

/** @type {import('eslint').Rule.RuleModule} */
export const noDroppedRefusal = {
  meta: {
    type: 'problem',
    docs: { description: 'What a command refuses with is read, never dropped' },
    messages: {
      dropped: 'This may be a refusal, and nobody reads it: return it, act on it, or log it.',
    },
    schema: [],
  },
  create(context) {
    const services = context.sourceCode.parserServices;
    const checker = services.program.getTypeChecker();

    /** @param {any} node @param {any} value */
    const check = (node, value) => {
      if (holdsRefusal(checker, services.getTypeAtLocation(value))) context.report({ node, messageId: 'dropped' });
    };

    return {
      ExpressionStatement(node) {
        const { expression } = node;
        // An assignment keeps it; `void` has its own visit.
        if (expression.type === 'AssignmentExpression') return;
        if (expression.type === 'UnaryExpression' && expression.operator === 'void') return;
        check(node, expression);
      },
      /** @param {any} node */
      'UnaryExpression[operator="void"]'(node) {
        check(node, node.argument);
      },
    };
  },
};
