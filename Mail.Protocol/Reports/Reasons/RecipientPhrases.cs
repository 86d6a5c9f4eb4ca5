namespace Mail.Protocol.Reports.Reasons;

/// <summary>What servers say about the recipient: unknown, full, disabled, moved, unwilling. The form is that of <see cref="PhraseSet.Add"/>.</summary>
internal static class RecipientPhrases
{
    public static readonly string[] MailboxFull =
    [
        "mailbox*full_", "full mailbox", "inbox*full_", "mailfolder*full_", "mail folder*full_", "mailbox*over its", "storage*full_", "quota*full_",
        "overquota", "over the quota", "over the allowed quota", "over disk quota", "over his quota", "over their quota", "over its quota", "over storage",
        "overdrawn*quota", "quota*exceed", "exceed*quota", "quota*reached", "reached*quota", "quota violation", "disk quota", "disc quota", "diskspace quota",
        "userdisk quota",
        "domaindisk quota", "quota*overflow", "out of quota", "mailbox*quota", "quota limit",
        "out of storage", "not enough storage", "insufficient storage", "storage*exceeded", "exceed*storage", "account storage limit", "exceeded storage allocation",
        "not enough*space", "not have enough space", "no space left", "not sufficient disk space", "space has been used up", "out of disk space", "disk space limit",
        "no room*mailbox", "mailbox*exceed", "mailbox*size limit", "size of*mailbox", "exceed*mailbox", "would exceed*maximum allowed storage",
        "mail file size exceeds",
        "too many messages*server", "too many messages*mailbox", "messages in*mailbox exceed", "exceeded the local limit", "too much mail data",
        "exceeding receiving limits",
        "boite*pleine", "boîte*pleine", "casella*piena", "buzon*lleno", "buzón*lleno", "caixa*cheia", "postfach*voll_", "postfach*überfüllt", "mailbox*voll_",
        "mailbox*vol_",
        "quota*überschritten", "quota*dépassé", "quota*depasse", "cuota*excedida", "cuota*superada", "skrzynka*przepełniona", "skrzynka*przepelniona",
        "schránka*plná",
        "ящик*переполнен", "ящик*заполнен", "превышен*квот", "メールボックス*いっぱい", "容量*超", "邮箱*满", "邮箱空间不足", "超过*容量",
    ];

    public static readonly string[] Suspend =
    [
        "account*disabled", "account*suspended", "account*deactivated", "account*inactive", "account*inactivated", "account*is locked", "account*has been locked",
        "account*temporarily locked", "account*temporary locked", "temporary locked", "account*frozen", "account*terminated", "account*is blocked",
        "account*been blocked",
        "account*discontinued", "account*has expired", "account*is expired", "account*cancelled", "account*been closed", "account*is closed",
        "account*not active", "inactive account", "disabled account",
        "mailbox*disabled", "mailbox*suspended", "mailbox*frozen", "mailbox*deactivated", "mailbox*is locked", "mailbox*been locked", "deactivated mailbox",
        "mailbox*is blocked", "mailbox*expired",
        "user*suspended", "user*disabled", "user*deactivated", "user is terminated", "user*is locked", "invalid/inactive user", "inactive user",
        "currently suspended", "been suspended",
        "recipient*suspended", "recipient*disabled", "recipient*deactivated", "recipient*temporarily inactive", "recipient suspend", "suspend the service",
        "email address*suspended", "address*deactivated",
        "address*disabled", "archived recipient", "destinataire archivee", "destinataire est bloque", "mailbox unavailable or access denied", "has been disabled",
        "konto*gesperrt", "konto*deaktiviert", "postfach*gesperrt", "compte*désactivé", "compte*desactive", "compte*suspendu", "cuenta*suspendida",
        "cuenta*deshabilitada", "conta*desativada",
        "konto*zablokowane", "konto*nieaktywne", "ящик*заблокирован", "ящик*отключен", "账号*冻结", "帐号*禁用",
        "mailbox cannot be accessed",
        "account is temporarily limited",
        "casilla*expirado", "casilla*inactiva", "casilla*deshabilitada", "buzón*desactivado",
    ];

    public static readonly string[] HasMoved =
    [
        "has been replaced by", "user has moved", "recipient has moved", "mailbox has moved", "account has moved", "address has moved", "no longer on server",
        "no longer on this server",
        "has moved to", "user not local * please try", "user not local please try", "has changed his email address", "has changed her email address",
        "has changed*email address to",
        "new email address is", "not our customer", "mailbox owner has changed", "domain owner has changed", "address*moved to a new",
    ];

    public static readonly string[] Filtered =
    [
        "recipient preferences", "user refuses to receive", "refuses to receive", "refuse to receive", "refuses to accept your mail", "user rules",
        "user reject", "rejected by user", "rejected by recipient", "rejected by the recipient",
        "not accepting any mail", "only accepting mail from specific", "only accepts mail from", "accepts mail only from", "not accepting mail from",
        "blocked by the recipient", "blocked by recipient", "recipient has blocked",
        "recipient*blocked you", "not*in*allowed senders", "this account is protected", "extended inactivity new mail is not", "resolver.rst.notauthorized",
        "restricted sms", "bounced address", "domain filter",
        "not found recipient account", "message rejected due to user", "user has blocked", "unknown user*protected", "restricted by the recipient",
        "recipient*not want", "personal blacklist", "recipients blacklist",
        "# : user unknown", "cannot route mail to user",
        "rejected by this user",
    ];

    /// <summary>There is no such user: where the reply to the message itself says so, it is the same as <see cref="BounceReason.Filtered"/>.</summary>
    public static readonly string[] UserUnknown =
    [
        "user unknown", "users unknown", "user*is unknown", "user*unknown to", "unknown user", "unknown virtual user", "userunknown", "user not known",
        "user is not known", "user*not found", "user*was not found", "user*could not be found", "user*couldnt be found",
        "user*not exist", "user*doesnt exist", "user*no longer exist", "user*not*valid", "user not active", "user missing", "user does not have",
        "user doesnt have", "user account is not", "user account not",
        "no such user", "no such mailbox", "no such recipient", "no such address", "no such person", "no such account", "no such local", "no such email",
        "no such id", "no such alias", "no such name", "no user*by that name", "no user with that name", "no user*here",
        "no mailbox", "no account", "no recipient*such", "not*such user", "no one at this address", "there is no one", "no valid recipient", "nobody by that name",
        "invalid user", "invalid recipient", "invalid mailbox", "invalid address", "invalid local", "invalid email", "invalid to address",
        "invalid or unknown", "invalid final delivery userid", "invalid account", "invalid username", "invalid alias", "bad recipient", "bad_recipient",
        "bad destination mailbox", "bad destination user", "bad address",
        "bad email address", "incorrect*email address", "incorrect recipient", "illegal user", "illegal alias", "unknown or illegal", "illegal recipient",
        "unknown recipient", "unknown mailbox", "unknown address", "unknown local part", "unknown account", "unknown email", "unknown destination",
        "unknown name", "unknown alias", "unknown to address", "address unknown", "addresses were unknown", "addressee unknown", "mailbox unknown",
        "recipient unknown", "recipient*is unknown",
        "recipient*not found", "recipientnotfound", "recipnotfound", "recipient notfound", "recipient*not exist", "recipient*doesnt exist",
        "recipient*could not be found", "recipient*was not found", "recipient*not valid", "recipient*isnt valid", "recipient*not*known", "recipient*not ok",
        "recipient*is not local",
        "recipient*is not accepted", "recipient*no longer", "recipient no longer", "recipient*invalid", "recipient verification failed",
        "recipient name is not recognized", "recipients*not*listed", "recipients was undeliverable", "recipient address rejected : access denied",
        "recipient address rejected : invalid user", "recipient address rejected : invalid recipient", "recipient address rejected : unknown", "recipient address rejected : undeliverable",
        "recipient address rejected : unverified", "envelope recipient has been denied", "recipient rejected : user", "rejected recipients",
        "remote server returned unknown recipient",
        "mailbox*not found", "mailbox*does not exist", "mailbox*doesnt exist", "mailbox*not exist", "mailbox*no longer", "mailbox invalid",
        "mailbox*is invalid", "mailbox*is inactive", "mailbox*not available", "mailbox*unavailable", "mailbox unavaiable", "mailbox*unknown",
        "mailbox not present", "mailbox*not valid", "mailbox*could not be found",
        "address*does not exist", "address*doesnt exist", "address*not exist", "address*not found", "address*wasnt found", "address*could not be found",
        "address*couldnt be found", "address*is not valid", "address*isnt valid", "address*is invalid", "address*invalid_", "address*not recognized",
        "address not present", "address*not listed",
        "address*is wrong", "address*no longer", "address*not known", "address*not active", "address*nonexistent", "address error", "address not local",
        "addressee not found",
        "account*does not exist", "account*doesnt exist", "account*not exist", "account*not found", "account*not valid",
        "account*unknown", "account*no longer", "account*not available", "does not have*account", "doesnt have a*account",
        "is not a known user", "not a known user", "not a valid user", "not a valid mailbox", "not a valid recipient", "not a valid email",
        "not a valid account", "not a valid address", "not a local address", "not a local user", "not an active address", "not a user", "not a customer",
        "isnt a valid", "not email addresses", "does not like recipient",
        "not in directory", "not present in directory", "not listed in*directory", "not listed in public name", "répertorié*annuaire",
        "encuentra en el directorio", "ディレクトリには見つかりません", "ディレクトリのリストにありません", "not listed in*address book", "not in*name directory", "not in my validrcptto",
        "badrcptto", "badrecipientto", "in name directory", "no match*directory", "other recipients in the same domain",
        "name is not found", "name is not recognized", "not known here", "unknown here", "no longer valid", "no longer accepts mail", "no longer works here",
        "no longer employed", "no longer with*company", "no longer has an account", "non existent user", "nonexistent user", "nonexistent mailbox",
        "nonexistent recipient", "nonexistent address",
        "non existent address", "non existent recipient", "non existent mailbox", "cant accept user", "cannot find user", "cannot find*mailbox",
        "cannot be found in", "does not exist in*directory", "does not exist here", "does not exist at", "does not exist on this",
        "account that you tried to reach does not exist", "spectator does not exist",
        "rcpt*does not exist", "rcpt*doesnt exist", "account or domain name*incorrect", "local user*not*found", "unable to validate recipient",
        "unable to verify*recipient", "couldnt find*user", "is not recognized by", "@ not found", "@ unknown", "@ does not exist", "@ : not found",
        "@ : unknown", "@ is unknown", "@ is not valid", "@ : user unknown",
        "utilisateur inconnu", "destinataire inconnu", "destinataire invalide", "adresse*inconnue", "adresse*invalide", "adresse*existe pas",
        "utilisateur*existe pas", "boîte*inexistante", "boite*inexistante", "compte*existe pas",
        "no existe", "usuario desconocido", "usuario*inexistente", "destinatario desconocido", "buzón*desconocid", "buzon*desconocid", "utente sconosciuto",
        "utente*non esiste", "nessun utente", "indirizzo*inesistente", "casella*inesistente", "casella*non esiste", "destinatario*sconosciuto",
        "empfänger*unbekannt", "empfaenger*unbekannt", "empfänger*nicht gefunden", "benutzer*unbekannt", "benutzer*nicht gefunden", "adresse*unbekannt",
        "adresse*existiert nicht", "adresse*nicht gefunden", "postfach*existiert nicht", "unbekannter empfänger", "unbekannter benutzer", "mailadresse*nicht",
        "usuário*não existe", "usuario*nao existe", "usuário*inexistente", "conta*inexistente", "destinatário*desconhecido", "caixa*inexistente",
        "nie istnieje", "konto*niedostepne", "konto*niedostępne", "nieznany użytkownik", "nieznany uzytkownik", "nieznany adresat", "adresát neexistuje",
        "uživatel*neexistuje", "neznámý",
        "onbekende gebruiker", "gebruiker*onbekend", "bestaat niet", "okänd mottagare", "okänd användare", "finnes ikke", "findes ikke", "ukendt bruger",
        "ukjent bruker", "tuntematon", "пользователь*не найден", "пользователь*не существует", "неизвестный пользователь", "ящик*не существует",
        "ящик*не найден", "адрес*не существует", "нет такого пользователя", "несуществующ",
        "メールアドレスが見つからない", "ユーザ*存在し", "アドレス*存在し", "宛先*存在し", "宛先不明", "用户不存在", "收件人不存在", "地址不存在", "邮箱不存在", "該帳號不存在", "无此用户", "존재하지 않는",
        "inactive email address", "user*unknown_", "reserved by rfc 2606", "invalid x.400 address", "account unavailable", "account is unavailable",
    ];

    /// <summary>The same as <see cref="UserUnknown"/> from a server that rather says nothing.</summary>
    public static readonly string[] UserUnknownWeak =
    [
        "recipient address rejected .", "recipient rejected", "address rejected .", "does not exist", "doesnt exist", "not found", "addresses*invalid",
        "inexistent", "recipient*incorrect",
    ];
}
