// A command is an exported function of a feature whose first parameter is a Context. Its first statement asks whether the
// actor may do it, and the second gives the refusal back: nothing is read, counted or logged for who may not.

/** A command stands in a file named by its verb; these dotted kinds are parts of a feature, not commands. */
const COMMAND_FILE = /\/features\/[^/]+\/(?!index\.ts$)[^/.]+\.ts$/;
const ASKING = /^denyUnless/;
/** A guard that throws by itself needs no second statement. */
const THROWING = /^(require|allow)[A-Z]?/;

/** @typedef {any} Node eslint's own node types do not know TypeScript's syntax */

/** @type {import('eslint').Rule.RuleModule} */
export const commandPermissionFirst = {
  meta: {
    type: 'problem',
    docs: { description: 'Each command starts with its permission check' },
    messages: {
      first:
        '"{{name}}" is a command: its first statement must be `const denied = denyUnless({{ctx}}, …)`, ' +
        'followed by `if (denied) return denied`.',
      ignored:
        '"{{name}}" asks for permission but does not give the refusal back: add `if (denied) return denied` right after.',
    },
    schema: [],
  },
  create(context) {
    if (!COMMAND_FILE.test(context.filename.replaceAll('\\', '/'))) return {};

    /** @param {Node} fn @param {string} name */
    const check = (fn, name) => {
      const ctx = contextParameter(fn);
      if (!ctx || fn.body?.type !== 'BlockStatement') {
        if (ctx) context.report({ node: fn, messageId: 'first', data: { name, ctx } });
        return;
      }
      const [first, second] = fn.body.body;
      if (first?.type === 'ExpressionStatement' && isGuard(first.expression, ctx, THROWING)) return;
      const [declared] = first?.type === 'VariableDeclaration' ? first.declarations : [];
      if (!declared || !isGuard(declared.init, ctx, ASKING)) {
        context.report({ node: first ?? fn, messageId: 'first', data: { name, ctx } });
        return;
      }
      if (!givesBack(second, declared.id.name)) context.report({ node: first, messageId: 'ignored', data: { name } });
    };

    return {
      /** @param {Node} node */
      ExportNamedDeclaration(node) {
        const { declaration } = node;
        if (declaration?.type === 'FunctionDeclaration' && declaration.id) check(declaration, declaration.id.name);
        if (declaration?.type !== 'VariableDeclaration') return;
        for (const one of declaration.declarations) {
          if (/^(ArrowFunction|Function)Expression$/.test(one.init?.type ?? '')) check(one.init, one.id.name);
        }
      },
    };
  },
};

/** The name of the first parameter where that is a Context. @param {Node} fn @returns {string | undefined} */
function contextParameter(fn) {
  const [first] = fn.params;
  if (first?.type !== 'Identifier') return undefined;
  const type = first.typeAnnotation?.typeAnnotation;
  const typeName = type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' ? type.typeName.name : '';
  return typeName === 'Context' || first.name === 'ctx' ? first.name : undefined;
}

/** @param {Node} node @param {string} ctx @param {RegExp} names */
function isGuard(node, ctx, names) {
  const call = node?.type === 'AwaitExpression' ? node.argument : node;
  if (call?.type !== 'CallExpression' || call.callee.type !== 'Identifier' || !names.test(call.callee.name))
    return false;
  const [first] = call.arguments;
  return first?.type === 'Identifier' && first.name === ctx;
}

/** `if (denied) return denied`, with or without braces. @param {Node} node @param {string} name */
function givesBack(node, name) {
  if (node?.type !== 'IfStatement' || node.test.type !== 'Identifier' || node.test.name !== name) return false;
  const inner = node.consequent.type === 'BlockStatement' ? node.consequent.body.at(-1) : node.consequent;
  return inner?.type === 'ReturnStatement' || inner?.type === 'ThrowStatement';
}
