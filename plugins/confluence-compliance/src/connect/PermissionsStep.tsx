// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type { Scope } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiErrorWarningLine } from '@remixicon/react';
import { Banner } from '../components/Banner';
import { CopyButton } from '../components/CopyButton';
import { formatNumber } from '../components/format';
import { Panel } from '../components/Panel';
import { scrollRegion } from '../components/scrollRegion';
import theme from '../components/theme.module.css';
import { useMethodWords } from '../connections/words';
import { useWords } from '../translation/useWords';
import { ChecksOf } from './ChecksOf';
import styles from './connect.module.css';
import { type Chosen, chosenMethods, isSplit } from './draft';
import { scopesOf } from './scopes';
import { StepFoot } from './StepFoot';
import type { StepProps } from './steps';

/** Which permissions to give, what each is for, and nothing more. */
export function PermissionsStep(props: StepProps) {
  const t = useWords();
  const { draft, go } = props;
  const chosen = chosenMethods(draft);
  return (
    <>
      {chosen.map(of => (
        <ScopesOf key={of.method} {...props} chosen={of} />
      ))}
      <p className={`${theme.second} ${styles.note}`}>
        {t('connect.scopes.note')}
      </p>
      <StepFoot
        missing={chosen.length === 0 && t('connect.missing.method')}
        onBack={() => go('method')}
        onContinue={() => go('credentials')}
      />
    </>
  );
}

function ScopesOf({
  draft,
  change,
  setup,
  chosen,
}: StepProps & { chosen: Chosen }) {
  const t = useWords();
  const method = useMethodWords();
  const scopes = scopesOf(setup, draft, chosen);
  const unscoped = chosen.method === 'api-token';
  return (
    <>
      {unscoped && (
        <Banner
          glyph={<RiErrorWarningLine size={18} aria-hidden="true" />}
          actions={
            !isSplit(draft) && (
              <Button
                variant="secondary"
                onPress={() => change({ method: 'scoped-api-token' })}
              >
                {t('connect.scopes.unscopedSwitch')}
              </Button>
            )
          }
        >
          <p>
            <strong>{t('connect.scopes.unscopedTitle')}</strong>
          </p>
          <p>{t('connect.scopes.unscoped')}</p>
        </Banner>
      )}
      <Panel
        flush
        title={
          isSplit(draft)
            ? t('connect.scopes.titleFor', { method: method(chosen) })
            : t('connect.scopes.title')
        }
        sub={
          unscoped ? t('connect.scopes.unscopedReads') : t('connect.scopes.sub')
        }
        actions={
          !unscoped && (
            <CopyButton
              text={scopes.map(({ scope }) => scope).join(' ')}
              label={t('connect.scopes.copyAll')}
            />
          )
        }
      >
        <div
          className={theme.scroll}
          aria-label={t('connect.scopes.title')}
          {...scrollRegion}
        >
          <table className={`${theme.table} ${styles.scopes}`}>
            <thead>
              <tr>
                <th scope="col">{t('connect.scopes.scope')}</th>
                <th scope="col">{t('connect.scopes.reads')}</th>
                <th scope="col">{t('connect.scopes.needed')}</th>
              </tr>
            </thead>
            <tbody>
              {scopes.map(scope => (
                <ScopeRow key={scope.scope} scope={scope} copies={!unscoped} />
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
    </>
  );
}

function ScopeRow({ scope, copies }: { scope: Scope; copies: boolean }) {
  const t = useWords();
  const { checks, optional } = scope;
  return (
    <tr>
      <th scope="row">
        <span className={styles.scope}>
          <code className={theme.mono}>{scope.scope}</code>
          {copies && (
            <CopyButton
              iconOnly
              text={scope.scope}
              label={t('connect.scopes.copyOne', { scope: scope.scope })}
            />
          )}
        </span>
      </th>
      <td>
        {scope.reads}
        {optional && (
          <span className={styles.tag}>{t('connect.scopes.optional')}</span>
        )}
      </td>
      <td>
        <ChecksOf
          name={scope.scope}
          checks={checks}
          label={
            checks.length === 0
              ? t('connect.scopes.noChecks')
              : t('connect.scopes.checks', {
                  count: checks.length,
                  n: formatNumber(checks.length),
                })
          }
        />
      </td>
    </tr>
  );
}
