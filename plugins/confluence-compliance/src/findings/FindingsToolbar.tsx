// SPDX-License-Identifier: Apache-2.0
import {
  type Check,
  type FindingsQuery,
  findingStateSchema,
  severitySchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { FilterSelect } from '../components/FilterSelect';
import styles from '../components/toolbar.module.css';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { findingVerdictSchema } from './findingVerdict';

interface FindingsToolbarProps {
  query: FindingsQuery;
  change: (values: Record<string, string | undefined>) => void;
  /** Those whose findings there may be. */
  checks: Check[];
}

const distinct = (values: string[]) =>
  [...new Set(values)]
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map(value => ({ value, label: value }));

/** The filters of all findings, in the URL. */
export function FindingsToolbar({
  query,
  change,
  checks,
}: FindingsToolbarProps) {
  const t = useWords();
  const isPast = useIsPast();
  const controls = checks
    .flatMap(check => check.controls)
    .filter(
      ({ framework }) => !query.framework || framework === query.framework,
    );
  return (
    <div className={styles.toolbar} role="search">
      <FilterSelect
        label={t('findings.filter.state')}
        anyLabel={t('findings.filter.anyState')}
        options={findingStateSchema.options.map(value => ({
          value,
          label: t(`findings.state.${value}`),
        }))}
        value={query.state}
        onChange={state => change({ state })}
      />
      <FilterSelect
        label={t('findings.filter.verdict')}
        anyLabel={t('findings.filter.anyVerdict')}
        options={findingVerdictSchema.options.map(value => ({
          value,
          label: t(`common.verdict.${value}`),
        }))}
        value={query.verdict}
        onChange={verdict => change({ verdict })}
      />
      <FilterSelect
        label={t('findings.filter.severity')}
        anyLabel={t('findings.filter.anySeverity')}
        options={severitySchema.options.toReversed().map(value => ({
          value,
          label: t(`common.severity.${value}`),
        }))}
        value={query.severity}
        onChange={severity => change({ severity })}
      />
      <FilterSelect
        label={t('findings.filter.check')}
        anyLabel={t('findings.filter.anyCheck')}
        options={checks.map(({ id, title }) => ({ value: id, label: title }))}
        value={query.check}
        onChange={check => change({ check })}
      />
      <FilterSelect
        label={t('findings.filter.framework')}
        anyLabel={t('findings.filter.anyFramework')}
        options={distinct(
          checks.flatMap(check => check.controls.map(c => c.framework)),
        )}
        value={query.framework}
        onChange={framework => change({ framework, control: undefined })}
      />
      <FilterSelect
        label={t('findings.filter.control')}
        anyLabel={t('findings.filter.anyControl')}
        options={distinct(controls.map(({ control }) => control))}
        value={query.control}
        onChange={control => change({ control })}
      />
      <FilterSelect
        label={t('exceptions.filter.label')}
        anyLabel={t('exceptions.filter.any')}
        options={(['without', 'only'] as const).map(value => ({
          value,
          label: t(`exceptions.filter.${value}`),
        }))}
        value={query.excepted}
        onChange={excepted => change({ excepted })}
      />
      {!isPast && (
        <FilterSelect
          label={t('findings.filter.owner')}
          anyLabel={t('findings.filter.anyOwner')}
          options={(['me', 'nobody'] as const).map(value => ({
            value,
            label: t(`findings.filter.${value}`),
          }))}
          value={query.owner}
          onChange={owner => change({ owner })}
        />
      )}
    </div>
  );
}
