// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type {
  Connection,
  ConnectionTest,
  Problem,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiCloseCircleLine } from '@remixicon/react';
import { Banner } from '../components/Banner';
import { sentences } from '../components/sentences';
import { usePurposeWords } from '../connections/words';
import { useWords } from '../translation/useWords';

type CredentialReport = ConnectionTest['credentials'][number];

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
  const titleOf = ({ method, purposes, problem }: CredentialReport) => {
    // Whether the credential works is not known then.
    if (problem?.code === 'network' || problem?.code === 'address') {
      return t('connect.test.unreachable');
    }
    const word = t(`connections.methods.${method}`);
    return purposes
      ? t('connect.test.credentialFailedFor', {
          method: word,
          purposes: purposesOf(purposes),
        })
      : t('connect.test.credentialFailed', { method: word });
  };
  return (
    <>
      {test.credentials
        .filter(({ ok }) => !ok)
        .map(report => (
          <ProblemBanner
            key={report.method}
            title={titleOf(report)}
            problem={report.problem}
            isConfig={connection.origin === 'config'}
            onCredentials={onCredentials}
          />
        ))}
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

/** What is said of the credentials of a test, and need not be said of each dataset again. */
export function saidOf({ credentials, organization }: ConnectionTest) {
  const problems = [...credentials, ...(organization ? [organization] : [])];
  return new Set(problems.map(({ problem }) => problem?.text));
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
        {sentences(problem?.text ?? t('common.unknownNoReason'), problem?.cure)}
      </p>
      {isConfig && <p>{t('connect.test.configCredentials')}</p>}
    </Banner>
  );
}
