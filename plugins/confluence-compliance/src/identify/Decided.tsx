// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import {
  type Account,
  accountLinkPermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { FailedBanner } from '../components/Banner';
import { EntityLink } from '../components/EntityLink';
import { errorMessage } from '../components/errors';
import { Panel } from '../components/Panel';
import { TimeAgo } from '../components/TimeAgo';
import { Fact, Facts } from '../details/Facts';
import {
  useAccountDecisions,
  useClassifyAccount,
  useLinkAccount,
} from '../queries';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';

/** What people said of an account, by whom and why; nothing where nobody said anything. */
export function Decided({ account }: { account: Account }) {
  const t = useWords();
  const isPast = useIsPast();
  const { allowed } = usePermission({ permission: accountLinkPermission });
  const { data } = useAccountDecisions(account);
  const linking = useLinkAccount();
  const classifying = useClassifyAccount();
  // What was said is known as it is now only.
  if (isPast || (!data?.link && !data?.class)) {
    return null;
  }
  const { link, class: said } = data;
  const isPending = linking.isPending || classifying.isPending;
  const error = linking.error ?? classifying.error;
  const takeBack = (onPress: () => void) =>
    allowed && (
      <Button
        variant="secondary"
        size="small"
        isPending={isPending}
        onPress={onPress}
      >
        {t('identify.action.undo')}
      </Button>
    );
  return (
    <Panel title={t('identify.decided.title')}>
      {error && (
        <FailedBanner>
          {t('common.error.action', { message: errorMessage(error) })}
        </FailedBanner>
      )}
      {link && (
        <>
          <Facts>
            <Fact name={t('identify.decided.link')}>
              {link.person ? (
                <EntityLink entityRef={link.person.person} />
              ) : (
                t('identify.decided.nobody')
              )}
            </Fact>
            <Fact name={t('identify.decided.reason')}>
              <bdi>{link.reason}</bdi>
            </Fact>
            <Fact name={t('identify.decided.by')}>
              <EntityLink entityRef={link.by} /> <TimeAgo time={link.at} />
            </Fact>
          </Facts>
          {takeBack(() =>
            linking.mutate({
              of: account,
              body: { to: 'undo', reason: t('identify.undoReason') },
            }),
          )}
        </>
      )}
      {said && (
        <>
          <Facts>
            <Fact name={t('identify.decided.class')}>
              {t(`accounts.class.${said.class}`)}
            </Fact>
            {said.owner && (
              <Fact name={t('identify.decided.owner')}>
                <EntityLink entityRef={said.owner} />
              </Fact>
            )}
            {said.purpose && (
              <Fact name={t('identify.decided.purpose')}>
                <bdi>{said.purpose}</bdi>
              </Fact>
            )}
            <Fact name={t('identify.decided.by')}>
              <EntityLink entityRef={said.by} /> <TimeAgo time={said.at} />
            </Fact>
          </Facts>
          {takeBack(() => classifying.mutate({ of: account, body: {} }))}
        </>
      )}
    </Panel>
  );
}
