// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox } from '@backstage/ui';
import { type FormEvent, useRef, useState } from 'react';
import { FailedBanner } from '../components/Banner';
import { EntityPicker } from '../components/EntityPicker';
import { Panel } from '../components/Panel';
import { useWords } from '../translation/useWords';
import { checkDraft } from './checkDraft';
import styles from './connect.module.css';
import { chosenMethods, isSiteOptional, noFields } from './draft';
import { Field } from './Field';
import type { FieldErrors } from './fieldErrors';
import { MethodFields } from './MethodFields';
import { OrganizationFields } from './OrganizationFields';
import { StepFoot } from './StepFoot';
import type { StepProps } from './steps';
import { useSubmit } from './useSubmit';

/** Which site it is, and with what it is read. */
export function CredentialsStep(props: StepProps) {
  const t = useWords();
  const { draft, change, setup, connection, go } = props;
  const form = useRef<HTMLFormElement>(null);
  const [missing, setMissing] = useState<FieldErrors>({});
  const submit = useSubmit(props);
  const errors = { ...submit.fields, ...missing };
  const methods = chosenMethods(draft);
  const byGrant = methods.some(({ method }) => method === 'oauth');
  const optional = isSiteOptional(draft);

  const send = (again = false) => {
    const found = checkDraft(draft, connection, t);
    setMissing(found);
    if (Object.keys(found).length === 0) {
      submit.send(again);
    } else {
      // After React has marked them.
      setTimeout(() =>
        form.current
          ?.querySelector<HTMLElement>('[aria-invalid="true"]')
          ?.focus(),
      );
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const edit = (more: Parameters<typeof change>[0]) => {
    setMissing({});
    submit.forget();
    change(more);
  };
  const allowed = setup.allowedSites.join(', ');

  return (
    <form ref={form} onSubmit={onSubmit} noValidate className={styles.form}>
      <Panel
        title={t('connect.credentials.title')}
        sub={t('connect.credentials.sub')}
      >
        <div className={styles.pair}>
          <Field
            label={
              optional
                ? t('connect.credentials.siteOptional')
                : t('connect.credentials.site')
            }
            description={[
              optional
                ? t('connect.credentials.siteOptionalHint')
                : t('connect.credentials.siteHint'),
              allowed && t('connect.credentials.allowed', { sites: allowed }),
            ]
              .filter(Boolean)
              .join('. ')}
            value={draft.site}
            error={errors.site}
            maxLength={255}
            onChange={site => edit({ site })}
          />
          <Field
            label={t('connect.credentials.name')}
            description={t('connect.credentials.nameHint')}
            value={draft.title}
            error={errors.title}
            maxLength={100}
            onChange={title => edit({ title })}
          />
          <EntityPicker
            label={t('connect.credentials.owner')}
            description={t('connect.credentials.ownerHint')}
            value={draft.owner}
            error={errors.owner}
            onChange={owner => edit({ owner })}
          />
        </div>
      </Panel>
      {methods.map(chosen => (
        <MethodFields
          key={chosen.method}
          chosen={chosen}
          fields={draft.fields[chosen.method]}
          setup={setup}
          connection={connection}
          errors={errors}
          onChange={fields =>
            edit({
              fields: {
                ...draft.fields,
                [chosen.method]: { ...noFields, ...fields },
              },
            })
          }
        />
      ))}
      <OrganizationFields
        draft={draft}
        connection={connection}
        errors={errors}
        onChange={edit}
      />
      {!connection && (
        <div className={styles.confirm}>
          <Checkbox
            isSelected={draft.adminConfirmed}
            isInvalid={errors.adminConfirmed !== undefined}
            onChange={adminConfirmed => edit({ adminConfirmed })}
          >
            {t('connect.credentials.admin')}
          </Checkbox>
          <p role="status" className={styles.fieldError}>
            {errors.adminConfirmed}
          </p>
        </div>
      )}
      {submit.failed && <FailedBanner>{submit.failed}</FailedBanner>}
      <StepFoot
        label={
          submit.needsGrant ? t('connect.credentials.submitOauth') : undefined
        }
        isPending={submit.isPending}
        onBack={() => go('permissions')}
        onContinue={() => send()}
      >
        {byGrant && !submit.needsGrant && (
          <Button variant="secondary" onPress={() => send(true)}>
            {t('connect.credentials.grantAgain')}
          </Button>
        )}
      </StepFoot>
    </form>
  );
}
