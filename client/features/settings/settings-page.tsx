import { Link, getRouteApi, notFound } from '@tanstack/react-router';
import { type ComponentType, useEffect, useRef } from 'react';
import { Page } from '../../ui/page/page.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { AccountTab } from './account-tab.tsx';
import { ApiKeysTab } from './api-keys-tab.tsx';
import { GatewaysTab } from './gateways-tab.tsx';
import { KeywordsTab } from './keywords-tab.tsx';
import { ListsTab } from './lists-tab.tsx';
import { PeopleTab } from './people-tab.tsx';
import { ProgramsTab } from './programs-tab.tsx';
import { SendersTab } from './senders-tab.tsx';
import classes from './settings.module.css';
import { WorkspaceTab } from './workspace-tab.tsx';

const route = getRouteApi('/shell/settings/$tab');

/** What the workspace sends from, what people agree to, and who works here. */
export function SettingsPage() {
  const { tab } = route.useParams();
  const tabs = useRef<HTMLElement>(null);
  // On a phone they are a row that is longer than the screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: which of them is open changes with the tab.
  useEffect(() => {
    tabs.current
      ?.querySelector('[data-status="active"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [tab]);
  const shown = TABS.find(({ id }) => id === tab);
  if (!shown) throw notFound();
  const { Tab, word } = shown;
  return (
    <Page>
      <PageHeader title="Settings" tabTitle={`${word}, Settings`} />
      <div className={classes.columns}>
        <nav ref={tabs} aria-label="Settings" className={classes.tabs}>
          {TABS.map(({ id, word: name }) => (
            <Link key={id} to="/settings/$tab" params={{ tab: id }} className={classes.tab}>
              {name}
            </Link>
          ))}
        </nav>
        <div className={classes.content}>
          <Tab />
        </div>
      </div>
    </Page>
  );
}

const TABS: readonly { id: string; word: string; Tab: ComponentType }[] = [
  { id: 'senders', word: 'Senders', Tab: SendersTab },
  { id: 'keywords', word: 'Keywords', Tab: KeywordsTab },
  { id: 'programs', word: 'Programs', Tab: ProgramsTab },
  { id: 'lists', word: 'Lists', Tab: ListsTab },
  { id: 'gateways', word: 'Gateways', Tab: GatewaysTab },
  { id: 'people', word: 'People', Tab: PeopleTab },
  { id: 'api-keys', word: 'API keys', Tab: ApiKeysTab },
  { id: 'workspace', word: 'Workspace', Tab: WorkspaceTab },
  { id: 'account', word: 'My account', Tab: AccountTab },
];
