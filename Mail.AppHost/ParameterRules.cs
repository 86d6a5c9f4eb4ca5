using System.Net.Mail;

namespace Mail.AppHost;

/// <summary>What a bootstrap value must look like. Checked before anything starts, wherever the value comes from.</summary>
public static class ParameterRules
{
    public const string LivePrefix = "mk_live_";
    public const string TestPrefix = "mk_test_";

    private const int ApiKeyLength = 24;

    /// <exception cref="DistributedApplicationException">Too short, or without the prefix of a key.</exception>
    public static async Task CheckApiKeyAsync(ParameterResource parameter, CancellationToken ct)
    {
        string key = await parameter.GetValueAsync(ct) ?? "";
        bool prefixed = key.StartsWith(LivePrefix, StringComparison.Ordinal) || key.StartsWith(TestPrefix, StringComparison.Ordinal);
        if (!prefixed || key.Length < ApiKeyLength || key.Any(char.IsWhiteSpace))
            throw new DistributedApplicationException(
                $"The parameter '{parameter.Name}' (Parameters__api_key) must begin with {LivePrefix} or {TestPrefix} and have {ApiKeyLength} or more characters without spaces; it has {key.Length}.");
    }

    /// <exception cref="DistributedApplicationException">Not an e-mail address.</exception>
    public static async Task CheckEmailAsync(ParameterResource parameter, CancellationToken ct)
    {
        string address = await parameter.GetValueAsync(ct) ?? "";
        if (!MailAddress.TryCreate(address, out MailAddress? parsed) || parsed.Address != address)
            throw new DistributedApplicationException($"The parameter '{parameter.Name}' (Parameters__admin_email) is not an e-mail address: '{address}'.");
    }
}
