// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type {
  Connection,
  ConnectionSetup,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useContext, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { Banner } from '../components/Banner';
import { Stepper } from '../components/Stepper';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import styles from './connect.module.css';
import { CredentialsStep } from './CredentialsStep';
import { type Draft, emptyDraft, isChanged, toUpdate } from './draft';
import { dropDraft, keepDraft } from './draftStore';
import { GroupStep } from './GroupStep';
import { HeadSlot } from './HeadSlot';
import { MethodStep } from './MethodStep';
import { PermissionsStep } from './PermissionsStep';
import { PurposeStep } from './PurposeStep';
import { useSaveConnection } from './queries';
import {
  furthestOf,
  indexOf,
  isStep,
  type Step,
  type StepProps,
  steps,
} from './steps';
import { SyncStep } from './SyncStep';
import { TestStep } from './TestStep';
import { useErrorWords } from './useFieldNames';
import { useSummaries } from './useSummaries';

interface WizardProps {
  setup: ConnectionSetup;
  /** Absent until the credentials step has made it. */
  connection?: Connection;
  /** What is answered already. */
  first: Draft;
  furthest: Step;
  /** The answers were kept in this browser. */
  restored?: boolean;
}

const isSettingUp = (connection?: Connection): boolean =>
  connection?.state === 'setting-up';

/** The guided set-up: steps at the left, one panel at the right. */
export function Wizard({
  setup,
  connection,
  first,
  furthest,
  restored,
}: WizardProps) {
  const t = useWords();
  const [params, setParams] = useSearchParams();
  const [draft, setDraft] = useState(first);
  const [far, setFar] = useState(furthest);
  // The test has answered on this page, and whoever tested has gone on.
  const [tested, setTested] = useState(false);
  const [resumed, setResumed] = useState(restored);
  const asked = params.get('step');
  const last = connection ? furthestOf(connection, tested) : far;
  const step = stepOf(asked, last, restored || isSettingUp(connection));

  useKept(draft, far, connection);

  const open = (to: Step, add?: 'organization') =>
    setParams(before => {
      const next = new URLSearchParams(before);
      next.set('step', to);
      next.delete('add');
      if (add) {
        next.set('add', add);
      }
      return next;
    });
  const go = (to: Step) => {
    setFar(indexOf(to) > indexOf(far) ? to : far);
    open(to);
  };
  const props: StepProps = {
    draft,
    change: more => setDraft(before => ({ ...before, ...more })),
    setup,
    connection,
    go,
  };
  const startOver = () => {
    setResumed(false);
    setDraft(emptyDraft);
    setFar('purpose');
    open('purpose');
  };
  const summaries = useSummaries(draft, setup, connection);

  return (
    <div className={styles.columns}>
      <Leave draft={draft} connection={connection} />
      <Stepper
        label={t('connect.stepsLabel')}
        steps={steps.map(id => {
          const isDone = isComplete(id, last, connection);
          return {
            id,
            title: t(`connect.step.${id}`),
            summary: isDone && id !== step ? summaries[id] : undefined,
            state: stateOf(id, step, isDone),
            ticked: id === step && connection?.greenTick,
            reachable: indexOf(id) <= indexOf(last),
          };
        })}
        onOpen={id => isStep(id) && open(id)}
      />
      <Focus step={step}>
        {resumed && !connection && (
          <Banner
            actions={
              <Button variant="secondary" size="small" onPress={startOver}>
                {t('connect.startOver')}
              </Button>
            }
          >
            {t('connect.restored')}
          </Banner>
        )}
        {step === 'purpose' && <PurposeStep {...props} />}
        {step === 'method' && <MethodStep {...props} />}
        {step === 'permissions' && <PermissionsStep {...props} />}
        {step === 'credentials' && <CredentialsStep {...props} />}
        {connection && step === 'test' && (
          <TestStep
            connection={connection}
            onBack={() => go('credentials')}
            onAddKey={() => open('credentials', 'organization')}
            onContinue={() => {
              setTested(true);
              go('group');
            }}
          />
        )}
        {connection && step === 'group' && (
          <GroupStep connection={connection} go={go} />
        )}
        {connection && step === 'sync' && (
          <SyncStep connection={connection} go={go} />
        )}
      </Focus>
    </div>
  );
}

/** Keeps the answers as they are given, so that a reload loses nothing but secrets. */
function useKept(draft: Draft, furthest: Step, connection?: Connection): void {
  const isNew = connection === undefined;
  useEffect(() => {
    if (!isNew) {
      return;
    }
    if (draft === emptyDraft && furthest === 'purpose') {
      dropDraft();
    } else {
      keepDraft({ draft, furthest });
    }
  }, [draft, furthest, isNew]);
}

/** The step that the address asks for, as far as it may be opened. */
function stepOf(
  asked: string | null,
  last: Step,
  /** Somebody comes back to finish it. */
  resumed: boolean | undefined,
): Step {
  if (isStep(asked)) {
    return indexOf(asked) <= indexOf(last) ? asked : last;
  }
  return resumed ? last : 'purpose';
}

function stateOf(id: Step, step: Step, isDone: boolean) {
  if (id === step) {
    return 'current';
  }
  return isDone ? 'done' : 'later';
}

/** A step is done once it was gone through; the last one once a run has ended. */
function isComplete(id: Step, last: Step, connection?: Connection): boolean {
  if (id === 'sync') {
    return connection?.lastRun !== undefined;
  }
  // Everybody counts only once somebody has said so, which begins the first sync.
  return id === 'group' && isSettingUp(connection)
    ? connection?.userGroup !== undefined
    : indexOf(id) < indexOf(last);
}

interface LeaveProps {
  draft: Draft;
  connection?: Connection;
}

/** The way out, beside the heading; what was answered is kept. */
function Leave({ draft, connection }: LeaveProps) {
  const t = useWords();
  const errorWords = useErrorWords();
  const slot = useContext(HeadSlot);
  const navigate = useNavigate();
  const href = useLinks().connections();
  const { mutate, isPending, error } = useSaveConnection();
  const changed = connection && isChanged(draft, connection);
  const leave = () => {
    const out = () => navigate(href ?? '..');
    if (changed) {
      mutate(
        { id: connection.id, update: toUpdate(draft, connection) },
        { onSuccess: out },
      );
    } else {
      out();
    }
  };
  const button = (
    <span className={styles.leave}>
      <Button variant="tertiary" isPending={isPending} onPress={leave}>
        {connection?.greenTick && !changed
          ? t('connect.close')
          : t('connect.leave')}
      </Button>
      {!connection && (
        <span className={styles.leaveNote}>{t('connect.leaveDraft')}</span>
      )}
      {error && (
        <span className={styles.leaveNote} role="alert" dir="auto">
          {t('connect.credentials.failed', { message: errorWords(error) })}
        </span>
      )}
    </span>
  );
  return slot && createPortal(button, slot);
}

/** A new step is where reading goes on, also for those who cannot see it. */
function Focus({ step, children }: { step: Step; children: React.ReactNode }) {
  const t = useWords();
  const element = useRef<HTMLDivElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current !== step) {
      shown.current = step;
      element.current?.focus();
    }
  }, [step]);
  return (
    <div
      ref={element}
      tabIndex={-1}
      role="group"
      aria-label={t(`connect.step.${step}`)}
      className={styles.panel}
    >
      {children}
    </div>
  );
}
