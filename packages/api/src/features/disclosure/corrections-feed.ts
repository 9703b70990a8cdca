import type { Base } from '../../kernel/context.js';
import { readPublishedHeads } from './disclosure.store.js';

/** The newest of them; the rest is in the list of packs. */
const MOST_ITEMS = 100;

/** What was corrected, newest first, as a JSON Feed 1.1 that readers and programs can follow. */
export async function correctionsFeed(base: Base, publicUrl: string): Promise<string> {
  const corrections = (await readPublishedHeads(base)).filter((pack) => pack.correctsId !== null);
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: '公示更正',
    language: 'zh-CN',
    feed_url: `${publicUrl}/disclosure/corrections.json`,
    items: corrections.slice(0, MOST_ITEMS).map((pack) => ({
      id: pack._id,
      url: `${publicUrl}/disclosure/${pack._id}.json`,
      title: `${pack.from} 至 ${pack.until} 的公示已更正`,
      content_text: `更正 ${pack.correctsId ?? ''}。原因：${pack.reason ?? ''}`,
      date_published: pack.publishedAt?.toISOString(),
      attachments: (['pdf', 'xlsx'] as const).map((kind) => ({
        url: `${publicUrl}/disclosure/${pack._id}.${kind}`,
        mime_type:
          kind === 'pdf' ? 'application/pdf' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      })),
    })),
  });
}
