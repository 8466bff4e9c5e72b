// SPDX-License-Identifier: Apache-2.0
import type { Connection } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Words } from '../translation/useWords';
import { chosenMethods, type Draft, isSiteOptional, noFields } from './draft';
import type { FieldErrors } from './fieldErrors';

/** A stored secret of this method can stay. */
export function isStored(
  connection: Connection | undefined,
  method: string,
): boolean {
  const credential =
    method === 'organization'
      ? connection?.organization?.credential
      : connection?.methods.find(of => of.method === method)?.credential;
  return credential !== undefined && credential.state !== 'missing';
}

/** What is missing before the answers can be sent. */
export function checkDraft(
  draft: Draft,
  connection: Connection | undefined,
  t: Words,
): FieldErrors {
  const errors: FieldErrors = {};
  const need = (field: string, value: string) => {
    if (!value.trim()) {
      errors[field] = t('connect.credentials.required');
    }
  };
  if (!isSiteOptional(draft)) {
    need('site', draft.site);
  }
  for (const { method } of chosenMethods(draft)) {
    const fields = draft.fields[method] ?? noFields;
    if (method === 'service-account') {
      need(`${method}.clientId`, fields.clientId);
    } else if (method !== 'oauth') {
      need(`${method}.email`, fields.email);
      if (fields.email.trim() && !/^\S+@\S+\.\S+$/.test(fields.email.trim())) {
        errors[`${method}.email`] = t('connect.credentials.emailInvalid');
      }
    }
    if (method !== 'oauth' && !isStored(connection, method)) {
      need(`${method}.secret`, fields.secret);
    }
  }
  if (draft.organizationKey.trim() && !draft.organizationId.trim()) {
    errors['organization.id'] = t('connect.credentials.organizationNeedsId');
  }
  if (
    draft.organizationId.trim() &&
    !draft.organizationKey.trim() &&
    !isStored(connection, 'organization')
  ) {
    errors['organization.apiKey'] = t(
      'connect.credentials.organizationNeedsKey',
    );
  }
  if (!draft.adminConfirmed) {
    errors.adminConfirmed = t('connect.credentials.adminNeeded');
  }
  return errors;
}
