import type { Base } from '@aixin/api/internals';

/** The zone's connections are known to the server by this name: only they meet a fail point. */
export const ZONE_APP_NAME = 'zone-under-test';
/** Long enough to kill a process meanwhile; the server goes on with the command afterwards, whoever sent it. */
const BLOCK_MS = 2_000;
const REACHED_LIMIT_MS = 60_000;

export interface BlockedCommand {
  /** Resolves when the server has received the command and stands still before it. */
  reached(): Promise<void>;
}

/** The next such command of the zone stands still in the server before it is carried out. Needs `enableTestCommands`. */
export async function blockNext(
  base: Base,
  point: { readonly command: 'insert' | 'update' | 'commitTransaction'; readonly collection?: string },
): Promise<BlockedCommand> {
  const admin = base.db.getClient().db('admin');
  const { command, collection } = point;
  const set = await admin.command({
    configureFailPoint: 'failCommand',
    mode: { times: 1 },
    data: {
      failCommands: [command],
      blockConnection: true,
      blockTimeMS: BLOCK_MS,
      appName: ZONE_APP_NAME,
      ...(collection === undefined ? {} : { namespace: `${base.db.name}.${collection}` }),
    },
  });
  return {
    async reached() {
      await admin.command({
        waitForFailPoint: 'failCommand',
        timesEntered: Number(set['count']) + 1,
        maxTimeMS: REACHED_LIMIT_MS,
      });
    },
  };
}
