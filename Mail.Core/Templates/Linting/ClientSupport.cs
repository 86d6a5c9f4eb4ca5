using System.Globalization;
using System.Reflection;
using System.Text;

namespace Mail.Core.Templates.Linting;

/// <summary>A mail client that many read with. Outlook for Windows and for the Mac count together, for want of a figure for each.</summary>
internal enum MailClient
{
    Gmail,
    OutlookWindows,
    OutlookCom,
    OutlookMac,
    AppleMail,
}

/// <param name="IsLayout">Whether a mail that uses it depends on it; otherwise it is decoration.</param>
/// <param name="Lacking">The clients that do without it altogether.</param>
/// <param name="Page">Where it is described; null where nowhere.</param>
internal sealed record ClientFeature(string Kind, string Name, bool IsLayout, IReadOnlyList<MailClient> Lacking, string? Page)
{
    public string Clients => string.Join(Lacking.Count > 2 ? ", " : " and ", Lacking.Select(client => ClientSupport.Name(client)));
}

/// <summary>Which client lacks what: client-support.tsv, which says whose data it is.</summary>
internal static class ClientSupport
{
    /// <summary>
    /// Of all opens, in per cent: Litmus, Email Client Market Share, April 2022. An estimate of the coarsest kind: Apple's figure holds what its privacy proxy opens
    /// unread, Outlook's lacks everybody who does not load images, and every list of recipients has a mix of its own.
    /// </summary>
    private static readonly (MailClient[] Clients, double Share)[] _shares =
        [([MailClient.Gmail], 29.5), ([MailClient.OutlookWindows, MailClient.OutlookMac], 4.2), ([MailClient.OutlookCom], 1.0), ([MailClient.AppleMail], 57.2)];

    private static readonly Lazy<ILookup<string, ClientFeature>> _features = new(() => Read().ToLookup(feature => feature.Kind));

    /// <param name="kind">`property`, `display`, `value`, `unit`, `selector`, `media`, `at`, `element`, `attribute` or `image`.</param>
    public static IEnumerable<ClientFeature> Of(string kind) => _features.Value[kind];

    public static string Name(MailClient client) => client switch
    {
        MailClient.Gmail => "Gmail",
        MailClient.OutlookWindows => "Outlook for Windows",
        MailClient.OutlookCom => "Outlook.com",
        MailClient.OutlookMac => "Outlook for Mac",
        _ => "Apple Mail",
    };

    /// <summary>`29 %`; that of all Outlooks where it is one of the two that are counted together.</summary>
    public static string Share(IReadOnlyList<MailClient> clients)
    {
        double share = _shares.Where(row => row.Clients.Any(clients.Contains)).Sum(row => row.Share);
        return string.Create(CultureInfo.InvariantCulture, $"{share:0} %");
    }

    private static IEnumerable<ClientFeature> Read()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("client-support.tsv")!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            string[] row = line.Split('\t');
            MailClient[] lacking = [.. Enum.GetValues<MailClient>().Where(client => row[3 + (int)client] == "n")];
            yield return new ClientFeature(row[0], row[1], row[2] == "layout", lacking, row[8].Length == 0 ? null : $"https://www.caniemail.com/features/{row[8]}/");
        }
    }
}
