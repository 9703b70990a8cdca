import { denyUnless } from '../../kernel/authority.js';
import type { Base, Context } from '../../kernel/context.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { directoryBearer, memberItem, organisationItem, readDirectoryList } from './directory-pages.js';
import { type DirectoryPlan, planImport } from './directory-plan.js';
import { finishImport, startImport } from './directory-runs.js';
import { forgetDirectory } from './directory-reads.js';
import { allMembers, allOrganisations, memberStore, organisationStore, writeDirectory } from './portal.store.js';

/** What an import did. Counts only: who came and went stays in the directory. */
export type DirectoryImport = DirectoryPlan['counts'] & { readonly importId: string; readonly tookMs: number };

/**
 * Takes over the portal's whole directory: reads it page by page, compares it with the copy, and writes only what
 * changed. All of it is read and judged before the first write, so a broken export or a mass removal writes nothing.
 * Run twice, the second run writes nothing. `allowMassRemoval` is for the operator who has looked and knows why.
 */
export async function importDirectory(
  ctx: Context,
  input: { readonly allowMassRemoval?: boolean } = {},
): Promise<DirectoryImport | Refusal> {
  const denied = denyUnless(ctx, 'system', 'operator');
  if (denied) return denied;
  const { base } = ctx;
  const startedMs = base.clock();
  const importId = await startImport(base);
  if (importId === null) return refuse('DIRECTORY_BUSY', '通讯录正在导入，请等这一次完成后再试。');

  let outcome: DirectoryPlan | Refusal;
  try {
    outcome = await readAndPlan(base, startedMs, input.allowMassRemoval === true);
    if (!isRefusal(outcome)) await writePlan(base, outcome);
  } catch (error) {
    await finishImport(base, importId, { state: 'FAILED' });
    throw error;
  }
  if (isRefusal(outcome)) {
    await finishImport(base, importId, { state: 'REFUSED', refusalCode: outcome.code });
    ctx.log.error({ importId, code: outcome.code, details: outcome.details }, 'the directory was not imported');
    return outcome;
  }
  await finishImport(base, importId, { state: 'DONE', counts: outcome.counts });
  const done = { ...outcome.counts, importId, tookMs: base.clock() - startedMs };
  ctx.log.info(done, 'the directory was imported');
  return done;
}

async function readAndPlan(base: Base, nowMs: number, allowMassRemoval: boolean): Promise<DirectoryPlan | Refusal> {
  const bearer = await directoryBearer(base);
  if (isRefusal(bearer)) return bearer;
  const organisations = await readDirectoryList(base, { list: 'organisations', item: organisationItem, bearer });
  if (isRefusal(organisations)) return organisations;
  const members = await readDirectoryList(base, { list: 'members', item: memberItem, bearer });
  if (isRefusal(members)) return members;
  const stored = { organisations: await allOrganisations(base), members: await allMembers(base) };
  return planImport({ organisations, members }, stored, { nowMs, allowMassRemoval });
}

async function writePlan(base: Base, plan: DirectoryPlan): Promise<void> {
  // Organisations first: a member must never point to one that is not there yet.
  await writeDirectory(base, organisationStore, plan.organisations);
  await writeDirectory(base, memberStore, plan.members);
  forgetDirectory(base);
}
