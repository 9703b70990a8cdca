import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { billCases } from './bill-cases.js';
import { type Case, called, type CaseFolder } from './case.js';
import { statementCases } from './statement-cases.js';
import { textCases } from './text-cases.js';

const CASES: readonly Case[] = [...statementCases, ...billCases, ...textCases];

/** Of a folder's own, not cases. */
const ASIDE = new Set(['README.md', 'profiles.json', 'run-cases.mjs']);

export type Verdict = 'ok' | 'FAULT' | 'OPEN';

export interface Judged {
  readonly id: string;
  readonly file: string;
  readonly verdict: Verdict;
  readonly given: string;
  readonly right: string;
}

export interface JudgedFolder {
  readonly judged: readonly Judged[];
  /** Files that no case knows: named, and not judged. */
  readonly unknown: readonly string[];
}

/** Runs each case of which this folder has the files through the built functions, without a database. */
export async function runCases(path: string): Promise<JudgedFolder> {
  const names = new Set(readdirSync(path));
  const profiles = join(path, 'profiles.json');
  const folder: CaseFolder = {
    bytes: (file) => readFileSync(join(path, file)),
    profiles: existsSync(profiles) ? (JSON.parse(readFileSync(profiles, 'utf8')) as Record<string, unknown>) : {},
  };
  const judged: Judged[] = [];
  for (const one of CASES) {
    if (one.files.every((file) => names.has(file))) judged.push(await judge(one, folder));
  }
  const known = new Set(CASES.flatMap((one) => one.files));
  return { judged, unknown: [...names].filter((name) => !known.has(name) && !ASIDE.has(name)).sort() };
}

async function judge(one: Case, folder: CaseFolder): Promise<Judged> {
  const { given, holds } = await one.judge(folder);
  const verdict = holds ? 'ok' : one.open ? 'OPEN' : 'FAULT';
  return { id: called(one), file: one.files[0], verdict, given, right: one.right };
}
