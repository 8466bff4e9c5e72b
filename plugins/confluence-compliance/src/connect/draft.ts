// SPDX-License-Identifier: Apache-2.0
import type {
  AuthMethod,
  Connection,
  CreateConnection,
  MethodInput,
  Purpose,
  UpdateConnection,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** What is entered for one method; secrets are empty where the stored ones stay. */
export interface Fields {
  clientId: string;
  email: string;
  secret: string;
  expiresAt: string;
  /** As stored; looked up where it is empty. */
  cloudId: string;
}

/** The answers of somebody who connects a site. */
export interface Draft {
  purposes: Purpose[];
  /** Serves all purposes where they are not split. */
  method?: AuthMethod;
  split: boolean;
  methodOf: Partial<Record<Purpose, AuthMethod>>;
  fields: Partial<Record<AuthMethod, Fields>>;
  site: string;
  title: string;
  owner: string;
  organizationId: string;
  organizationKey: string;
  organizationExpiresAt: string;
  adminConfirmed: boolean;
}

export const noFields: Fields = {
  clientId: '',
  email: '',
  secret: '',
  expiresAt: '',
  cloudId: '',
};

export const emptyDraft: Draft = {
  purposes: ['access-review', 'policy'],
  split: false,
  methodOf: {},
  fields: {},
  site: '',
  title: '',
  owner: '',
  organizationId: '',
  organizationKey: '',
  organizationExpiresAt: '',
  adminConfirmed: false,
};

const dayOf = (time?: string) => time?.slice(0, 10) ?? '';

/** What is known of a connection; its secrets are not. */
export function draftOf(connection: Connection): Draft {
  const { methods, purposes, organization } = connection;
  const split = methods.length > 1;
  return {
    ...emptyDraft,
    purposes: [...purposes],
    method: methods[0]?.method,
    split,
    methodOf: split
      ? Object.fromEntries(
          methods.flatMap(of =>
            (of.purposes ?? purposes).map(purpose => [purpose, of.method]),
          ),
        )
      : {},
    fields: Object.fromEntries(
      methods.map(({ method, clientId, email, cloudId, credential }) => [
        method,
        {
          clientId: clientId ?? '',
          email: email ?? '',
          secret: '',
          expiresAt: dayOf(credential.expiresAt),
          cloudId: cloudId ?? '',
        },
      ]),
    ),
    site: connection.site ?? '',
    title: connection.title,
    owner: connection.owner ?? '',
    organizationId: organization?.id ?? '',
    organizationExpiresAt: dayOf(organization?.credential.expiresAt),
    adminConfirmed: true,
  };
}

/** Something was answered differently from what is stored. */
export const isChanged = (draft: Draft, connection: Connection): boolean =>
  JSON.stringify(toUpdate(draft, connection)) !==
  JSON.stringify(toUpdate(draftOf(connection), connection));

/** One method that was chosen, and the purposes it serves where not all. */
export interface Chosen {
  method: AuthMethod;
  purposes?: Purpose[];
}

export const isSplit = ({ split, purposes }: Draft): boolean =>
  split && purposes.length > 1;

/** The methods that were chosen; each at most once. */
export function chosenMethods(draft: Draft): Chosen[] {
  const { method, methodOf, purposes } = draft;
  if (!isSplit(draft)) {
    return method ? [{ method }] : [];
  }
  const methods = purposes.flatMap(purpose => methodOf[purpose] ?? []);
  if (methods.length === purposes.length && new Set(methods).size === 1) {
    return [{ method: methods[0] }];
  }
  return purposes.flatMap(purpose => {
    const chosen = methodOf[purpose];
    return chosen ? [{ method: chosen, purposes: [purpose] }] : [];
  });
}

/** Every purpose has a method. */
export const hasMethods = (draft: Draft): boolean =>
  isSplit(draft)
    ? draft.purposes.every(purpose => draft.methodOf[purpose])
    : draft.method !== undefined;

/** Without an address the site is chosen after the grant, which only OAuth has. */
export const isSiteOptional = (draft: Draft): boolean =>
  chosenMethods(draft).every(({ method }) => method === 'oauth');

const given = (value: string) => value.trim() || undefined;

function authOf({ method, purposes }: Chosen, draft: Draft): MethodInput {
  const fields = draft.fields[method] ?? noFields;
  const cloudId = given(fields.cloudId);
  const expiresAt = given(fields.expiresAt);
  switch (method) {
    case 'oauth':
      return { method, purposes, cloudId };
    case 'service-account':
      return {
        method,
        purposes,
        clientId: fields.clientId.trim(),
        clientSecret: given(fields.secret),
        cloudId,
        expiresAt,
      };
    case 'api-token':
      return {
        method,
        purposes,
        email: fields.email.trim(),
        token: given(fields.secret),
        expiresAt,
      };
    default:
      return {
        method,
        purposes,
        email: fields.email.trim(),
        token: given(fields.secret),
        cloudId,
        expiresAt,
      };
  }
}

function organizationOf(draft: Draft) {
  const id = given(draft.organizationId);
  return id === undefined
    ? undefined
    : {
        id,
        apiKey: given(draft.organizationKey),
        expiresAt: given(draft.organizationExpiresAt),
      };
}

/** The body that makes the connection. */
export function toCreate(draft: Draft): CreateConnection {
  return {
    title: given(draft.title),
    site: given(draft.site),
    owner: given(draft.owner),
    purposes: draft.purposes,
    auth: chosenMethods(draft).map(chosen => authOf(chosen, draft)),
    organization: organizationOf(draft),
    adminConfirmed: true,
  };
}

/** The body that changes it; secrets that were not entered again are not part of it. */
export function toUpdate(draft: Draft, before: Connection): UpdateConnection {
  const { site, owner, purposes, auth, organization, title } = toCreate(draft);
  // Another site is another cloud.
  const moved = site !== before.site;
  return {
    title,
    site,
    owner: owner ?? (before.owner === undefined ? undefined : null),
    purposes,
    auth: moved
      ? auth.map(method =>
          method.method === 'api-token'
            ? method
            : { ...method, cloudId: undefined },
        )
      : auth,
    organization: organization ?? (before.organization ? null : undefined),
  };
}

/** A new secret, and whose it is where that is entered too. */
export type NewSecret = Pick<Fields, 'secret' | 'expiresAt'> &
  Partial<Pick<Fields, 'clientId' | 'email'>>;

/** New secrets, by what they are for. */
export type NewSecrets = Partial<
  Record<AuthMethod | 'organization', NewSecret>
>;

/** The body that only replaces secrets; an old last day goes with the old secret. */
export function replacedSecrets(
  connection: Connection,
  secrets: NewSecrets,
): UpdateConnection {
  const { methods, organization } = connection;
  const { fields, ...draft } = draftOf(connection);
  const entered = (what: keyof NewSecrets) =>
    secrets[what]?.secret.trim() ? secrets[what] : undefined;
  const renewed = {
    ...draft,
    fields: Object.fromEntries(
      methods.map(({ method }) => [
        method,
        { ...noFields, ...fields[method], ...entered(method) },
      ]),
    ),
  };
  const key = entered('organization');
  return {
    auth: methods.some(({ method }) => entered(method))
      ? methods.map(({ method, purposes }) =>
          authOf({ method, purposes }, renewed),
        )
      : undefined,
    organization:
      key && organization
        ? {
            id: organization.id,
            apiKey: key.secret.trim(),
            expiresAt: given(key.expiresAt),
          }
        : undefined,
  };
}
