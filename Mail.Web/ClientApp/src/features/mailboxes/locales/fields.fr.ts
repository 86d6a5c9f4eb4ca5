/** What the API says of connections' fields, in French: by `kind.field`, the title and the help. A field that is not here stands in the API's own words. */
export const fieldsFr: Record<string, [title: string, help: string] | undefined> = {
  'sendgrid.api_key': [
    'Clé d’API',
    'Settings, API Keys : une clé qui peut gérer les clés, envoyer et lire l’authentification de l’expéditeur ; le guide liste les droits.',
  ],
  'sendgrid.region': [
    'Région',
    '`global` (par défaut), ou `eu` pour un sous-utilisateur créé dans l’Union européenne.',
  ],
  'ses.region': ['Région', 'La région AWS où le domaine est vérifié, et par laquelle les boîtes envoient.'],
  'ses.access_key_id': [
    'Identifiant de la clé',
    'D’un utilisateur IAM avec la stratégie que donne le guide.',
  ],
  'ses.secret_access_key': ['Clé secrète', 'Affichée une fois, à la création de la clé.'],
  'microsoft365.tenant_id': [
    'Identifiant du locataire',
    'Microsoft Entra, Vue d’ensemble : l’identifiant du locataire ou un de ses domaines.',
  ],
  'microsoft365.client_id': [
    'Identifiant de l’application (client)',
    'Inscriptions d’applications : une avec les autorisations d’application du guide, accordées par un administrateur.',
  ],
  'microsoft365.client_secret': [
    'Secret client',
    'Certificats et secrets : la valeur, pas l’identifiant. Ou un certificat à sa place.',
  ],
  'microsoft365.certificate': [
    'Certificat',
    'À la place d’un secret : certificat et clé privée (RSA) en PEM ; seul le certificat est déposé dans l’inscription.',
  ],
  'microsoft365.mode': [
    'Type de boîte',
    '`user` (par défaut) : un compte auquel des personnes se connectent. `shared` : un compte auquel personne ne se connecte.',
  ],
  'microsoft365.licence': [
    'Licence',
    'Référence ou identifiant de l’abonnement que reçoit chaque compte. Sans elle, les licences viennent d’un groupe ou à la main.',
  ],
  'microsoft365.usage_location': [
    'Pays',
    'Deux lettres : où le service est utilisé. Microsoft n’attribue pas de licence sans lui.',
  ],
  'microsoft365.smtp_auth': [
    'SMTP avec le mot de passe du compte',
    '`true` seulement là où Exchange permet le SMTP authentifié pour ces boîtes. Sinon, les programmes utilisent notre propre soumission.',
  ],
  'microsoft365.cloud': ['Nuage', '`global` (par défaut), `us_government`, `us_defense` ou `china`.'],
  'google.service_account': [
    'Clé du compte de service',
    'Le fichier JSON d’un compte de service avec délégation au niveau du domaine pour les portées du guide.',
  ],
  'google.admin': [
    'Administrateur',
    'Au nom de qui les comptes sont gérés : un utilisateur qui peut gérer utilisateurs et groupes.',
  ],
  'google.mode': [
    'Type de boîte',
    '`user` (par défaut) : un compte avec sa propre licence. `group` : un groupe sans licence, dont le lecteur reçoit et envoie le courrier.',
  ],
  'google.reader': [
    'Lecteur des groupes',
    'Avec le mode `group` : l’utilisateur qui lit le courrier des groupes et envoie en leur nom.',
  ],
  'google.org_unit': [
    'Unité organisationnelle',
    'Où sont placés les nouveaux utilisateurs ; par défaut la plus haute. Licences et règles peuvent en dépendre.',
  ],
};
