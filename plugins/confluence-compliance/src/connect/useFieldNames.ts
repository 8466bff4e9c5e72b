// SPDX-License-Identifier: Apache-2.0
import { errorMessage } from '../components/errors';
import { useWords } from '../translation/useWords';
import { inWords, type NameOf } from './fieldErrors';

const names = [
  'id',
  'title',
  'site',
  'owner',
  'purposes',
  'auth',
  'method',
  'clientId',
  'clientSecret',
  'token',
  'email',
  'cloudId',
  'expiresAt',
  'organization',
  'apiKey',
  'userGroup',
  'adminConfirmed',
] as const;

/** Fields by what the backend calls them, in the words of the set-up. */
export function useFieldNames(): NameOf {
  const t = useWords();
  return path => {
    if (path === 'organization.id') {
      return t('connect.fields.organizationId');
    }
    const last = path
      .replace(/\[\d+\]/g, '')
      .split('.')
      .pop();
    const name = names.find(known => known === last);
    return name && t(`connect.fields.${name}`);
  };
}

/** What the backend said about a connection, with fields called by their names. */
export function useErrorWords(): (error: unknown) => string {
  const nameOf = useFieldNames();
  return error => inWords(errorMessage(error), nameOf);
}
