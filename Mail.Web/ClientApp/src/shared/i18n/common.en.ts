export const commonEn = {
  product: 'Mail',
  skipToContent: 'Skip to the content',
  loading: 'Loading…',
  retry: 'Try again',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Your browser does not let this page copy. Select the text and copy it by hand.',
  live: {
    on: 'Live',
    off: 'Not updating',
    updated: 'Updated {{when}}',
  },
  problem: {
    background: 'This may be out of date: the last refresh failed.',
    code: 'Error {{code}}',
    network_unreachable: {
      title: 'No connection to the server',
      help: 'Check your network. The page goes on by itself once the server answers again.',
    },
    api_unreachable: {
      title: 'The API is not reachable',
      help: 'It may be starting or being updated. Messages already accepted are safe. Try again in a moment.',
    },
    api_timeout: {
      title: 'The API took too long to answer',
      help: 'It may be under heavy load. Try again in a moment.',
    },
    unexpected_answer: {
      title: 'The answer could not be understood',
      help: 'The console and the API may be of different versions. Reload the page; if that does not help, tell whoever runs this installation.',
    },
    forbidden: {
      title: 'You may not see this',
      help: 'Your role in this project does not allow it. Ask an owner or an administrator of the project.',
    },
    not_found: {
      title: 'Not found',
      help: 'It may have been deleted, or it belongs to a project that you cannot see.',
    },
    too_many: {
      title: 'Too many requests',
      help: 'Wait a moment, then try again.',
    },
    server: {
      title: 'Something went wrong on the server',
      help: 'Nothing you typed is lost. Try again; if it stays, look at the log of the API.',
    },
    other: {
      title: 'That did not work',
      help: 'Try again; if it stays, tell whoever runs this installation.',
    },
  },
  shell: {
    navigation: 'Main navigation',
    messages: 'Messages',
    relays: 'Relays',
    domains: 'Senders',
    alerts: 'Alerts',
    language: 'Language: {{name}}',
    colorScheme: 'Colour scheme',
    light: 'Light',
    dark: 'Dark',
    system: 'Like the system',
    account: 'Account of {{email}}',
    signedInAs: 'Signed in as',
    signOut: 'Sign out',
    signOutFailed: 'You are still signed in: {{reason}}',
    home: 'Mail: to the messages',
    role: {
      owner: 'Owner',
      admin: 'Administrator',
      developer: 'Developer',
      viewer: 'Viewer',
    },
    noProject: 'No project',
  },
  notFound: {
    title: 'This page does not exist',
    help: 'The address may be mistyped, or the page has moved.',
    home: 'Go to the messages',
  },
} as const;
