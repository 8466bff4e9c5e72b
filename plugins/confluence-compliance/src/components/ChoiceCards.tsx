// SPDX-License-Identifier: Apache-2.0
import { RiCheckLine } from '@remixicon/react';
import { type ReactNode, useId } from 'react';
import { Checkbox, Label, Radio, RadioGroup } from 'react-aria-components';
import styles from './choice.module.css';
import theme from './theme.module.css';

interface CardTextProps {
  title: ReactNode;
  text?: ReactNode;
  /** A tag beside the title. */
  mark?: ReactNode;
  children?: ReactNode;
}

interface Ids {
  title: string;
  text: string;
}

function CardText({
  title,
  text,
  mark,
  children,
  ids,
}: CardTextProps & { ids: Ids }) {
  return (
    <span className={styles.text}>
      <span className={styles.titleRow}>
        <span id={ids.title} className={styles.title} dir="auto">
          {title}
        </span>
        {mark}
      </span>
      <span id={ids.text} className={styles.body}>
        {text && <span dir="auto">{text}</span>}
        {children}
      </span>
    </span>
  );
}

/** What a card is called, and what describes it. */
function useIds() {
  const id = useId();
  const ids = { title: `${id}title`, text: `${id}text` };
  return {
    ids,
    named: { 'aria-labelledby': ids.title, 'aria-describedby': ids.text },
  };
}

interface CheckCardProps extends CardTextProps {
  isSelected: boolean;
  isDisabled?: boolean;
  onChange: (isSelected: boolean) => void;
}

/** A check box as large as what it means. */
export function CheckCard({
  isSelected,
  isDisabled,
  onChange,
  ...text
}: CheckCardProps) {
  const { ids, named } = useIds();
  return (
    <Checkbox
      className={styles.card}
      isSelected={isSelected}
      isDisabled={isDisabled}
      onChange={onChange}
      {...named}
    >
      <span className={`${styles.mark} ${styles.box}`} aria-hidden="true">
        <RiCheckLine />
      </span>
      <CardText {...text} ids={ids} />
    </Checkbox>
  );
}

interface RadioCardProps extends CardTextProps {
  value: string;
  isDisabled?: boolean;
}

/** One of several, as large as what it means. */
export function RadioCard({ value, isDisabled, ...text }: RadioCardProps) {
  const { ids, named } = useIds();
  return (
    <Radio
      className={styles.card}
      value={value}
      isDisabled={isDisabled}
      {...named}
    >
      <span className={`${styles.mark} ${styles.dot}`} aria-hidden="true" />
      <CardText {...text} ids={ids} />
    </Radio>
  );
}

interface ChoiceGroupProps {
  label: ReactNode;
  hideLabel?: boolean;
  value?: string;
  isDisabled?: boolean;
  onChange: (value: string) => void;
  children: ReactNode;
}

/** Cards of which one is chosen, by mouse or by arrow keys. */
export function ChoiceGroup({
  label,
  hideLabel,
  value,
  isDisabled,
  onChange,
  children,
}: ChoiceGroupProps) {
  return (
    <RadioGroup
      className={styles.group}
      value={value ?? null}
      isDisabled={isDisabled}
      onChange={onChange}
    >
      <Label className={hideLabel ? styles.hidden : theme.muted}>{label}</Label>
      <div className={styles.cards}>{children}</div>
    </RadioGroup>
  );
}
