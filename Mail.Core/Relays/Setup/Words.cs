namespace Mail.Core.Relays.Setup;

/// <summary>A text for people in the languages that the console speaks.</summary>
public sealed record Words(string En, string Fr)
{
    /// <param name="locale">BCP 47; anything but French is answered in English.</param>
    public string In(string? locale) => locale is not null && (locale.Equals("fr", StringComparison.OrdinalIgnoreCase) || locale.StartsWith("fr-", StringComparison.OrdinalIgnoreCase)) ? Fr : En;
}
