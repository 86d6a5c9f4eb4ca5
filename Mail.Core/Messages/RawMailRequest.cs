using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mail.Core.Common;
using Mail.Protocol.Mime;
using Mail.Protocol.Mime.Parsing;

namespace Mail.Core.Messages;

/// <summary>A mail that came by SMTP as the request that the same mail would be by HTTP, so that both go through the same checks.</summary>
/// <param name="Key">What stands under the idempotency key, when one was given.</param>
public sealed record RawMailRequest(EmailRequest Request, IdempotencyRecord? Key)
{
    private const int MostReplyTo = 20;
    private const int LongestSubject = 998;

    /// <param name="recipients">Of the envelope: these get it and nobody else, whatever the headers say.</param>
    /// <returns>The request, or what is wrong with the mail.</returns>
    public static Result<RawMailRequest> Of(ReadOnlySequence<byte> octets, IReadOnlyList<EmailAddress> recipients)
    {
        ArgumentNullException.ThrowIfNull(recipients);
        Result<RawMail> read = RawMail.Read(octets);
        if (!read.IsSuccess) return read.Failure;
        ParsedHeaders headers = read.Value.Headers;
        Result<RawMailOptions> options = RawMailOptions.Read(headers);
        if (!options.IsSuccess) return options.Failure with { Code = "invalid_header_option" };
        if (Sender(headers, "From") is var one && !one.IsSuccess) return one.Failure;
        if (one.Value is not { } from) return RawMail.Broken("The mail has no header From.");
        if (Sender(headers, "Sender") is var by && !by.IsSuccess) return by.Failure;

        HashSet<string> left = new(recipients.Select(recipient => recipient.Address), StringComparer.OrdinalIgnoreCase);
        string[] to = Shown(headers, "To", left), cc = Shown(headers, "Cc", left);
        EmailRequest request = new()
        {
            From = from.ToString(),
            To = to,
            Cc = cc,
            Bcc = [.. recipients.Select(recipient => recipient.Address).Where(left.Remove)],
            ReplyTo = [.. Listed(headers, "Reply-To").Take(MostReplyTo).Select(address => address.ToString())],
            Subject = Subject(headers),
            Tags = options.Value.Tags,
            Lane = options.Value.Lane,
            DeliveryGuarantee = options.Value.Guarantee,
            TopicId = options.Value.Topic,
            Tracking = options.Value.Tracking,
            Raw = read.Value,
            SentBy = by.Value?.ToString(),
        };
        return new RawMailRequest(request, options.Value.IdempotencyKey is { } key ? new IdempotencyRecord(key, Hash(request, octets)) : null);
    }

    /// <summary>
    /// Who a header says the mail is from: one address in one header (RFC 5322 §3.6.2), or programs show another one than we have checked. More authors are allowed there,
    /// and refused by those who take mail.
    /// </summary>
    private static Result<EmailAddress?> Sender(ParsedHeaders headers, string name)
    {
        ParsedHeader[] all = [.. headers.GetAll(name)];
        if (all.Length == 0) return (EmailAddress?)null;
        if (all.Length > 1) return RawMail.Broken($"The mail has {all.Length} headers {name}; one is allowed.");
        // Also a name that would be an address: some programs decode it before they look for addresses.
        ParsedMailbox[] mailboxes = [.. Mailboxes(all[0]).Where(mailbox => mailbox.Address.Length > 0 || mailbox.DisplayName?.Contains('@', StringComparison.Ordinal) is true)];
        if (mailboxes.Length > 1) return RawMail.Broken($"The header {name} names {mailboxes.Length} addresses; one is allowed.");
        return Listed(headers, name) is [EmailAddress address] ? address : RawMail.Broken($"The header {name} holds no address that mail can be sent from.");
    }

    /// <summary>Those of the envelope that a header names, by the name it gives them.</summary>
    private static string[] Shown(ParsedHeaders headers, string header, HashSet<string> left) =>
        [.. Listed(headers, header).Where(address => left.Remove(address.Address)).Select(address => address.ToString())];

    private static List<EmailAddress> Listed(ParsedHeaders headers, string name)
    {
        List<EmailAddress> all = [];
        foreach (ParsedHeader header in headers.GetAll(name))
        {
            foreach (ParsedMailbox mailbox in Mailboxes(header))
            {
                if (!EmailAddress.TryParse(mailbox.Address, out EmailAddress? address, out _)) continue;
                try
                {
                    all.Add(address.WithDisplayName(mailbox.DisplayName));
                }
                catch (FormatException)
                {
                    all.Add(address); // a name with a control character in it
                }
            }
        }

        return all;
    }

    /// <summary>Those that can be read, also where not all can.</summary>
    private static IReadOnlyList<ParsedMailbox> Mailboxes(ParsedHeader header)
    {
        _ = AddressListParser.TryParse(header.UnfoldedValue, out IReadOnlyList<ParsedMailbox> listed, out _);
        return listed;
    }

    /// <summary>For lists; the mail keeps its own.</summary>
    private static string Subject(ParsedHeaders headers)
    {
        string text = headers["Subject"]?.Value ?? "";
        if (text.Length > LongestSubject) text = text[..LongestSubject];
        text = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)); // half of a surrogate pair becomes a question mark
    }

    /// <summary>
    /// Of what a second try has in common with the first: programs write a new Message-ID, Date and boundary each time, so that the bytes are never the same.
    /// </summary>
    private static byte[] Hash(EmailRequest request, ReadOnlySequence<byte> octets)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add("smtp");
        Add(request.From!);
        foreach (string address in request.To!.Concat(request.Cc!).Concat(request.Bcc!).Order(StringComparer.OrdinalIgnoreCase)) Add(address);
        Add(request.Subject!);
        byte[] whole = octets.ToArray();
        if (!ParsedMessage.TryParse(whole, out ParsedMessage? mail, out _))
        {
            hash.AppendData(whole); // a part of it cannot be read, so only the very same mail counts as the same
            return hash.GetHashAndReset();
        }

        Add(mail.TextBody ?? "");
        Add(mail.HtmlBody ?? "");
        foreach (MimePart file in mail.Attachments)
        {
            byte[] content = file.DecodeContent();
            Add(string.Create(CultureInfo.InvariantCulture, $"{file.FileName}\n{content.Length}"));
            hash.AppendData(content);
        }

        return hash.GetHashAndReset();

        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes($"{text.Length}:{text}\n"));
    }
}
