// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type {
  Connection,
  ConnectionTest,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiLoopRightLine } from '@remixicon/react';
import { PanelError } from '../components/ErrorState';
import { formatNumber } from '../components/format';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import { useWords } from '../translation/useWords';
import { CredentialProblems, saidOf } from './CredentialProblems';
import { Gaps } from './Gaps';
import { useConnectionTest } from './queries';
import { StepFoot } from './StepFoot';
import { gapsOf } from './steps';
import { TestTable } from './TestTable';

interface TestStepProps {
  connection: Connection;
  onBack?: () => void;
  onAddKey?: () => void;
  /** Absent where the test is all there is. */
  onContinue?: () => void;
}

/** What Atlassian lets this connection read, asked just now. */
export function TestStep({
  connection,
  onBack,
  onAddKey,
  onContinue,
}: TestStepProps) {
  const t = useWords();
  const { data, error, refetch, isFetching } = useConnectionTest(connection.id);
  return (
    <>
      {data && (
        <CredentialProblems
          connection={connection}
          test={data}
          onCredentials={onBack}
        />
      )}
      {error && !isFetching && (
        <PanelError error={error} onRetry={refetch} stale={!!data} />
      )}
      <Panel
        flush
        title={t('connect.test.title')}
        sub={
          <span role="status">
            <Sub test={isFetching ? undefined : data} failed={!!error} />
          </span>
        }
        actions={
          <Button
            variant="secondary"
            iconStart={<RiLoopRightLine />}
            isPending={isFetching}
            onPress={() => refetch()}
          >
            {t('connect.test.again')}
          </Button>
        }
      >
        {data && (
          <TestTable capabilities={data.capabilities} said={saidOf(data)} />
        )}
        {!data && isFetching && <Loading rows={9} height={22} />}
      </Panel>
      {data && (
        <Gaps
          connection={connection}
          capabilities={data.capabilities}
          said={saidOf(data)}
          onAddKey={onAddKey}
          onAgain={() => refetch()}
        />
      )}
      <Foot
        test={isFetching ? undefined : data}
        onBack={onBack}
        onContinue={onContinue}
      />
    </>
  );
}

function Sub({ test, failed }: { test?: ConnectionTest; failed: boolean }) {
  const t = useWords();
  if (test) {
    return (
      <>
        {t('connect.test.sub', {
          count: test.requests,
          n: formatNumber(test.requests),
          seconds: (test.durationMs / 1000).toFixed(1),
        })}
      </>
    );
  }
  return <>{failed ? t('connect.test.failed') : t('connect.test.running')}</>;
}

interface FootProps {
  /** Absent while it is being asked. */
  test?: ConnectionTest;
  onBack?: () => void;
  onContinue?: () => void;
}

/** Going on needs everything that is required, or a word that it is left out. */
function Foot({ test, onBack, onContinue }: FootProps) {
  const t = useWords();
  const gaps = test ? gapsOf(test) : [];
  // Without a credential that works there is nothing to go on with.
  const worksAtAll =
    test?.capabilities.some(({ ability }) => ability !== 'cannot') ?? false;
  return (
    <StepFoot
      onBack={onBack}
      missing={
        (!test && t('connect.missing.test')) ||
        (!worksAtAll && t('connect.missing.works')) ||
        (gaps.length > 0 && t('connect.missing.gaps'))
      }
      onContinue={onContinue}
    >
      {onContinue && worksAtAll && gaps.length > 0 && (
        <Button variant="secondary" onPress={onContinue}>
          {gaps.length === 1
            ? t('connect.test.without', { what: gaps[0].dataset })
            : t('connect.test.withoutMany', { n: formatNumber(gaps.length) })}
        </Button>
      )}
    </StepFoot>
  );
}
