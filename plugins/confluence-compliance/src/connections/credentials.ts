// SPDX-License-Identifier: Apache-2.0
import type {
  AuthMethod,
  Connection,
  CredentialState,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatDate } from '../components/format';
import { useWords } from '../translation/useWords';

const DAY = 86_400_000;

/** One stored secret of a connection. */
export interface CredentialLine extends CredentialState {
  what: AuthMethod | 'organization';
  origin: Connection['origin'];
}

/** Every secret of a connection: of its methods, then of its organization. */
export function credentialLines(connection: Connection): CredentialLine[] {
  const { methods, organization, origin } = connection;
  return [
    ...methods.map(({ method, credential }) => ({
      ...credential,
      what: method,
      origin,
    })),
    ...(organization
      ? [
          {
            ...organization.credential,
            what: 'organization' as const,
            origin,
          },
        ]
      : []),
  ];
}

/** A person must do something about it, now or soon. */
export const isUrgent = ({ state }: CredentialState): boolean =>
  state !== 'stored';

/** A secret of it expires within two weeks, or has expired. */
export const runsOut = (connection: Connection): boolean =>
  credentialLines(connection).some(
    ({ state }) => state === 'expiring' || state === 'expired',
  );

/** Which secret it is, and how long it lives. */
export function useCredentialWords() {
  const t = useWords();
  return (line: CredentialLine): string => {
    const { state, expiresAt, origin } = line;
    const what = t(`connections.credential.what.${line.what}`);
    if (state === 'missing' || state === 'reconnect') {
      return t(`connections.credential.${state}`, { what });
    }
    const at = expiresAt ? new Date(expiresAt) : undefined;
    if (state === 'expired') {
      return at
        ? t('connections.credential.expired', { what, when: formatDate(at) })
        : t('connections.credential.expiredUnknown', { what });
    }
    if (!at) {
      return origin === 'config'
        ? t('connections.credential.config', { what })
        : t('connections.credential.stored', { what });
    }
    const days = Math.floor((at.getTime() - Date.now()) / DAY);
    if (days < 1) {
      return t('connections.credential.expiresToday', { what });
    }
    return t('connections.credential.expires', {
      what,
      when: t('connections.credential.inDays', { count: days, n: `${days}` }),
    });
  };
}
