import type { Agreement, AgreementDetail, Terms } from './agreements.documents.js';

export interface Named {
  readonly id: string;
  readonly name: string;
}

type StoredFile = Agreement['files'][number];

/** What a form of terms begins with. */
export interface FormSeed {
  /** The draft that is revised; null: a new one. */
  readonly agreementId: string | null;
  /** The agreement in force whose place the new one takes. */
  readonly replaces: { readonly id: string; readonly number: string } | null;
  readonly values: {
    readonly number: string;
    readonly sponsorUscc: string;
    readonly sponsorName: string;
    readonly hidesName: boolean;
    readonly fundName: string;
    readonly amountFen: number;
    readonly unit: NonNullable<Terms['unit']>;
    readonly capFen: number | null;
    readonly monthlyCapFen: number | null;
    readonly firstDay: string;
    readonly lastDay: string;
  };
  readonly products: readonly Named[];
  readonly suppliers: readonly Named[];
  readonly countyCodes: readonly string[];
  readonly categoryKeys: readonly string[];
  readonly files: readonly StoredFile[];
}

const EMPTY: FormSeed = {
  agreementId: null,
  replaces: null,
  values: {
    ...{ number: '', sponsorUscc: '', sponsorName: '', hidesName: false, fundName: '', amountFen: 100, unit: 'LINE' },
    ...{ capFen: null, monthlyCapFen: null, firstDay: '', lastDay: '' },
  },
  ...{ products: [], suppliers: [], countyCodes: [], categoryKeys: [], files: [] },
};

/** A blank form, but for the fund, which is one: its name is that of the agreements there are. */
export const blankSeed = (fundName: string): FormSeed => ({ ...EMPTY, values: { ...EMPTY.values, fundName } });

/** A form with an agreement's terms: to revise it, or to write the one that takes its place under a number of its own. */
export const seedOf = (
  agreement: Agreement,
  detail: AgreementDetail | null,
  as: 'revision' | 'replacement',
): FormSeed => {
  const { id, number, sponsorUscc, sponsorName, publishesName, fundName, amountFen, unit } = agreement;
  const { capFen, monthlyCapFen, validFrom, validUntil, suppliers, countyCodes, categoryKeys } = agreement;
  const replaces = as === 'replacement';
  return {
    agreementId: replaces ? null : id,
    replaces: replaces ? { id, number } : (detail?.replaces ?? null),
    values: {
      ...{ sponsorUscc, sponsorName, hidesName: !publishesName, fundName, amountFen, unit, capFen, monthlyCapFen },
      ...{ number: replaces ? '' : number, firstDay: replaces ? '' : validFrom, lastDay: validUntil },
    },
    products: detail?.listedProducts.map((each) => ({ id: each.id, name: each.title })) ?? [],
    ...{ suppliers, countyCodes, categoryKeys },
    files: replaces ? [] : agreement.files,
  };
};
