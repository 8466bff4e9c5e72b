// SPDX-License-Identifier: Apache-2.0
import type {
  Connection,
  ConnectionSetup,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiCheckLine } from '@remixicon/react';
import { Panel } from '../components/Panel';
import { useMethodWords } from '../connections/words';
import { useWords } from '../translation/useWords';
import { isStored } from './checkDraft';
import styles from './connect.module.css';
import { type Chosen, type Fields, noFields } from './draft';
import { ExpiryField } from './ExpiryField';
import { Field, SecretField } from './Field';
import type { FieldErrors } from './fieldErrors';
import { HowTo } from './HowTo';

interface MethodFieldsProps {
  chosen: Chosen;
  fields?: Fields;
  setup: ConnectionSetup;
  connection?: Connection;
  errors: FieldErrors;
  onChange: (fields: Fields) => void;
}

/** Where to get the credential of one method, and the fields for it. */
export function MethodFields({
  chosen,
  fields = noFields,
  setup,
  connection,
  errors,
  onChange,
}: MethodFieldsProps) {
  const t = useWords();
  const words = useMethodWords();
  const { method } = chosen;
  const stored = isStored(connection, method);
  const change = (more: Partial<Fields>) => onChange({ ...fields, ...more });
  const error = (name: string) => errors[`${method}.${name}`];
  const granted =
    connection?.methods.find(of => of.method === 'oauth')?.credential.state ===
    'stored';
  const secretLabel = () => {
    if (stored) {
      return t(`connections.credential.what.${method}`);
    }
    return method === 'service-account'
      ? t('connect.credentials.clientSecret')
      : t('connect.credentials.token');
  };
  return (
    <Panel title={words(chosen)}>
      <div className={styles.method}>
        <HowTo method={method} setup={setup} />
        <div className={styles.fields}>
          {method === 'oauth' && (
            <p className={styles.grant}>
              {granted ? (
                <>
                  <RiCheckLine size={16} aria-hidden="true" />
                  {t('connect.credentials.granted')}
                </>
              ) : (
                t('connect.credentials.grantNote')
              )}
            </p>
          )}
          {method === 'service-account' && (
            <Field
              label={t('connect.credentials.clientId')}
              value={fields.clientId}
              error={error('clientId')}
              maxLength={255}
              onChange={clientId => change({ clientId })}
            />
          )}
          {(method === 'api-token' || method === 'scoped-api-token') && (
            <Field
              label={t('connect.credentials.email')}
              type="email"
              value={fields.email}
              error={error('email')}
              maxLength={255}
              onChange={email => change({ email })}
            />
          )}
          {method !== 'oauth' && (
            <>
              <SecretField
                label={secretLabel()}
                stored={stored}
                value={fields.secret}
                error={error('secret')}
                maxLength={4096}
                onChange={secret => change({ secret })}
              />
              <ExpiryField
                value={fields.expiresAt}
                error={error('expiresAt')}
                onChange={expiresAt => change({ expiresAt })}
              />
            </>
          )}
        </div>
      </div>
    </Panel>
  );
}
