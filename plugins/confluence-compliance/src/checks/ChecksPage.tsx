// SPDX-License-Identifier: Apache-2.0
import { Button, ButtonLink } from '@backstage/ui';
import {
  checkReadPermission,
  severitySchema,
  type Check,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiFileSearchLine, RiShieldCheckLine } from '@remixicon/react';
import { useId } from 'react';
import { EmptyState } from '../components/EmptyState';
import { ErrorState, PanelError } from '../components/ErrorState';
import { formatNumber } from '../components/format';
import { Loading } from '../components/Loading';
import { PageFrame } from '../components/PageFrame';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { useChecks } from '../queries';
import { useLinks } from '../scope/links';
import { ScopeBanner } from '../scope/ScopeBanner';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { CheckCard } from './CheckCard';
import styles from './checks.module.css';
import { ChecksToolbar, filterChecks, useChecksUrl } from './ChecksToolbar';
import { type CheckGroup, groupOf, groupOrder, open, unknownOf } from './words';

const worstFirst = (a: Check, b: Check) =>
  severitySchema.options.indexOf(b.severity) -
    severitySchema.options.indexOf(a.severity) || a.id.localeCompare(b.id);

/** Every check as a card: what should be true, and whether it is. */
export function ChecksPage() {
  const t = useWords();
  const { connection } = useScope();
  const { data, error, refetch } = useChecks({ connection });
  const url = useChecksUrl();
  const shown = filterChecks(data?.items ?? [], url.filters);
  const asOpen = url.filters.excepted === 'open';

  return (
    <PageFrame title={t('checks.title')}>
      <ScopeBanner />
      {error && !data && (
        <ErrorState
          error={error}
          what={t('checks.what')}
          permission={checkReadPermission.name}
          onRetry={refetch}
        />
      )}
      {error && data && <PanelError error={error} onRetry={refetch} stale />}
      {!error && !data && (
        <Panel label={t('checks.title')} flush>
          <Loading rows={6} height={40} />
        </Panel>
      )}
      {data?.items.length === 0 && <NoCheck />}
      {data && data.items.length > 0 && (
        <>
          <ChecksToolbar url={url} checks={data.items} />
          <Lead checks={data.items} asOpen={asOpen} />
          {groupOrder.map(group => (
            <Group
              key={group}
              group={group}
              asOpen={asOpen}
              checks={shown.filter(check => groupOf(check) === group)}
            />
          ))}
          {shown.length === 0 && (
            <Panel label={t('checks.title')}>
              <EmptyState
                icon={<RiFileSearchLine />}
                title={t('checks.filtered.title')}
                text={t('checks.filtered.text', {
                  count: data.items.length,
                  n: formatNumber(data.items.length),
                })}
                actions={
                  <Button variant="secondary" onPress={url.clear}>
                    {t('common.clearFilters')}
                  </Button>
                }
              />
            </Panel>
          )}
        </>
      )}
    </PageFrame>
  );
}

interface LeadProps {
  checks: Check[];
  asOpen: boolean;
}

function Lead({ checks, asOpen }: LeadProps) {
  const t = useWords();
  const count = checks.reduce((sum, check) => sum + open(check, asOpen), 0);
  const unknown = checks.reduce((sum, check) => sum + unknownOf(check), 0);
  const whole = checks.filter(({ verdict }) => verdict === 'unknown').length;
  const sentence = () => {
    if (count > 0) {
      return t('checks.lead.open', { count, n: formatNumber(count) });
    }
    return unknown + whole > 0
      ? t('checks.lead.noneKnown')
      : t('checks.lead.none');
  };
  return (
    <p className={theme.lead} role="status">
      <strong>{sentence()}</strong>
      {unknown > 0 &&
        t(count > 0 ? 'checks.lead.unknown' : 'checks.lead.onlyUnknown', {
          count: unknown,
          n: formatNumber(unknown),
        })}
      {whole > 0 &&
        t('checks.lead.whole', { count: whole, n: formatNumber(whole) })}
    </p>
  );
}

interface GroupProps extends LeadProps {
  group: CheckGroup;
}

function Group({ group, checks, asOpen }: GroupProps) {
  const t = useWords();
  const id = useId();
  if (checks.length === 0) {
    return null;
  }
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={styles.groupTitle}>
        {t(`checks.group.${group}`)} <span>{formatNumber(checks.length)}</span>
      </h2>
      <ul className={styles.cards}>
        {checks.toSorted(worstFirst).map(check => (
          <li key={check.id}>
            <CheckCard check={check} asOpen={asOpen} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function NoCheck() {
  const t = useWords();
  const href = useLinks().connections();
  return (
    <Panel label={t('checks.title')}>
      <EmptyState
        icon={<RiShieldCheckLine />}
        title={t('checks.empty.title')}
        text={t('checks.empty.text')}
        actions={
          href && (
            <ButtonLink variant="secondary" href={href}>
              {t('checks.empty.action')}
            </ButtonLink>
          )
        }
      />
    </Panel>
  );
}
