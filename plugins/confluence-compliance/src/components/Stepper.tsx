// SPDX-License-Identifier: Apache-2.0
import { VisuallyHidden } from '@backstage/ui';
import { RiCheckLine } from '@remixicon/react';
import { useWords } from '../translation/useWords';
import styles from './stepper.module.css';

export interface StepperStep {
  id: string;
  title: string;
  /** What was answered, under a step that is done. */
  summary?: string;
  state: 'done' | 'current' | 'later';
  /** The step that is open is done too. */
  ticked?: boolean;
  /** It may be opened. */
  reachable: boolean;
}

interface StepperProps {
  label: string;
  steps: StepperStep[];
  onOpen: (id: string) => void;
}

/** Where somebody is in something that has an order; done steps can be opened again. */
export function Stepper({ label, steps, onOpen }: StepperProps) {
  return (
    <nav aria-label={label}>
      <ol className={styles.steps}>
        {steps.map((step, index) => (
          <li
            key={step.id}
            className={`${styles.step} ${styles[step.state]}`}
            aria-current={step.state === 'current' ? 'step' : undefined}
          >
            <Line step={step} number={index + 1} onOpen={onOpen} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface LineProps {
  step: StepperStep;
  number: number;
  onOpen: (id: string) => void;
}

function Line({ step, number, onOpen }: LineProps) {
  const t = useWords();
  const { id, title, summary, state, ticked, reachable } = step;
  const body = (
    <>
      <span className={styles.mark} aria-hidden="true">
        {state === 'done' || ticked ? <RiCheckLine size={14} /> : number}
      </span>
      <span className={styles.text}>
        <span className={styles.title}>{title}</span>
        <VisuallyHidden>
          , {t(`connect.stepState.${state}`)}
          {ticked && `, ${t('connect.stepState.done')}`}
        </VisuallyHidden>
        {summary && (
          <span className={styles.summary} dir="auto">
            {summary}
          </span>
        )}
      </span>
    </>
  );
  return reachable && state !== 'current' ? (
    <button type="button" className={styles.line} onClick={() => onOpen(id)}>
      {body}
    </button>
  ) : (
    <span className={styles.line}>{body}</span>
  );
}
