// SPDX-License-Identifier: Apache-2.0
import { Button, ButtonIcon } from '@backstage/ui';
import { RiAddLine, RiCloseLine } from '@remixicon/react';
import { useState } from 'react';
import { EntityLink } from '../components/EntityLink';
import theme from '../components/theme.module.css';
import { withOne } from '../components/useSelection';
import { useWords } from '../translation/useWords';
import { GroupField, SpaceField } from './ContainerFields';
import { isRef, RefField } from './RefField';
import type { NamedOwner } from './ReviewerFields';
import styles from './reviews.module.css';

/** As many as a review takes. */
const MOST = 500;

type Kind = 'group' | 'space';

interface OwnerFieldsProps {
  connection: string;
  /** Of what owners are asked. */
  kinds: Kind[];
  owners: NamedOwner[];
  /** Kinds of which an owner is filled in and not added. */
  unadded?: ReadonlySet<Kind>;
  onChange: (owners: NamedOwner[], unadded?: ReadonlySet<Kind>) => void;
}

/** Names who answers for groups and spaces: Confluence knows no owners. */
export function OwnerFields(props: OwnerFieldsProps) {
  const t = useWords();
  const { connection, kinds, owners, unadded, onChange } = props;
  const shown = owners.filter(({ kind }) => kinds.includes(kind));
  const without = ({ kind, id }: Pick<NamedOwner, 'kind' | 'id'>) =>
    owners.filter(one => one.kind !== kind || one.id !== id);
  return (
    <section
      className={styles.owners}
      aria-label={t('reviews.create.owners.title')}
    >
      <h3 className={styles.heading}>{t('reviews.create.owners.title')}</h3>
      <p className={`${theme.second} ${styles.text}`}>
        {t('reviews.create.owners.text')}
      </p>
      {shown.length > 0 && (
        <ul className={styles.ownerList}>
          {shown.map(one => (
            <li key={`${one.kind} ${one.id}`}>
              <span className={styles.words}>
                {t('reviews.create.owners.one', {
                  name: <strong dir="auto">{one.name}</strong>,
                  owner: <EntityLink entityRef={one.owner} />,
                })}
              </span>
              <ButtonIcon
                variant="tertiary"
                size="small"
                icon={<RiCloseLine />}
                aria-label={t('reviews.create.owners.remove', {
                  name: one.name,
                })}
                onPress={() => onChange(without(one), unadded)}
              />
            </li>
          ))}
        </ul>
      )}
      {shown.length < MOST &&
        kinds.map(kind => (
          <AddOwner
            key={kind}
            connection={connection}
            kind={kind}
            isUnadded={unadded?.has(kind) ?? false}
            onFill={isOn => onChange(owners, withOne(unadded, kind, isOn))}
            onAdd={one =>
              onChange([...without(one), one], withOne(unadded, kind, false))
            }
          />
        ))}
    </section>
  );
}

interface AddOwnerProps {
  connection: string;
  kind: Kind;
  /** Something is filled in that is not added. */
  isUnadded: boolean;
  onFill: (isUnadded: boolean) => void;
  onAdd: (owner: NamedOwner) => void;
}

function AddOwner({
  connection,
  kind,
  isUnadded,
  onFill,
  onAdd,
}: AddOwnerProps) {
  const t = useWords();
  const [chosen, setChosen] = useState<{ id: string; name: string }>();
  const [owner, setOwner] = useState('');
  const [added, setAdded] = useState(0);
  const choose = (id?: string, name?: string) => {
    setChosen(id === undefined ? undefined : { id, name: name ?? id });
    onFill(id !== undefined || owner.trim() !== '');
  };
  const name = (ref: string) => {
    setOwner(ref);
    onFill(chosen !== undefined || ref.trim() !== '');
  };
  const Field = kind === 'group' ? GroupField : SpaceField;
  const label = t(`reviews.create.owners.${kind}`);
  return (
    <div role="group" aria-label={label} className={styles.addOwner}>
      <Field
        key={`container ${added}`}
        connection={connection}
        onChange={choose}
      />
      <RefField
        key={`owner ${added}`}
        label={label}
        value={owner}
        onChange={name}
      />
      <Button
        variant="secondary"
        size="small"
        iconStart={<RiAddLine />}
        isDisabled={!chosen || !isRef(owner)}
        onPress={() => {
          if (chosen) {
            onAdd({ ...chosen, kind, owner: owner.trim() });
            setChosen(undefined);
            setOwner('');
            setAdded(added + 1);
          }
        }}
      >
        {t('reviews.create.owners.add')}
      </Button>
      {isUnadded && (
        <p className={`${theme.second} ${styles.text}`} role="status">
          {t('reviews.create.owners.unadded')}
        </p>
      )}
    </div>
  );
}
