import { type ImportedConsent, importedConsentSchema } from '#shared/api/contact-imports.ts';
import type { ImportPlan } from './run-import.ts';

/** The form of an import; the names of its evidence are those of the API, so that refusals find their field. */
export interface ImportForm {
  country: string | null;
  /** Whether these people agreed to a list. */
  agreed: boolean;
  consent: {
    list: string | null;
    basis: ImportedConsent['basis'];
    how: string;
    on: string;
    where: string;
    url: string;
  };
}

export const EMPTY_IMPORT: ImportForm = {
  country: null,
  agreed: false,
  consent: { list: null, basis: 'express', how: '', on: '', where: '', url: '' },
};

/** What is still missing, by field. */
export function missingIn({ agreed, consent }: ImportForm): Record<string, string> {
  if (!agreed) return {};
  const read = importedConsentSchema.safeParse(consentOf(consent));
  const errors: Record<string, string> = {};
  for (const { path, message } of read.error?.issues ?? []) errors[`consent.${path.join('.')}`] ??= message;
  return consent.list === null ? { ...errors, 'consent.list': 'Choose a list.' } : errors;
}

/** The form as the API takes it. */
export const planOf = ({ country, agreed, consent }: ImportForm): ImportPlan => ({
  ...(country !== null && { country }),
  ...(agreed && { consent: consentOf(consent) }),
});

const consentOf = ({ list, basis, how, on, where, url }: ImportForm['consent']): ImportedConsent => ({
  ...{ list: list ?? '', basis, how, on, where },
  ...(url.trim() !== '' && { url: url.trim() }),
});
