// SPDX-License-Identifier: Apache-2.0
import { Switch } from '@backstage/ui';
import type { AuthMethod } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiErrorWarningLine } from '@remixicon/react';
import { Banner } from '../components/Banner';
import { ChoiceGroup, RadioCard } from '../components/ChoiceCards';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import styles from './connect.module.css';
import { hasMethods, isSplit } from './draft';
import { StepFoot } from './StepFoot';
import type { StepProps } from './steps';

const all: AuthMethod[] = [
  'service-account',
  'oauth',
  'scoped-api-token',
  'api-token',
];

const isMethod = (value: string): value is AuthMethod =>
  all.some(method => method === value);

/** How the connection proves itself to Atlassian. */
export function MethodStep({ draft, change, setup, go }: StepProps) {
  const t = useWords();
  const locked = setup.sealingKey === undefined;
  const split = isSplit(draft);
  return (
    <>
      {locked && (
        <Banner
          tone="fail"
          glyph={<RiErrorWarningLine size={18} aria-hidden="true" />}
        >
          <p>
            <strong>{t('connect.method.noKeyTitle')}</strong>
          </p>
          <p>
            {t('connect.method.noKey', {
              key: <code>confluenceCompliance.secrets.keys</code>,
            })}
          </p>
        </Banner>
      )}
      <Panel title={t('connect.method.title')} sub={t('connect.method.sub')}>
        <div className={styles.stack}>
          {split ? (
            draft.purposes.map(purpose => (
              <MethodChoice
                key={purpose}
                label={t('connect.method.titleFor', {
                  purpose: t(`connections.purposes.${purpose}`),
                })}
                value={draft.methodOf[purpose]}
                locked={locked}
                noOauth={!setup.oauth}
                onChange={method =>
                  change({ methodOf: { ...draft.methodOf, [purpose]: method } })
                }
              />
            ))
          ) : (
            <MethodChoice
              label={t('connect.method.title')}
              hideLabel
              value={draft.method}
              locked={locked}
              noOauth={!setup.oauth}
              onChange={method => change({ method })}
            />
          )}
          {draft.purposes.length > 1 && (
            <div className={styles.advanced}>
              <span className={theme.second}>
                {t('connect.method.advanced')}
              </span>
              <Switch
                label={t('connect.method.split')}
                isSelected={draft.split}
                isDisabled={locked}
                onChange={on =>
                  change({
                    split: on,
                    methodOf: on
                      ? Object.fromEntries(
                          draft.purposes.map(purpose => [
                            purpose,
                            draft.methodOf[purpose] ?? draft.method,
                          ]),
                        )
                      : draft.methodOf,
                  })
                }
              />
            </div>
          )}
        </div>
      </Panel>
      <StepFoot
        missing={
          (locked && t('connect.missing.key')) ||
          (!hasMethods(draft) && t('connect.missing.method'))
        }
        onBack={() => go('purpose')}
        onContinue={() => go('permissions')}
      />
    </>
  );
}

interface MethodChoiceProps {
  label: string;
  hideLabel?: boolean;
  value?: AuthMethod;
  /** No credential can be stored. */
  locked: boolean;
  noOauth: boolean;
  onChange: (method: AuthMethod) => void;
}

function MethodChoice({
  label,
  hideLabel,
  value,
  locked,
  noOauth,
  onChange,
}: MethodChoiceProps) {
  const t = useWords();
  return (
    <ChoiceGroup
      label={label}
      hideLabel={hideLabel}
      value={value}
      isDisabled={locked}
      onChange={chosen => isMethod(chosen) && onChange(chosen)}
    >
      {all.map(method => (
        <RadioCard
          key={method}
          value={method}
          isDisabled={method === 'oauth' && noOauth}
          title={t(`connections.methods.${method}`)}
          mark={
            method === 'service-account' && (
              <span className={styles.tag}>
                {t('connect.method.recommended')}
              </span>
            )
          }
          text={t(`connect.method.${method}.text`)}
        >
          <span className={styles.when}>
            {t('connect.method.when', {
              reason: t(`connect.method.${method}.when`),
            })}
          </span>
          {method === 'oauth' && noOauth && (
            <span className={styles.because}>
              {t('connect.method.noOauth', {
                key: <code>confluenceCompliance.oauth</code>,
              })}
            </span>
          )}
        </RadioCard>
      ))}
    </ChoiceGroup>
  );
}
