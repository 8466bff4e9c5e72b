// SPDX-License-Identifier: Apache-2.0
import type { Connection } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { errorMessage, isResponseError } from '../components/errors';
import { useLinks } from '../scope/links';
import { isStored } from './checkDraft';
import { chosenMethods, noFields, toCreate, toUpdate } from './draft';
import { dropDraft } from './draftStore';
import { type FieldErrors, serverErrors } from './fieldErrors';
import { useSaveConnection } from './queries';
import type { StepProps } from './steps';
import { useGrant } from './useGrant';

/** Makes or changes the connection, and goes on: to Atlassian for a grant, else to the test. */
export function useSubmit({
  draft,
  change,
  connection,
  isNew,
  onMade,
  go,
}: StepProps) {
  const navigate = useNavigate();
  const links = useLinks();
  const save = useSaveConnection();
  const grant = useGrant();
  const [forgotten, setForgotten] = useState(false);
  const methods = chosenMethods(draft).map(({ method }) => method);
  const stored = connection?.methods.find(({ method }) => method === 'oauth')
    ?.credential.state;
  const needsGrant =
    methods.includes('oauth') &&
    (!isStored(connection, 'oauth') ||
      stored === 'reconnect' ||
      stored === 'expired');

  const goOn = (saved: Connection, again: boolean) => {
    dropDraft();
    onMade(saved);
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
    if (needsGrant || again) {
      grant.start(saved.id);
    } else if (!isNew) {
      go('test');
    } else {
      navigate(links.connectionSetup(saved.id, { step: 'test' }) ?? '..', {
        replace: true,
      });
    }
  };

  const refused =
    save.error && !forgotten
      ? serverErrors(errorMessage(save.error), methods)
      : undefined;
  const named = (): FieldErrors =>
    isResponseError(save.error) && save.error.statusCode < 500
      ? refused?.fields ?? {}
      : {};
  const fields = named();
  const rest =
    refused &&
    (Object.keys(fields).length > 0 ? refused.rest : errorMessage(save.error));

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
    failed: rest ?? grant.failed,
    isPending: save.isPending || grant.isPending,
  };
}
