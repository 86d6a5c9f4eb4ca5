using Aspire.Hosting.ApplicationModel;

namespace Mail.Hosting.Local.Running;

/// <summary>Hides the values of secret parameters in what the processes print.</summary>
internal sealed class SecretMask
{
    public const string Shown = "••••••••";

    /// <summary>A shorter value would hide ordinary words.</summary>
    private const int ShortestSecret = 8;

    private volatile string[] _secrets = [];

    public async Task LearnAsync(DistributedApplicationModel model, CancellationToken ct)
    {
        List<string> values = [];
        foreach (ParameterResource parameter in model.Resources.OfType<ParameterResource>().Where(parameter => parameter.Secret))
            if (await parameter.GetValueAsync(ct) is { Length: >= ShortestSecret } value) values.Add(value);
        _secrets = [.. values];
    }

    public string Hide(string text)
    {
        foreach (string secret in _secrets) text = text.Replace(secret, Shown, StringComparison.Ordinal);
        return text;
    }
}
