using System.Collections.Frozen;

namespace Mail.Core.Domains;

/// <summary>
/// Domains whose addresses belong to many people and whose DNS to none of them: they are never a sender's domain, and naming one address there says nothing of
/// another. One that is missing here cannot be verified either, because its owner publishes no key of ours.
/// </summary>
public static class SharedMailDomains
{
    private static readonly FrozenSet<string> _names = ((string[])
    [
        "gmail.com", "googlemail.com", "outlook.com", "outlook.fr", "hotmail.com", "hotmail.fr", "hotmail.co.uk", "live.com", "live.fr", "msn.com", "yahoo.com", "yahoo.fr", "yahoo.co.uk",
        "yahoo.co.jp", "yahoo.de", "yahoo.es", "yahoo.it", "ymail.com", "rocketmail.com", "aol.com", "icloud.com", "me.com", "mac.com", "gmx.com", "gmx.de", "gmx.net", "gmx.fr", "web.de",
        "mail.com", "t-online.de", "freenet.de", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "laposte.net", "bbox.fr", "numericable.fr", "neuf.fr", "proton.me", "protonmail.com", "pm.me",
        "tutanota.com", "tuta.io", "tuta.com", "zoho.com", "zohomail.com", "zohomail.eu", "fastmail.com", "fastmail.fm", "hey.com", "libero.it", "virgilio.it", "tiscali.it", "alice.it",
        "seznam.cz", "wp.pl", "o2.pl", "onet.pl", "interia.pl", "mail.ru", "bk.ru", "inbox.ru", "list.ru", "yandex.ru", "yandex.com", "ya.ru", "rambler.ru", "qq.com", "163.com", "126.com",
        "sina.com", "naver.com", "daum.net", "hanmail.net", "rediffmail.com", "comcast.net", "verizon.net", "att.net", "sbcglobal.net", "bellsouth.net", "cox.net", "btinternet.com", "sky.com",
        "bluewin.ch", "hispeed.ch", "telenet.be", "skynet.be", "ziggo.nl", "kpnmail.nl", "xs4all.nl", "uol.com.br", "bol.com.br", "terra.com.br",
    ]).ToFrozenSet(StringComparer.Ordinal);

    /// <param name="ascii">In lower case.</param>
    public static bool Contains(string ascii) => _names.Contains(ascii);
}
