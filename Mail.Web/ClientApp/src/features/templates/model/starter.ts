import type { TemplateDraft } from './draft';

const texts = {
  en: {
    subject: 'Hello {{name}}',
    preheader: 'A first mail.',
    title: 'Hello {{name}}',
    intro: 'This is where your mail begins.',
    action: 'Open',
  },
  fr: {
    subject: 'Bonjour {{name}}',
    preheader: 'Un premier mail.',
    title: 'Bonjour {{name}}',
    intro: 'Votre mail commence ici.',
    action: 'Ouvrir',
  },
};

const mjml = `<mjml lang="{{locale}}" dir="{{dir}}">
  <mj-head>
    <mj-title>{{t "subject"}}</mj-title>
    <mj-preview>{{t "preheader"}}</mj-preview>
    <mj-attributes>
      <mj-all font-family="Arial, sans-serif" />
    </mj-attributes>
  </mj-head>
  <mj-body background-color="#eef2f7">
    <mj-section background-color="#ffffff">
      <mj-column>
        <mj-text font-size="22px" font-weight="bold" color="#14171c">{{t "title"}}</mj-text>
        <mj-text font-size="16px" line-height="1.5" color="#14171c">{{t "intro"}}</mj-text>
        <mj-button href="{{url}}" background-color="#3949ab" color="#ffffff">{{t "action"}}</mj-button>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`;

/** What a template from scratch begins with: it can be seen, sent and published as it is. */
export function starter(language: string): Partial<TemplateDraft> {
  const locale = language === 'fr' ? 'fr' : 'en';
  return {
    default_locale: locale,
    mjml,
    strings: { [locale]: texts[locale] },
    variables: { name: { type: 'string', required: true }, url: { type: 'url', required: true } },
    sample: { name: 'Ada', url: 'https://shop.example/start' },
  };
}
