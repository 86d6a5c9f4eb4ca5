export const goLiveEn = {
  title: 'Go live',
  help: 'What has to be in order before real people get mail, in the order in which to see to it. Looking changes nothing and sends nothing.',
  export: 'Export configuration',
  again: 'Look again',
  ready: 'All is ready for real mail.',
  open_one: '{{count}} thing is not ready for real mail.',
  open_other: '{{count}} things are not ready for real mail.',
  ok: 'In order',
  failed: 'To do',
};
