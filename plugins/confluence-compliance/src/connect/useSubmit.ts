// SPDX-License-Identifier: Apache-2.0
import type { Connection } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { errorMessage, isResponseError } from '../components/errors';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import { chosenMethods, noFields, toCreate, toUpdate } from './draft';
import { dropDraft } from './draftStore';
import { type FieldErrors, inWords, serverErrors } from './fieldErrors';
import { takeEntries } from './passedEntries';
import { useSaveConnection } from './queries';
import type { Step, StepProps } from './steps';
import { useFieldNames } from './useFieldNames';
import { toAtlassian, useGrant, useGrantOnArrival } from './useGrant';

/** Makes or changes the connection, and goes on: to Atlassian for a grant, else to the test. */
export function useSubmit({ draft, change, connection, go }: StepProps) {
  const t = useWords();
  const navigate = useNavigate();
  const links = useLinks();
  const nameOf = useFieldNames();
  const save = useSaveConnection();
  const grant = useGrant();
  useGrantOnArrival(connection?.id, grant.start);
  const [forgotten, setForgotten] = useState(false);
  const methods = chosenMethods(draft).map(({ method }) => method);
  const needsGrant =
    methods.includes('oauth') &&
    connection?.methods.find(({ method }) => method === 'oauth')?.credential
      .state !== 'stored';

  const goOn = (saved: Connection, again: boolean) => {
    dropDraft();
    const leaves = needsGrant || again;
    if (!connection) {
      // First to the address of what was made, so that whoever comes back finds it.
      const to = (step: Step) =>
        links.connectionSetup(saved.id, { step }) ?? '..';
      takeEntries(saved.id);
      navigate(to('credentials'), {
        replace: true,
        state: leaves ? toAtlassian : null,
      });
      if (!leaves) {
        navigate(to('test'));
      }
      return;
    }
    // Secrets are stored now; nothing keeps them here.
    change({
      organizationKey: '',
      fields: Object.fromEntries(
        Object.entries(draft.fields).map(([method, fields]) => [
          method,
          { ...noFields, ...fields, secret: '' },
        ]),
      ),
    });
    if (leaves) {
      grant.start(saved.id);
    } else {
      go('test');
    }
  };

  const refused =
    save.error && !forgotten
      ? serverErrors(errorMessage(save.error), methods, nameOf)
      : undefined;
  const named = (): FieldErrors =>
    isResponseError(save.error) && save.error.statusCode < 500
      ? refused?.fields ?? {}
      : {};
  const fields = named();
  const rest =
    refused &&
    (Object.keys(fields).length > 0
      ? refused.rest
      : inWords(errorMessage(save.error), nameOf));
  const failed = () => {
    if (save.error) {
      return rest && t('connect.credentials.failed', { message: rest });
    }
    return (
      grant.failed &&
      t('connect.credentials.grantFailed', { message: grant.failed })
    );
  };

  return {
    send: (again: boolean) => {
      setForgotten(false);
      save.mutate(
        connection
          ? { id: connection.id, update: toUpdate(draft, connection) }
          : { create: toCreate(draft) },
        { onSuccess: saved => goOn(saved, again) },
      );
    },
    forget: () => setForgotten(true),
    needsGrant,
    fields,
    failed: failed(),
    isPending: save.isPending || grant.isPending,
  };
}
