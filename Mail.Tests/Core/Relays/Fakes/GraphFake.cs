using System.Text;

namespace Mail.Tests.Core.Relays.Fakes;

/// <summary>https://learn.microsoft.com/graph/api/user-sendmail with MIME, and the client credentials grant.</summary>
internal sealed class GraphFake : IProvider
{
    private const string Tenant = "contoso.example.com";
    private const string ClientId = "11111111-2222-3333-4444-555555555555";
    private const string ClientSecret = "fk8Q~fake.secret+of/this=test";

    public string Name => "graph";

    public TokenFake Tokens { get; } = new();

    public IEnumerable<string> Secrets => [ClientSecret, .. Tokens.All];

    public Dictionary<string, string?> Settings(Uri url) => new()
    {
        ["tenant_id"] = Tenant, ["client_id"] = ClientId, ["client_secret"] = ClientSecret, ["base_url"] = url.ToString(), ["login_url"] = url.ToString(),
    };

    public string? Schema(FakeRequest request) => null;

    public FakeAnswer? Answer(FakeRequest request, Action<FakeMail> deliver)
    {
        if (request.Path == $"/{Tenant}/oauth2/v2.0/token") return Login(request);
        if (!Tokens.IsGood(request)) return Error(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.");
        string[] path = request.Path.Split('/');
        if (request.Method == "GET") return Error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
        if (path is not ["", "v1.0", "users", _, "sendMail"]) return null;
        string mailbox = Uri.UnescapeDataString(path[3]);
        return mailbox.EndsWith("@example.com", StringComparison.Ordinal) ? Send(request, mailbox, deliver) : Error(404, "ErrorInvalidUser", $"The requested user '{mailbox}' is invalid.");
    }

    public static FakeAnswer Error(int status, string code, string message) => FakeAnswer.Json(status, new { error = new { code, message, innerError = new { date = "2026-03-01T12:00:00" } } });

    private FakeAnswer Login(FakeRequest request)
    {
        IReadOnlyDictionary<string, string> form = request.Form;
        if (form["grant_type"] != "client_credentials" || form["scope"] != "https://graph.microsoft.com/.default" || form["client_id"] != ClientId) return TokenFake.Error(400, "invalid_request", "AADSTS900144: The request body is wrong.");
        return form["client_secret"] == ClientSecret ? Tokens.Give() : TokenFake.Error(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.");
    }

    private static FakeAnswer Send(FakeRequest request, string mailbox, Action<FakeMail> deliver)
    {
        if (request.Header("Content-Type") != "text/plain") return Error(400, "RequestBodyRead", "Only MIME is played here.");
        byte[] mime;
        try
        {
            mime = Convert.FromBase64String(request.Text);
        }
        catch (FormatException)
        {
            return Error(400, "ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content.");
        }

        if (request.Body.Length > 4 * 1024 * 1024) return Error(413, "RequestBodyTooLarge", "The maximum request length supported is 4MB.");
        IReadOnlyList<string> recipients = Visible.Recipients(mime);
        if (recipients.Count == 0 || Encoding.UTF8.GetString(mime).Contains("undisclosed-recipients", StringComparison.Ordinal)) return Error(400, "ErrorInvalidRecipients", "At least one recipient is not valid., A message can't be sent because it contains no recipients.");
        if (recipients.FirstOrDefault(address => address.EndsWith(".invalid", StringComparison.Ordinal)) is { } bad) return Error(400, "ErrorInvalidRecipients", $"At least one recipient is not valid., Recipient '{bad}' is not resolved. All recipients must be resolved before a message can be submitted.");
        deliver(new FakeMail("graph", recipients, Visible.In(mime), mime, default, request with { Path = mailbox }));
        return new FakeAnswer(202);
    }
}
