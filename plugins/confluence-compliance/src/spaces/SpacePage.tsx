// SPDX-License-Identifier: Apache-2.0
import { ButtonLink } from '@backstage/ui';
import {
  spaceReadPermission,
  type SpaceDetail,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiBookOpenLine, RiGlobalLine } from '@remixicon/react';
import { useParams } from 'react-router-dom';
import { NotCritical } from '../critical/NotCritical';
import { Banner } from '../components/Banner';
import { ErrorState, PanelError } from '../components/ErrorState';
import { isNotFound } from '../components/errors';
import { Loading } from '../components/Loading';
import { PageFrame } from '../components/PageFrame';
import { Panel } from '../components/Panel';
import { DetailHead } from '../details/DetailHead';
import styles from '../details/details.module.css';
import { FindingsOf } from '../details/FindingsOf';
import { Missing } from '../details/Missing';
import { WorstFinding } from '../details/WorstFinding';
import { Incomplete } from '../lists/Incomplete';
import { useConnectionTitle } from '../lists/connections';
import { useCriticalSystems, useFindings, useSpace } from '../queries';
import { useLinks } from '../scope/links';
import { EndedBanner } from '../scope/EndedBanner';
import { ScopeBanner } from '../scope/ScopeBanner';
import { useScope } from '../scope/useScope';
import { HistoryPanel } from '../timeline/HistoryPanel';
import { useWords } from '../translation/useWords';
import { AboutSpace } from './AboutSpace';
import { CriticalSystemPanel } from './CriticalSystemPanel';
import { ReachPanel } from './ReachPanel';
import { SpaceMarks } from './SpaceMarks';
import { WhoCanDoWhat } from './WhoCanDoWhat';

/** One space: what is wrong with it, who reaches it, who can do what. */
export function SpacePage() {
  const t = useWords();
  const { connection = '', key = '' } = useParams();
  const { asOf } = useScope().query;
  const links = useLinks();
  const { data, error, refetch } = useSpace(connection, key, { asOf });
  return (
    <PageFrame title={data?.name ?? key} visibleTitle>
      <ScopeBanner follows error={error} />
      <EndedBanner connection={connection} />
      <DetailHead
        list={t('spaces.title')}
        listHref={links.spaces()}
        title={data?.name ?? key}
      >
        {data && <SpaceMarks space={data} />}
      </DetailHead>
      {error && !data && isNotFound(error) && (
        <MissingSpace connection={connection} spaceKey={key} />
      )}
      {error && !data && !isNotFound(error) && (
        <ErrorState
          error={error}
          what={t('spaces.page.what')}
          permission={spaceReadPermission.name}
          onRetry={refetch}
        />
      )}
      {error && data && <PanelError error={error} onRetry={refetch} stale />}
      {!error && !data && (
        <Panel label={key} flush>
          <Loading rows={8} />
        </Panel>
      )}
      {data && <Space space={data} />}
    </PageFrame>
  );
}

function Space({ space }: { space: SpaceDetail }) {
  const { asOf } = useScope().query;
  const { connection, spaceId, reach } = space;
  const findings = useFindings({
    connection,
    resource: `space:${spaceId}`,
    asOf,
  });
  const unjudged = useUnjudged(space);
  const found = findings.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      {reach.anonymous ? (
        <OpenBanner />
      ) : (
        <WorstFinding findings={found} about="resource" />
      )}
      <Incomplete
        datasets={['spaces', 'grants', 'memberships', 'directory']}
        connection={connection}
      />
      <div className={styles.columns}>
        <div className={styles.column}>
          <ReachPanel reach={reach} />
          <WhoCanDoWhat space={space} />
          <FindingsOf
            findings={findings}
            about="resource"
            counts={space}
            nothing={unjudged}
          />
          <HistoryPanel
            subject={{ kind: 'space', connection, id: space.key }}
          />
        </div>
        <div className={styles.column}>
          {space.critical ? (
            <CriticalSystemPanel space={space} />
          ) : (
            <NotCritical space={space} />
          )}
          <AboutSpace space={space} />
        </div>
      </div>
    </>
  );
}

/** Where no check judges a space, no finding is no good news. */
function useUnjudged({ judged, critical }: SpaceDetail) {
  const t = useWords();
  if (judged) {
    return undefined;
  }
  return critical
    ? {
        title: t('directory.findings.notYet'),
        text: t('directory.findings.notYetText'),
      }
    : {
        title: t('directory.findings.notJudged'),
        text: t('directory.findings.notJudgedText'),
      };
}

function OpenBanner() {
  const t = useWords();
  return (
    <Banner tone="fail" glyph={<RiGlobalLine size={18} aria-hidden="true" />}>
      <p>
        <strong>{t('spaces.page.open')}</strong>
      </p>
      <p>{t('spaces.page.openText')}</p>
    </Banner>
  );
}

interface MissingSpaceProps {
  connection: string;
  spaceKey: string;
}

function MissingSpace({ connection, spaceKey }: MissingSpaceProps) {
  const t = useWords();
  const { asOf } = useScope();
  const links = useLinks();
  const { data } = useCriticalSystems();
  const required = asOf
    ? undefined
    : data?.items.find(
        ({ resource }) =>
          resource.connection === connection && resource.key === spaceKey,
      );
  const href = required && links.check(required.check.id);
  const words = {
    connection: useConnectionTitle()(connection),
    key: spaceKey,
  };
  return (
    <Missing
      icon={<RiBookOpenLine />}
      connection={connection}
      title={t('spaces.page.missing.title')}
      text={
        asOf
          ? t('spaces.page.missing.past', words)
          : t(
              required
                ? 'spaces.page.missing.required'
                : 'spaces.page.missing.text',
              words,
            )
      }
      action={
        required &&
        href && (
          <ButtonLink variant="primary" href={href}>
            {t('spaces.page.missing.finding')}
          </ButtonLink>
        )
      }
      list={links.spaces()}
    />
  );
}
