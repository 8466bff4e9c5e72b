// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { errorMessage } from '../components/errors';
import theme from '../components/theme.module.css';
import {
  draftOf,
  type NewSecret,
  type NewSecrets,
  noFields,
  replacedSecrets,
} from '../connect/draft';
import { ExpiryField } from '../connect/ExpiryField';
import { Field, SecretField } from '../connect/Field';
import { type FieldErrors, serverErrors } from '../connect/fieldErrors';
import { useSaveConnection } from '../connect/queries';
import { useFieldNames } from '../connect/useFieldNames';
import { useWords } from '../translation/useWords';
import { ActionDialog } from './ActionDialog';
import styles from './connections.module.css';
import type { DialogProps } from './ConnectionMenu';
import { type CredentialLine, credentialLines } from './credentials';

type What = CredentialLine['what'];

/** What stands beside the secret and says whose it is. */
const owners: Partial<Record<What, 'clientId' | 'email'>> = {
  'service-account': 'clientId',
  'api-token': 'email',
  'scoped-api-token': 'email',
};

/** New secrets for the stored ones; what is left empty stays. */
export function ReplaceDialog({ connection, onClose }: DialogProps) {
  const t = useWords();
  const nameOf = useFieldNames();
  const { id, methods } = connection;
  const { mutate, isPending, error, reset } = useSaveConnection();
  const [secrets, setSecrets] = useState<NewSecrets>({});
  const stored = draftOf(connection).fields;
  const lines = credentialLines(connection).filter(
    ({ what }) => what !== 'oauth',
  );
  const ownerOf = (what: What) => {
    const name = owners[what];
    const before = (what !== 'organization' && stored[what]) || noFields;
    return name && { name, before: before[name] };
  };
  /** What is missing of something that was begun. */
  const missing: FieldErrors = {};
  for (const { what } of lines) {
    const entered = secrets[what];
    const owner = ownerOf(what);
    const value = owner && entered?.[owner.name];
    if (owner && value !== undefined && !value.trim()) {
      missing[`${what}.${owner.name}`] = t('connect.credentials.required');
    } else if (owner && value !== undefined && !entered?.secret.trim()) {
      if (value.trim() !== owner.before) {
        missing[`${what}.secret`] = t('connections.replace.needsSecret');
      }
    }
  }
  const refused =
    error &&
    serverErrors(
      errorMessage(error),
      methods.map(({ method }) => method),
      nameOf,
    );
  const errors: FieldErrors = { ...refused?.fields, ...missing };
  const given = Object.values(secrets).filter(({ secret }) => secret.trim());
  return (
    <ActionDialog
      title={t('connections.replace.title', {
        title: <bdi>{connection.title}</bdi>,
      })}
      submit={t('connections.replace.submit')}
      missing={
        (Object.keys(missing).length > 0 && t('common.missing.mend')) ||
        (given.length === 0 && t('connections.replace.missing'))
      }
      isPending={isPending}
      failed={
        refused &&
        (refused.rest
          ? t('connections.replace.refused', { message: refused.rest })
          : t('connections.replace.stands'))
      }
      onSubmit={() =>
        mutate(
          { id, update: replacedSecrets(connection, secrets) },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <p className={theme.lead}>{t('connections.replace.text')}</p>
      {lines.map(({ what }) => {
        const entered: NewSecret = {
          secret: '',
          expiresAt: '',
          ...secrets[what],
        };
        const owner = ownerOf(what);
        const label = t(`connections.credential.what.${what}`);
        const change = (more: Partial<NewSecret>) => {
          reset();
          setSecrets(before => ({
            ...before,
            [what]: { ...entered, ...more },
          }));
        };
        return (
          <div
            key={what}
            role="group"
            aria-label={label}
            className={styles.secret}
          >
            {owner && (
              <Field
                label={t(`connections.replace.${owner.name}`)}
                value={entered[owner.name] ?? owner.before}
                error={errors[`${what}.${owner.name}`]}
                maxLength={255}
                onChange={value => change({ [owner.name]: value })}
              />
            )}
            <SecretField
              label={label}
              stored
              value={entered.secret}
              error={
                what === 'organization'
                  ? errors['organization.apiKey']
                  : errors[`${what}.secret`]
              }
              maxLength={4096}
              onChange={secret => change({ secret })}
            />
            <ExpiryField
              value={entered.expiresAt}
              error={errors[`${what}.expiresAt`]}
              onChange={expiresAt => change({ expiresAt })}
            />
          </div>
        );
      })}
    </ActionDialog>
  );
}
