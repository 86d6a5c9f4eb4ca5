import type { LinkProps } from '@tanstack/react-router';
import {
  IconActivity,
  IconAt,
  IconBell,
  IconCalendarClock,
  IconBook,
  IconCalendarUser,
  IconCar,
  IconChartBar,
  IconClipboardCheck,
  IconFlask,
  IconGauge,
  IconHeartbeat,
  IconHistory,
  IconKey,
  IconMail,
  IconMailCancel,
  IconMailbox,
  IconMailForward,
  IconMailOff,
  IconReportAnalytics,
  IconRocket,
  IconRoute,
  IconSettings,
  IconShieldLock,
  IconTemplate,
  IconTerminal2,
  IconUsers,
  IconWebhook,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Role } from '@/shared/api/workplace';
import type { commonEn } from '@/shared/i18n/common.en';

type Label = `shell.${Exclude<keyof typeof commonEn.shell, 'role'>}`;

export interface Destination {
  to: NonNullable<LinkProps['to']>;
  label: Label;
  icon: TablerIcon;
  /** Who may see it; everybody without. */
  least?: Role;
}

export interface DestinationGroup {
  label?: Label;
  destinations: Destination[];
}

/** Where one can go: the sidebar, the drawer of a phone and the command palette show the same. */
export const navigation: DestinationGroup[] = [
  {
    destinations: [
      { to: '/', label: 'shell.overview', icon: IconChartBar },
      { to: '/messages', label: 'shell.messages', icon: IconMail },
      { to: '/templates', label: 'shell.templates', icon: IconTemplate },
      { to: '/scheduled', label: 'shell.scheduled', icon: IconCalendarClock },
      { to: '/sandbox', label: 'shell.sandbox', icon: IconFlask },
    ],
  },
  {
    label: 'shell.flows',
    destinations: [
      { to: '/reservations', label: 'shell.reservations', icon: IconCar },
      { to: '/campaigns', label: 'shell.invitations', icon: IconCalendarUser },
      { to: '/requests', label: 'shell.requests', icon: IconClipboardCheck },
      { to: '/mailboxes', label: 'shell.mailboxes', icon: IconMailbox },
    ],
  },
  {
    label: 'shell.sending',
    destinations: [
      { to: '/relays', label: 'shell.relays', icon: IconRoute },
      { to: '/domains', label: 'shell.domains', icon: IconAt },
      { to: '/limits', label: 'shell.limits', icon: IconGauge },
      { to: '/suppressions', label: 'shell.suppressions', icon: IconMailOff },
      { to: '/alerts', label: 'shell.alerts', icon: IconBell },
      { to: '/dead-letters', label: 'shell.deadLetters', icon: IconMailCancel },
    ],
  },
  {
    label: 'shell.developers',
    destinations: [
      { to: '/api-keys', label: 'shell.apiKeys', icon: IconKey, least: 'developer' },
      { to: '/webhooks', label: 'shell.webhooks', icon: IconWebhook },
      { to: '/smtp', label: 'shell.smtp', icon: IconMailForward },
      { to: '/logs', label: 'shell.logs', icon: IconTerminal2, least: 'developer' },
      { to: '/reference', label: 'shell.reference', icon: IconBook },
    ],
  },
  {
    label: 'shell.settings',
    destinations: [
      { to: '/project', label: 'shell.projectSettings', icon: IconSettings },
      { to: '/team', label: 'shell.team', icon: IconUsers },
      { to: '/app-accounts', label: 'shell.appAccounts', icon: IconActivity },
      { to: '/audit-log', label: 'shell.audit', icon: IconHistory, least: 'admin' },
      { to: '/privacy', label: 'shell.privacy', icon: IconShieldLock, least: 'admin' },
      { to: '/usage', label: 'shell.usage', icon: IconReportAnalytics },
      { to: '/system', label: 'shell.systemHealth', icon: IconHeartbeat, least: 'admin' },
      { to: '/go-live', label: 'shell.goLive', icon: IconRocket },
    ],
  },
];
