using System.Globalization;
using System.Text;

namespace Mail.Core.Templates.Linting;

/// <summary>Gmail cuts a mail off, and with it the footer and the link to unsubscribe.</summary>
internal static class SizeRule
{
    public const string Name = "size";

    /// <summary>Bytes of HTML that Gmail shows.</summary>
    public const int Clipped = 102 * 1024;

    private const int Near = 80 * 1024;

    public static void Check(LintedMail mail, LintReport report)
    {
        int size = Encoding.UTF8.GetByteCount(mail.Mail.Html);
        if (size < Near) return;
        string kilobytes = string.Create(CultureInfo.InvariantCulture, $"The HTML is {size / 1024.0:0.#} KB with the sample's variables.");
        report.Warn(Name, mail.Source.Whole, size > Clipped
            ? $"{kilobytes} Gmail cuts off what exceeds 102 KB: the end of the mail is not shown, nor are opens counted."
            : $"{kilobytes} Gmail cuts off what exceeds 102 KB; longer values, and tracked links, may bring it there.");
    }
}
