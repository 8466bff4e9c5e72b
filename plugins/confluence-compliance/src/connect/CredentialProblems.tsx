// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type {
  Connection,
  ConnectionTest,
  Problem,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiCloseCircleLine } from '@remixicon/react';
import { Banner } from '../components/Banner';
import { usePurposeWords } from '../connections/words';
import { useWords } from '../translation/useWords';

interface CredentialProblemsProps {
  connection: Connection;
  test: ConnectionTest;
  onCredentials?: () => void;
}

/** Credentials that Atlassian does not take, each with what to do. */
export function CredentialProblems({
  connection,
  test,
  onCredentials,
}: CredentialProblemsProps) {
  const t = useWords();
  const purposesOf = usePurposeWords();
  const { organization } = test;
  return (
    <>
      {test.credentials
        .filter(({ ok }) => !ok)
        .map(({ method, purposes, problem }) => {
          const word = t(`connections.methods.${method}`);
          return (
            <ProblemBanner
              key={method}
              title={
                purposes
                  ? t('connect.test.credentialFailedFor', {
                      method: word,
                      purposes: purposesOf(purposes),
                    })
                  : t('connect.test.credentialFailed', { method: word })
              }
              problem={problem}
              isConfig={connection.origin === 'config'}
              onCredentials={onCredentials}
            />
          );
        })}
      {organization && !organization.ok && (
        <ProblemBanner
          title={t('connect.test.organizationFailed')}
          problem={organization.problem}
          isConfig={connection.origin === 'config'}
          onCredentials={onCredentials}
        />
      )}
    </>
  );
}

interface ProblemBannerProps {
  title: string;
  problem?: Problem;
  isConfig: boolean;
  onCredentials?: () => void;
}

function ProblemBanner({
  title,
  problem,
  isConfig,
  onCredentials,
}: ProblemBannerProps) {
  const t = useWords();
  return (
    <Banner
      tone="fail"
      alert
      glyph={<RiCloseCircleLine size={18} aria-hidden="true" />}
      actions={
        onCredentials && (
          <Button variant="secondary" onPress={onCredentials}>
            {t('connect.test.toCredentials')}
          </Button>
        )
      }
    >
      <p>
        <strong>{title}</strong>
      </p>
      <p dir="auto">
        {problem?.text ?? t('common.unknownNoReason')} {problem?.cure}
      </p>
      {isConfig && <p>{t('connect.test.configCredentials')}</p>}
    </Banner>
  );
}
