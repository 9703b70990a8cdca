// The house style as functions from a file to the sentences about what is wrong with it. Each has its planted violation
// in style.test.ts, which also runs them over the whole workspace.
import ts from 'typescript';
import type { SourceText } from './source-files.js';

export type StyleRule = (file: SourceText) => string[];

const MOST_FILE_LINES = 300;
const MOST_FUNCTION_LINES = 70;

const isCode = (path: string): boolean => /\.(ts|mjs)$/.test(path) && !path.endsWith('.d.ts');
const isTest = (path: string): boolean => /\.test\.ts$|\/testing\/|\/test\/|\/fixtures?\//.test(path);
/** Lists of products, words and policies: long, and without a shape that length could spoil. */
const isData = (path: string): boolean => /\.data\.ts$|^scripts\/seed\//.test(path);
/** A command stands in a file named by its verb, without a dotted kind. */
const isCommandFile = (path: string): boolean => /\/features\/[^/]+\/(?!index\.ts$)[^/.]+\.ts$/.test(path);

export const fileLength: StyleRule = ({ path, text }) => {
  if (!isCode(path) || isTest(path) || isData(path)) return [];
  const lines = text.split('\n').length - 1;
  return lines > MOST_FILE_LINES ? [`${path}: ${lines} lines; at most ${MOST_FILE_LINES}`] : [];
};

export const functionLength: StyleRule = (file) => {
  if (!isCode(file.path) || isTest(file.path)) return [];
  const { source, nodes } = parse(file);
  return nodes.filter(ts.isFunctionLike).flatMap((node) => {
    const from = lineOf(source, node.getStart(source));
    const lines = lineOf(source, node.end) - from + 1;
    return lines > MOST_FUNCTION_LINES
      ? [`${file.path}:${from}: a function of ${lines} lines; at most ${MOST_FUNCTION_LINES}`]
      : [];
  });
};

/** Named after the case that they show, as the outside world calls it. */
const FOREIGN_FILES = 'packages/api/test/cases/';

export const kebabCaseName: StyleRule = ({ path }) => {
  if (!/^(packages|scripts|docs)\//.test(path) || path.startsWith(FOREIGN_FILES)) return [];
  const wrong = path.split('/').filter((part) => !/^\.?[a-z0-9]+([-.@][a-z0-9]+)*$/.test(part) && part !== 'README.md');
  return wrong.map((part) => `${path}: "${part}" is not kebab-case`);
};

// Written in halves, so that this file does not find itself.
const OPEN_ENDS = new RegExp(
  `\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')}|${['HA', 'CK'].join('')}|X{3})\\b`,
);

export const noOpenEnds: StyleRule = (file) =>
  matchingLines(file, (line) =>
    OPEN_ENDS.test(line) ? 'an open end: do it, or write it down as an issue' : undefined,
  );

const STATEMENT =
  /^(import|export|const|let|var|return|if|for|while|await|throw|function|type|interface)\b.*[;{}]$|^[\w.]+\(.*\);$|^\}/;

export const noCommentedOutCode: StyleRule = (file) => {
  if (!isCode(file.path)) return [];
  return matchingLines(file, (line) => {
    const comment = /^\s*\/\/\s?(.*)$/.exec(line)?.[1]?.trim() ?? '';
    return STATEMENT.test(comment) ? 'commented-out code: git remembers it' : undefined;
  });
};

export const noAny: StyleRule = (file) => {
  if (!isCode(file.path) || file.path.endsWith('.mjs')) return [];
  const { source, nodes } = parse(file);
  const found = nodes.filter((node) => node.kind === ts.SyntaxKind.AnyKeyword);
  return found.map((node) => `${file.path}:${lineOf(source, node.getStart(source))}: any; say unknown and look`);
};

export const frontDoorComment: StyleRule = ({ path, text }) => {
  if (!/\/features\/[^/]+\/index\.ts$/.test(path)) return [];
  const opening = /^\s*(\/\*[\s\S]*?\*\/|(\/\/[^\n]*\n)+)/.exec(text)?.[0] ?? '';
  if (/\bowns\b/i.test(opening) && /\bnever\b/i.test(opening)) return [];
  return [`${path}: opens with a comment that says what the feature owns and what it never does`];
};

export const oneCommandPerFile: StyleRule = (file) => {
  if (!isCommandFile(file.path) || isTest(file.path)) return [];
  const { source } = parse(file);
  const exported = source.statements.flatMap(exportedFunctions);
  if (!exported.some(takesContext) || exported.length === 1) return [];
  return [`${file.path}: a command's file exports one function, this one ${exported.length}`];
};

export const docLinks: StyleRule = (file) => {
  if (!file.path.endsWith('.md')) return [];
  // A link inside a fenced block is an example, not a promise.
  const prose = file.text.replace(/```[\s\S]*?```/g, '');
  const targets = [...prose.matchAll(/\]\(\s*([^)\s]+)[^)]*\)/g)].map((match) => match[1] ?? '');
  const local = targets.filter((target) => !/^([a-z]+:|#)/i.test(target)).map((target) => target.replace(/#.*$/, ''));
  return local
    .filter((target) => !file.exists(target))
    .map((target) => `${file.path}: the link ${target} leads nowhere`);
};

const MACHINE = /(^|[^\w.])\/(root|Users\/\w+|home\/\w+|work\/(main|shared)|tmp\/brief)\//;
const REGISTRY =
  /\bregistry\.(npmjs|yarnpkg|npmmirror)\.|\bnpmmirror\.com|\bfiles\.pythonhosted\.|https?:\/\/[\w.-]*(artifactory|nexus|pypi)[\w.-]*/;

export const noMachineNames: StyleRule = (file) =>
  matchingLines(file, (line) => {
    if (MACHINE.test(line)) return 'a path of one machine';
    return REGISTRY.test(line) ? "a registry's address: it belongs into the machine's own settings" : undefined;
  });

export const reasonedExceptions: StyleRule = (file) => {
  if (!isCode(file.path)) return [];
  return matchingLines(file, (line) =>
    /eslint-disable(?!.* -- \S)/.test(line) && /\/[/*]/.test(line)
      ? 'lint switched off without a reason (` -- reason`)'
      : undefined,
  );
};

export const STYLE_RULES: Record<string, StyleRule> = {
  fileLength,
  functionLength,
  kebabCaseName,
  noOpenEnds,
  noCommentedOutCode,
  noAny,
  frontDoorComment,
  oneCommandPerFile,
  docLinks,
  noMachineNames,
  reasonedExceptions,
};

function matchingLines({ path, text }: SourceText, judge: (line: string) => string | undefined): string[] {
  return text.split('\n').flatMap((line, index) => {
    const fault = judge(line);
    return fault ? [`${path}:${index + 1}: ${fault}`] : [];
  });
}

const parsed = new WeakMap<SourceText, { source: ts.SourceFile; nodes: ts.Node[] }>();

function parse(file: SourceText): { source: ts.SourceFile; nodes: ts.Node[] } {
  const known = parsed.get(file);
  if (known) return known;
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  parsed.set(file, { source, nodes });
  return { source, nodes };
}

function lineOf(source: ts.SourceFile, position: number): number {
  return source.getLineAndCharacterOfPosition(position).line + 1;
}

type AnyFunction = ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression;

function exportedFunctions(statement: ts.Statement): AnyFunction[] {
  const isExported =
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported) return [];
  if (ts.isFunctionDeclaration(statement)) return [statement];
  if (!ts.isVariableStatement(statement)) return [];
  const values = statement.declarationList.declarations.map((one) => one.initializer);
  return values.filter((value) => value !== undefined && (ts.isArrowFunction(value) || ts.isFunctionExpression(value)));
}

function takesContext(fn: AnyFunction): boolean {
  return fn.parameters[0]?.type?.getText() === 'Context';
}
