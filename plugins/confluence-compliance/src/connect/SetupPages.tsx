// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import {
  connectionCreatePermission,
  connectionUpdatePermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiFileSearchLine } from '@remixicon/react';
import { type ReactNode, useEffect, useState } from 'react';
import {
  Navigate,
  useLocation,
  useParams,
  useSearchParams,
} from 'react-router-dom';
import { Banner } from '../components/Banner';
import { EmptyState } from '../components/EmptyState';
import { ErrorState } from '../components/ErrorState';
import { Loading } from '../components/Loading';
import { PageFrame } from '../components/PageFrame';
import { Panel } from '../components/Panel';
import { DetailHead } from '../details/DetailHead';
import { useLinks } from '../scope/links';
import { ScopeBanner } from '../scope/ScopeBanner';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { draftOf, emptyDraft } from './draft';
import { keptDraft } from './draftStore';
import { useConnection, useConnectionSetup } from './queries';
import { HeadSlot } from './HeadSlot';
import { madeAfter, passEntry } from './passedEntries';
import { TestOnly } from './TestOnly';
import { Wizard } from './Wizard';

/** Connecting a site; Back from what was made of it leads into that, not to a second one. */
export function NewSetupPage() {
  const { key } = useLocation();
  const [params] = useSearchParams();
  const links = useLinks();
  useEffect(() => passEntry(key), [key]);
  const made = madeAfter(key);
  const href =
    made &&
    links.connectionSetup(made, { step: params.get('step') ?? 'purpose' });
  return href ? <Navigate to={href} replace /> : <NewSetup />;
}

function NewSetup() {
  const t = useWords();
  const { allowed, loading } = usePermission({
    permission: connectionCreatePermission,
  });
  const setup = useConnectionSetup(allowed);
  const [kept] = useState(keptDraft);
  return (
    <Gate
      title={t('connect.title')}
      permission={connectionCreatePermission.name}
      allowed={allowed}
      asking={loading}
      loading={!setup.data}
      error={setup.error}
      onRetry={setup.refetch}
    >
      {setup.data && (
        <Wizard
          setup={setup.data}
          first={kept?.draft ?? emptyDraft}
          furthest={kept?.furthest ?? 'purpose'}
          restored={kept !== undefined}
        />
      )}
    </Gate>
  );
}

/** The set-up of a connection that is there: to finish it, to change it, to test it. */
export function EditSetupPage() {
  const t = useWords();
  const { id = '' } = useParams();
  const { allowed, loading } = usePermission({
    permission: connectionUpdatePermission,
    resourceRef: id,
  });
  const setup = useConnectionSetup(allowed);
  const { data: connection, error, refetch } = useConnection(id);
  const failed = connection ? null : error;
  const title = () => {
    if (!connection || connection.state === 'setting-up') {
      return t('connect.title');
    }
    return connection.origin === 'config'
      ? t('connect.testTitle', { title: connection.title })
      : t('connect.editTitle', { title: connection.title });
  };
  return (
    <Gate
      title={title()}
      permission={connectionUpdatePermission.name}
      allowed={allowed}
      asking={loading}
      loading={!setup.data || !connection}
      error={failed ?? setup.error}
      onRetry={() => {
        refetch();
        setup.refetch();
      }}
    >
      {connection?.origin === 'config' && <TestOnly connection={connection} />}
      {connection?.origin === 'portal' && setup.data && (
        <Wizard
          key={connection.id}
          setup={setup.data}
          connection={connection}
          first={draftOf(connection)}
          furthest="test"
        />
      )}
    </Gate>
  );
}

interface GateProps {
  title: string;
  permission: string;
  allowed: boolean;
  /** Whether it is allowed is not known yet. */
  asking: boolean;
  loading: boolean;
  error: Error | null;
  onRetry: () => void;
  children: ReactNode;
}

/** The set-up is for whoever may, and for now. */
function Gate(props: GateProps) {
  const t = useWords();
  const isPast = useIsPast();
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const { title, permission, allowed, asking, loading, error, onRetry } = props;
  const what = t('connect.what');
  const body = () => {
    if (isPast) {
      return <Banner>{t('connect.past')}</Banner>;
    }
    if (!allowed && !asking) {
      return (
        <Panel label={what}>
          <EmptyState
            icon={<RiFileSearchLine />}
            title={t('common.forbidden.title', { what })}
            text={t('common.forbidden.text', { permission })}
          />
        </Panel>
      );
    }
    if (error) {
      return (
        <ErrorState
          error={error}
          what={what}
          permission={permission}
          onRetry={onRetry}
        />
      );
    }
    return asking || loading ? (
      <Panel label={title} flush>
        <Loading rows={7} height={32} />
      </Panel>
    ) : (
      props.children
    );
  };
  return (
    <PageFrame title={title} visibleTitle>
      <ScopeBanner />
      <DetailHead
        list={t('connections.title')}
        listHref={useLinks().connections()}
        title={title}
      >
        <span ref={setSlot} />
      </DetailHead>
      <HeadSlot.Provider value={slot}>{body()}</HeadSlot.Provider>
    </PageFrame>
  );
}
