// SPDX-License-Identifier: Apache-2.0
import { ProxiedSignInPage } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/core-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Alert, Avatar, Button, Card, CardBody, Text } from '@backstage/ui';
import { RiArrowRightLine } from '@remixicon/react';
import { useState } from 'react';
import { type DemoPerson, demoPeople } from './people';
import {
  chosenPerson,
  forgetPerson,
  rememberPerson,
  untilSignOut,
} from './session';
import styles from './SignInPage.module.css';

/** Asks who you are in the demo, and signs you in as that person. */
export function SignInPage({ onSignInSuccess }: SignInPageProps) {
  const [person, setPerson] = useState(chosenPerson);

  if (person === undefined) {
    return (
      <ChoosePerson
        onChoose={({ id }) => {
          rememberPerson(id);
          setPerson(id);
        }}
      />
    );
  }
  return (
    <ProxiedSignInPage
      provider="demo"
      headers={{ 'x-northwind-person': person }}
      onSignInSuccess={identity => onSignInSuccess(untilSignOut(identity))}
      ErrorComponent={({ error }) => (
        <SignInFailed
          error={error}
          onBack={() => {
            forgetPerson();
            setPerson(undefined);
          }}
        />
      )}
    />
  );
}

function ChoosePerson(props: { onChoose: (person: DemoPerson) => void }) {
  const title = useApi(configApiRef).getOptionalString('app.title');
  return (
    <main className={styles.page}>
      <div className={styles.content}>
        <header className={styles.header}>
          <Text as="p" variant="body-medium" color="secondary">
            {title}
          </Text>
          <Text as="h1" variant="title-medium" weight="bold">
            Who are you today?
          </Text>
          <Text as="p" variant="body-large" color="secondary">
            Four people of Northwind look at the same Confluence. What they see
            and may do depends on their role.
          </Text>
        </header>
        <ul className={styles.people}>
          {demoPeople.map(person => (
            <li key={person.id} className={styles.person}>
              <Card
                className={styles.card}
                label={`Sign in as ${person.name}, ${person.role}`}
                onPress={() => props.onChoose(person)}
              >
                <CardBody className={styles.body}>
                  <Avatar
                    src=""
                    name={person.name}
                    size="large"
                    purpose="decoration"
                  />
                  <div className={styles.words}>
                    <Text as="h2" variant="title-x-small" weight="bold">
                      {person.name}
                    </Text>
                    <span className={styles.role}>{person.role}</span>
                    <Text as="p" variant="body-medium" color="secondary">
                      {person.may}
                    </Text>
                  </div>
                  <RiArrowRightLine
                    className={styles.arrow}
                    size={20}
                    aria-hidden
                  />
                </CardBody>
              </Card>
            </li>
          ))}
        </ul>
        <Text
          as="p"
          variant="body-small"
          color="secondary"
          className={styles.foot}
        >
          There are no passwords, since this portal runs on your machine only.
          Sign out under Settings to be somebody else.
        </Text>
      </div>
    </main>
  );
}

function SignInFailed(props: { error?: Error; onBack: () => void }) {
  return (
    <main className={styles.page}>
      <div className={styles.content}>
        <Alert
          status="danger"
          icon
          title="The portal did not let you in"
          description={whatItSaid(props.error)}
          customActions={
            <Button variant="secondary" onPress={props.onBack}>
              Choose again
            </Button>
          }
        />
      </div>
    </main>
  );
}

/** The words of the backend, where it answered. */
function whatItSaid(error: Error | undefined): string | undefined {
  const cause = error && 'cause' in error ? error.cause : undefined;
  return cause instanceof Error ? cause.message : error?.message;
}
