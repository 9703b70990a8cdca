import pdfmake from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { PAGE_FONT, PAGE_FONT_FILES } from './page-font.js';

const { regular, bold } = PAGE_FONT_FILES;

pdfmake.setFonts({ [PAGE_FONT]: { normal: regular, bold, italics: regular, bolditalics: bold } });
// A text can name no picture and no address that would be fetched while it is laid out.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path === regular || path === bold);

/** Lays pages out and gives their bytes. */
export async function printPages(definition: TDocumentDefinitions): Promise<Buffer> {
  return await pdfmake.createPdf(definition).getBuffer();
}
