import exceljs from 'exceljs';

/** What the library's types leave out of its writer. */
interface Packing {
  readonly created: Date;
  readonly zip: { append(source: unknown, entry: object): unknown };
  addThemes(): Promise<void>;
}
const LibraryWriter = exceljs.stream.xlsx.WorkbookWriter as unknown as new (
  options: object,
) => exceljs.stream.xlsx.WorkbookWriter & Packing;

/** Its packer stamps each part with the machine's time unless it is told another, and there is no option for it. */
export class DatedWriter extends LibraryWriter {
  /** The first part that goes in, from within the constructor: every other comes after it. */
  override addThemes(): Promise<void> {
    const { zip, created } = this;
    const append = zip.append.bind(zip);
    zip.append = (source, entry) => append(source, { ...entry, date: created });
    return super.addThemes();
  }
}
