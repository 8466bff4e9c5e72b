// SPDX-License-Identifier: Apache-2.0
import { Button, ButtonLink } from '@backstage/ui';
import type { CompletedAuthorization } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  RiCloseLine,
  RiLinkUnlink,
  RiShieldKeyholeLine,
} from '@remixicon/react';
import { type ReactNode, useEffect, useState } from 'react';
import { Navigate, useLocation, useNavigate } from 'react-router-dom';
import { FailedBanner } from '../components/Banner';
import { EmptyState } from '../components/EmptyState';
import { errorMessage } from '../components/errors';
import { PageFrame } from '../components/PageFrame';
import { Panel } from '../components/Panel';
import { DetailHead } from '../details/DetailHead';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import { ChooseSite } from './ChooseSite';
import { useCompleteAuthorization } from './queries';
import type { Step } from './steps';
import { useGrant } from './useGrant';

/** What Atlassian sent somebody back with. */
interface Returned {
  code?: string;
  state: string;
  error?: string;
  description?: string;
}

function readReturned(search: string, kept?: Partial<Returned>): Returned {
  const params = new URLSearchParams(search);
  const of = (name: string) => params.get(name) || undefined;
  return {
    code: of('code'),
    state: of('state') ?? kept?.state ?? '',
    error: of('error') ?? kept?.error,
    description: of('error_description') ?? kept?.description,
  };
}

/** Takes code and state out of the address, where they would be copied and kept. */
function useReturned(): Returned {
  const { search, state: before } = useLocation();
  const navigate = useNavigate();
  const [returned] = useState(() => readReturned(search, before?.returned));
  useEffect(() => {
    if (search) {
      // The state alone finds the answer again while this page is open.
      navigate('.', {
        replace: true,
        state: { returned: { ...returned, code: undefined } },
      });
    }
  }, [search, navigate, returned]);
  return returned;
}

/** Where Atlassian sends the person back to after a grant. */
export function AuthorizedPage() {
  const t = useWords();
  const links = useLinks();
  const returned = useReturned();
  const { code, state, error } = returned;
  // The id of the connection stands after the last dot, and an id has none.
  const dot = state.lastIndexOf('.');
  const id = dot < 0 ? '' : state.slice(dot + 1);
  const usable = id !== '' && !error;
  const completion = useCompleteAuthorization(
    id,
    state,
    usable ? code : undefined,
  );
  const body = () => {
    if (error) {
      return <NoGrant id={id} returned={returned} />;
    }
    if (completion.data) {
      return <Completed completed={completion.data} />;
    }
    if (completion.error) {
      return (
        <Trouble
          id={id}
          icon={<RiLinkUnlink />}
          title={t('connect.oauth.failedTitle')}
          text={errorMessage(completion.error)}
        />
      );
    }
    if (!usable || !code) {
      return (
        <Trouble
          id={id}
          icon={<RiLinkUnlink />}
          title={t('connect.oauth.invalidTitle')}
          text={t('connect.oauth.invalid')}
        />
      );
    }
    return (
      <Panel label={t('connect.oauth.title')}>
        <div role="status">
          <EmptyState
            icon={<RiShieldKeyholeLine />}
            title={t('connect.oauth.working')}
            text={t('connect.oauth.workingText')}
          />
        </div>
      </Panel>
    );
  };
  return (
    <PageFrame title={t('connect.oauth.title')} visibleTitle>
      <DetailHead
        list={t('connections.title')}
        listHref={links.connections()}
        title={t('connect.oauth.title')}
      />
      {body()}
    </PageFrame>
  );
}

/** Goes on to the test, after the choice of a site where the grant opens several. */
function Completed({ completed }: { completed: CompletedAuthorization }) {
  const links = useLinks();
  const navigate = useNavigate();
  const { connection, sites } = completed;
  const [site, setSite] = useState(connection.site);
  const setup = (step: Step) => links.connectionSetup(connection.id, { step });
  const test = setup('test');
  return site && test ? (
    <Navigate to={test} replace />
  ) : (
    <ChooseSite
      connection={connection}
      sites={sites}
      onBack={() => navigate(setup('credentials') ?? '..')}
      onChosen={setSite}
    />
  );
}

function NoGrant({ id, returned }: { id: string; returned: Returned }) {
  const t = useWords();
  const { error = '', description } = returned;
  const denied = error === 'access_denied';
  return (
    <Trouble
      id={id}
      icon={<RiCloseLine />}
      title={
        denied ? t('connect.oauth.deniedTitle') : t('connect.oauth.errorTitle')
      }
      text={
        denied
          ? t('connect.oauth.denied')
          : t('connect.oauth.error', { message: description ?? error })
      }
    />
  );
}

interface TroubleProps {
  /** Of the connection; empty where it is not known. */
  id: string;
  icon: ReactNode;
  title: string;
  text: string;
}

/** No grant came of it, and the two ways on. */
function Trouble({ id, icon, title, text }: TroubleProps) {
  const t = useWords();
  const back = useLinks().connections();
  const { start, isPending, failed } = useGrant();
  return (
    <>
      <Panel label={title}>
        <EmptyState
          icon={icon}
          title={title}
          text={<bdi>{text}</bdi>}
          actions={
            <>
              {back && (
                <ButtonLink variant="tertiary" href={back}>
                  {t('connect.oauth.back')}
                </ButtonLink>
              )}
              {id && (
                <Button
                  variant="primary"
                  isPending={isPending}
                  onPress={() => start(id)}
                >
                  {t('connect.oauth.again')}
                </Button>
              )}
            </>
          }
        />
      </Panel>
      {failed && (
        <FailedBanner>
          {t('common.error.action', { message: failed })}
        </FailedBanner>
      )}
    </>
  );
}
