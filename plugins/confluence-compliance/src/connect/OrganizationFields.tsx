// SPDX-License-Identifier: Apache-2.0
import { Accordion, AccordionPanel, AccordionTrigger } from '@backstage/ui';
import type { Connection } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import { isStored } from './checkDraft';
import styles from './connect.module.css';
import type { Draft } from './draft';
import { ExpiryField } from './ExpiryField';
import { Field, SecretField } from './Field';
import type { FieldErrors } from './fieldErrors';

interface OrganizationFieldsProps {
  draft: Draft;
  connection?: Connection;
  errors: FieldErrors;
  onChange: (more: Partial<Draft>) => void;
}

/** The key of the Atlassian organization: not needed, and what it adds. */
export function OrganizationFields({
  draft,
  connection,
  errors,
  onChange,
}: OrganizationFieldsProps) {
  const t = useWords();
  const [params] = useSearchParams();
  const [open, setOpen] = useState(
    params.get('add') === 'organization' || draft.organizationId !== '',
  );
  const wrong =
    errors['organization.id'] ??
    errors['organization.apiKey'] ??
    errors['organization.expiresAt'];
  return (
    <Accordion
      className={styles.organization}
      isExpanded={open || wrong !== undefined}
      onExpandedChange={setOpen}
    >
      <AccordionTrigger>
        <span>
          <span className={styles.organizationTitle}>
            {t('connect.credentials.organization')}
          </span>
          <span className={theme.second}>
            {t('connect.credentials.organizationSub')}
          </span>
        </span>
      </AccordionTrigger>
      <AccordionPanel>
        <div className={styles.fields}>
          <p className={theme.second} style={{ margin: 0 }}>
            {t('connect.credentials.organizationHow')}
          </p>
          <Field
            label={t('connect.credentials.organizationId')}
            value={draft.organizationId}
            error={errors['organization.id']}
            maxLength={64}
            onChange={organizationId => onChange({ organizationId })}
          />
          <SecretField
            label={t('connect.credentials.organizationKey')}
            stored={isStored(connection, 'organization')}
            value={draft.organizationKey}
            error={errors['organization.apiKey']}
            maxLength={4096}
            onChange={organizationKey => onChange({ organizationKey })}
          />
          <ExpiryField
            value={draft.organizationExpiresAt}
            error={errors['organization.expiresAt']}
            onChange={organizationExpiresAt =>
              onChange({ organizationExpiresAt })
            }
          />
        </div>
      </AccordionPanel>
    </Accordion>
  );
}
